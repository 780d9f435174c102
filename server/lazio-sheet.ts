// The sheet of 25 July 2025 at 11:00 in Lazio, from the rehearsal itself: its three weeks are folded without a server, and what the board
// then says is frozen and laid out as any other sheet. As everything rehearsed it is marked so.
import { createHash } from 'node:crypto';
import type { Draft } from '../shared/entry.ts';
import type { Language } from '../shared/format.ts';
import { markSchema } from '../shared/mark.ts';
import type { FrozenSheet, PressCourse, PressFacts, SheetContent } from '../shared/press.ts';
import type { Sample } from '../shared/sample.ts';
import type { Sheet } from '../shared/sheet.ts';
import { loadRegistry } from './connectors/registry.ts';
import { digestOfFrozen, freezeSheet } from './domain/freeze.ts';
import { courseOf } from './domain/press-courses.ts';
import { type PressView, pressFigures } from './domain/press-figures.ts';
import { dressOf, sheetOf } from './domain/sheet-of.ts';
import { readPlan } from './plan-file.ts';
import { applyEntry, boardOf, emptyFacts } from './projections/fold.ts';
import { loadRehearsals } from './rehearsal/rehearsals.ts';

const SEED = 1;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Figures come every five minutes; what is due in between is the emergency rooms' alone. */
const EVERY_MS = 5 * MINUTE_MS;
/** Two points a day: the board's own course goes back a week and a half, this one to the beginning. */
const COURSE_EVERY_MS = 12 * HOUR_MS;
const RELEASED_AFTER_MS = 4 * MINUTE_MS;

export const lazioContent: SheetContent = {
	template: 'milestone',
	title: { it: 'Sanità digitale: i dati del Lazio sul cloud nazionale', en: 'Digital health: Lazio’s data on the national cloud' },
	heroes: [
		{ key: 'archives.done', caption: { it: 'archivi centralizzati trasferiti e verificati', en: 'central archives moved and verified' } },
		{ key: 'archives.moved', caption: { it: 'di referti, cartelle cliniche e prenotazioni', en: 'of reports, clinical records and bookings' } },
		{
			key: 'bodies.moved',
			caption: {
				it: 'del patrimonio informatico di Asl, policlinici e ospedali',
				en: 'of the health authorities’ IT estate',
			},
		},
		{ key: 'sites.count', caption: { it: 'pronto soccorso sul sistema regionale', en: 'emergency rooms on the regional system' } },
	],
	chart: 'archives.moved',
	lists: [
		{
			title: { it: 'Servizi', en: 'Services' },
			keys: ['service.bookingsYesterday/recup', 'service.state/sistema-ps'],
		},
		{
			title: { it: 'Patrimonio trasferito', en: 'Estate moved' },
			keys: ['bodies.moved/asl-roma-1', 'bodies.moved/umberto-i', 'bodies.moved/gemelli'],
		},
	],
	sentences: [
		{
			it: 'I trenta archivi centralizzati della sanità del Lazio sono sul Polo Strategico Nazionale: ogni archivio è stato confrontato con l’originale prima di essere dichiarato trasferito.',
			en: 'The thirty central archives of Lazio’s health service are on the Polo Strategico Nazionale cloud: each was compared with its original before it was declared moved.',
		},
	],
	facts: true,
	incident: null,
};

export type LazioSheet = { readonly frozen: FrozenSheet; readonly digest: string; readonly sheets: Readonly<Record<Language, Sheet>> };

/** Takes some seconds: three weeks are folded. Throws where the rehearsal, its plan or the sheet's content no longer fit one another. */
export async function lazioSheet(): Promise<LazioSheet> {
	const { view, courses, seq } = await playLazio();
	const hash = createHash('sha256').update(`lazio ${SEED} ${seq}`).digest('hex').slice(0, 12);
	const frozen = freezeSheet({ id: '7f3k-92qd', content: lazioContent, view, position: { seq, hash }, courses });
	if (!frozen.ok) throw new Error(frozen.message);
	const digest = digestOfFrozen(frozen.value, (text) => createHash('sha256').update(text).digest('hex'));
	const facts = releasedFacts(frozen.value, digest);
	const dress = dressOf(view.press, 'http://127.0.0.1:4600', null);
	const [it, en] = [sheetOf({ ...facts, dress }, 'it'), sheetOf({ ...facts, dress }, 'en')];
	if (it === null || en === null) throw new Error('the sheet of Lazio has no title in one of its languages');
	return { frozen: frozen.value, digest, sheets: { it, en } };
}

const releasedFacts = (frozen: FrozenSheet, digest: string): PressFacts => ({
	frozen,
	digest,
	state: 'released',
	author: 'ufficio-stampa',
	draftedAt: frozen.at + MINUTE_MS,
	number: 1,
	year: 2025,
	releasedBy: 'direzione',
	releasedAt: frozen.at + RELEASED_AFTER_MS,
	embargoUntil: null,
	supersededBy: null,
	withdrawn: null,
	statement: null,
});

type Played = { readonly view: PressView; readonly courses: readonly PressCourse[]; readonly seq: number };

/** Emergency rooms' messages are left out: the sheet says how many rooms there are, and nothing of who is in them. */
async function playLazio(): Promise<Played> {
	const rehearsal = (await loadRehearsals()).get('lazio');
	const read = rehearsal && readPlan(rehearsal.planText, rehearsal.planFile, await loadRegistry());
	if (!rehearsal || !read?.ok) throw new Error('the rehearsal of Lazio has no plan');
	const { plan, digest } = read;
	const scenario = rehearsal.open(SEED);
	const facts = emptyFacts();
	const append = (seen: number, draft: Draft): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen, ...draft });
	append(scenario.start, { kind: 'plan', plan, text: rehearsal.planText, digest, by: 'rehearsal', rehearsal: true });
	const viewAt = (at: number): PressView => ({ board: boardOf(facts), press: plan.press ?? null, at });
	const points: (readonly [at: number, value: number | null])[] = [];
	for (let at = scenario.start; at <= scenario.end; at += EVERY_MS) {
		for (const { source, samples } of scenario.batchesAt(at)) {
			append(at, { kind: 'samples', source, samples: samples.map((one) => ({ ...one, at: Date.parse(one.at) }) as Sample) });
		}
		for (const { mark, by = 'rehearsal' } of scenario.marksAt(at)) append(at, { kind: 'mark', mark: markSchema.parse(mark), by, at });
		if ((scenario.end - at) % COURSE_EVERY_MS === 0) points.push([at, movedAt(viewAt(at))]);
	}
	const view = viewAt(scenario.end);
	const moved = pressFigures(view).figures.find(({ key }) => key === 'archives.moved');
	return { view, courses: moved === undefined ? [] : [courseOf(moved, points)], seq: facts.seq };
}

const movedAt = (view: PressView): number | null => pressFigures(view).figures.find(({ key }) => key === 'archives.moved')?.value ?? null;
