// The public pages of press figures as a screen reader has them: a figure's note follows its caption, and its number stands alone.
import { expect, test } from 'vitest';
import type { LiveFigures } from '../../server/web/press-door.ts';
import { renderLivePage, renderSheetPage } from '../../server/web/press-page.ts';
import type { PressFacts } from '../../shared/press.ts';
import { sheetLiteral } from '../press/sheet-literal.ts';

const at = Date.parse('2025-07-25T09:00:00Z');
const figuresIn = (html: string): string[] => [...html.matchAll(/<div[^>]*>(<dt>.*?)<\/div>/g)].map(([, figure = '']) => figure);

test('a sheet’s large figures read caption, value, note', () => {
	const sheet = sheetLiteral({ heroes: [{ caption: 'del patrimonio', value: '65 %', note: '14 di 16 aziende' }] });
	const frozen = { id: '7f3k-92qd', zone: 'Europe/Rome', seq: 1, hash: 'h' };
	const facts = { frozen, digest: 'd', number: 1, year: 2025, releasedAt: at, embargoUntil: null, withdrawn: null } as unknown as PressFacts;
	const html = renderSheetPage({ facts, sheet, state: { is: 'holds' }, files: [], isInBoth: false }, 'it');
	expect(figuresIn(html)[0]).toBe('<dt>del patrimonio</dt><dd>65 %</dd><dd class="note">14 di 16 aziende</dd>');
});

test('so do live ones', () => {
	const one = { key: 'bodies.moved', label: { it: 'Patrimonio', en: 'Estate' }, text: { it: '65 %', en: '65%' }, share: 0.65, at };
	const figure = { ...one, note: { it: 'dato di 2 giorni fa', en: 'figure from 2 days ago' }, standing: 'good', isSuppressed: false } as const;
	const page: LiveFigures = {
		title: { it: 'Adesso', en: 'Now' },
		at,
		zone: 'Europe/Rome',
		rehearsal: false,
		figures: [figure],
		progress: null,
		issuer: 'Ente',
	};
	expect(figuresIn(renderLivePage(page, 'it'))).toEqual(['<dt>Patrimonio</dt><dd>65 %</dd><dd class="note">dato di 2 giorni fa</dd>']);
});
