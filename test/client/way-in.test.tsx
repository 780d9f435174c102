// Where the room's board is refused: a ward's own people and phones are led to their form, strangers see the ways in.
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { Ask } from '../../client/store/hooks.ts';
import { WayIn } from '../../client/views/way-in.tsx';
import type { Me, MyDuty } from '../../shared/me.ts';
import { type Staged, stageTile } from './stage-tile.tsx';

let staged: Staged | null = null;
afterEach(() => staged?.close());

const ask: Ask = async (_method, path) =>
	path === '/api/er/galliera' ? { status: 200, json: { label: 'Pronto Soccorso Galliera' } } : { status: 404, json: { code: 'unknown-site' } };

const meWith = (duties: readonly MyDuty[], kind = 'person'): Me => ({
	who: { kind, name: kind === 'field' ? 'galliera' : 'turno', isSession: false },
	duties,
	may: [],
	own: {},
	ways: ['token'],
	providerDown: false,
	unclaimed: false,
});
const er = (site?: string): MyDuty => (site === undefined ? { role: 'er' } : { role: 'er', site });
const lead = 'Questo accesso è di un Pronto Soccorso: le pagine della sala non ne fanno parte, i presenti si contano da qui.';

test.each([
	['a role of one ward', meWith([er('galliera')]), [lead], ['/field/galliera', 'Conta i presenti: Pronto Soccorso Galliera']],
	['a ward’s phone', meWith([], 'field'), [lead], ['/field/galliera', 'Conta i presenti: Pronto Soccorso Galliera']],
	[
		'a ward and the press',
		meWith([{ role: 'press-author' }, er('galliera')]),
		[lead],
		['/field/galliera', 'Conta i presenti: Pronto Soccorso Galliera'],
	],
	[
		'a ward that the plan lacks',
		meWith([er('altrove')]),
		[lead, 'Il piano in vigore non ha il Pronto Soccorso «altrove»: avvisare chi gestisce Regia.'],
		[],
	],
	['a role of no ward', meWith([er()]), ['Questo accesso non dice di quale Pronto Soccorso: chiedere a chi gestisce Regia di aggiungerlo.'], []],
])('%s is told, and led where there is a form', async (_who, me, texts, link) => {
	staged = stageTile(<WayIn />, { link: 'refused', me }, 'it', ask);
	await act(async () => undefined);
	const { place } = staged;
	expect([...place.querySelectorAll('p')].map((one) => one.textContent)).toEqual(texts);
	expect([...place.querySelectorAll('a')].flatMap((one) => [one.getAttribute('href'), one.textContent])).toEqual(link);
	expect(place.querySelector('input')).toBeNull();
});

test.each([
	['nobody known yet', null],
	['a stranger', meWith([], 'nobody')],
	['the press', meWith([{ role: 'press-author' }])],
])('%s sees the ways in', (_who, me) => {
	staged = stageTile(<WayIn />, { link: 'refused', me }, 'it', ask);
	expect(staged.place.querySelector('input[name="token"]')).not.toBeNull();
});
