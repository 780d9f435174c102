// A plan that has become stricter with the press holds for past moments and for drafts that stand; what was released stays as it is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { codeOf, contentOf, openPressDesk, type PressDesk, pressPlan } from '../kit/press-desk.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';

const BOOKINGS = 'service.bookings/pronto-soccorso';
const ofBookings = { heroes: [{ key: BOOKINGS, caption: null }], lists: [] };
const ofBytes = { lists: [] };
type Catalogue = {
	readonly seq: number;
	readonly at: number;
	readonly figures: readonly { readonly key: string; readonly text: { readonly it: string } }[];
};

let regia: RunningRegia;
let desk: PressDesk;
let before: { readonly at: string };
let drafts: { readonly bookings: string; readonly bytes: string; readonly states: string };
let released: string;

const get = (path: string) => ask(`${regia.url}${path}`, { token: desk.author });
const told = async (query = ''): Promise<readonly (string | undefined)[]> => {
	const { figures } = (await get(`/api/press/figures${query}`)).json as Catalogue;
	return [BOOKINGS, 'archives.moved'].map((one) => figures.find(({ key }) => key === one)?.text.it);
};
const isSame = async (sheet: string): Promise<unknown> => (await get(`/api/press/${sheet}/verify`)).json;

beforeAll(async () => {
	regia = await startRegia({ plan: pressPlan() });
	desk = openPressDesk(regia);
	const source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
	const at = new Date().toISOString();
	await postSamples(regia.url, source, [moved('a0', 5.43e11, Date.now())]);
	await postSamples(regia.url, source, [
		{ subject: 'service/pronto-soccorso', measure: 'service.up', value: 1, at },
		{ subject: 'service/pronto-soccorso', measure: 'service.bookings', value: 4321, at },
	]);
	const { at: then } = (await get('/api/press/figures')).json as Catalogue;
	before = { at: new Date(then).toISOString() };
	expect(await told()).toEqual(['4.321', '543\u00a0GB']);
	released = await desk.released(ofBookings);
	const states = { heroes: [], lists: [{ title: { it: 'Servizi', en: '' }, keys: ['service.state/pronto-soccorso'] }] };
	drafts = { bookings: await desk.draft(ofBookings), bytes: await desk.draft(ofBytes), states: await desk.draft(states) };
	await regia.stop();
	const policy = '  policy: { service.bookings: { press: internal }, archive.bytesMoved: { roundTo: 100000000000 } }\n';
	regia = await startRegia({ plan: pressPlan(policy), data: regia.data });
	desk = openPressDesk(regia);
}, 60_000);
afterAll(() => regia?.stop());

test('of a past moment no more is offered or frozen than the plan in force lets be told, and that as roughly', async () => {
	expect(await told()).toEqual([undefined, '500\u00a0GB']);
	expect(await told(`?at=${encodeURIComponent(before.at)}`)).toEqual([undefined, '500\u00a0GB']);
	expect(codeOf(await desk.send('/api/press', desk.author, { content: contentOf(ofBookings), ...before }))).toBe('422 unknown-figure');
	const { json } = await desk.send('/api/press', desk.author, { content: contentOf(ofBytes), ...before });
	const { id, frozen } = json as { id: string; frozen: { figures: Catalogue['figures'] } };
	expect(frozen.figures[0]?.text.it).toBe('500\u00a0GB');
	expect((await desk.release(id)).status).toBe(202);
	expect(await isSame(id)).toMatchObject({ same: true, differs: [] });
});

test('a draft that tells what is now inside, or told only more roughly, is not released, and says which; another is', async () => {
	const [inside, rougher, other] = [await desk.release(drafts.bookings), await desk.release(drafts.bytes), await desk.release(drafts.states)];
	expect([inside, rougher, other].map(codeOf)).toEqual(['409 no-longer-told', '409 no-longer-told', '202']);
	expect([inside.text, rougher.text]).toEqual([expect.stringContaining(BOOKINGS), expect.stringContaining('archives.moved')]);
});

test('a sheet that was released before stays public and is borne out', async () => {
	expect((await ask(`${regia.url}/p/${released}`)).status).toBe(200);
	expect(await isSame(released)).toMatchObject({ same: true, digestHolds: true, differs: [] });
});
