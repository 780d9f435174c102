// What of press sheets travels to a screen: what is out. A draft, and what is under embargo, is asked for by name and by who may.
import { expect, test } from 'vitest';
import { viewFor } from '../../server/stream/audience.ts';
import type { PressFacts } from '../../shared/press.ts';
import { boardLiteral } from '../kit/board-literal.ts';

const sheet = (rest: Partial<PressFacts>): PressFacts => ({ state: 'released', embargoUntil: null, ...rest }) as PressFacts;
const board = boardLiteral({
	press: { count: 3, rows: { bozza: sheet({ state: 'draft' }), attesa: sheet({ embargoUntil: 1 }), uscito: sheet({}) } },
});

test('the press is sent nobody’s name: neither of a sheet nor of a sentence', () => {
	const named = sheet({ author: 'person/a', releasedBy: 'person/b', withdrawn: { at: 1, by: 'person/c', reason: 'errore' } });
	const said = {
		at: 1,
		by: 'person/d',
		text: 'Detto',
		audience: 'public',
		incident: null,
		claims: [],
		linked: [],
		contradicted: null,
		kept: {},
		keptAt: null,
	};
	const whole = boardLiteral({
		press: { count: 1, rows: { uno: named } },
		statements: { count: 1, rows: { 'sheet-uno': said as never } },
	});
	const { press, statements } = viewFor.press(whole);
	expect(JSON.stringify({ press, statements })).not.toContain('person/');
	expect([press.rows.uno?.withdrawn?.reason, statements.rows['sheet-uno']?.text]).toEqual(['errore', 'Detto']);
	expect(JSON.stringify(viewFor.desk(whole).press)).toContain('person/b');
});

test.each([
	['wall', []],
	['desk', ['uscito']],
	['press', ['uscito']],
	['field', []],
] as const)('%s is sent %j', (audience, ids) => {
	expect(Object.keys(viewFor[audience](board).press.rows)).toEqual(ids);
});
