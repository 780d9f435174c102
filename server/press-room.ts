// Where press sheets are made: the catalogue of a moment, a draft frozen from the board as it stood then, its drawings, and whether the
// record still bears it out. Joins domain, archive and files; knows no wire.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Board } from '../shared/board.ts';
import type { FrozenDraft, Position } from '../shared/entry.ts';
import { languages } from '../shared/format.ts';
import type { PressPlan } from '../shared/plan-press.ts';
import type { FrozenSheet, PressFacts, SheetContent } from '../shared/press.ts';
import { type SheetFormat, sheetFormats } from '../shared/sheet.ts';
import { canonicalJson, digestOfFrozen, factsOf, freezeSheet } from './domain/freeze.ts';
import { type PressView, pressFigures } from './domain/press-figures.ts';
import { underBoth } from './domain/press-in-force.ts';
import { claimsOf } from './domain/sheet-claims.ts';
import { dressOf, type SheetDress, sheetOf } from './domain/sheet-of.ts';
import type { Journal } from './journal/journal.ts';
import { type MarkRoom, withSheets } from './mark-room.ts';
import { type Presses, PressFault } from './press/presses.ts';
import { SheetFault } from './press/sheet-fault.ts';
import type { PressArchive } from './press-archive.ts';
import { openPressFiles } from './press-files.ts';
import { isOfRooms, openPressLive } from './press-live.ts';
import { alsoTold, isForgotten, keepMemory, readMemory } from './press-memory.ts';
import { sha256Hex, verifySheet } from './press-verify.ts';
import { boardOf, type Facts } from './projections/fold.ts';
import { foldTo, type Recorder } from './recorder.ts';
import type { Composed, Drawn, NotComposed, PressDoor, PressMaker, PressMoment } from './web/press-door.ts';

export type PressRoomParts = {
	readonly recorder: Pick<Recorder, 'board' | 'facts'>;
	readonly journal: Pick<Journal, 'head' | 'hashAt' | 'isKept' | 'read' | 'readKinds' | 'seqAt' | 'checkpointBefore'>;
	readonly archive: PressArchive;
	readonly marks: MarkRoom;
	readonly presses: Pick<Presses, 'render'>;
	/** Of press sheets alone, in the data folder. */
	readonly folder: string;
	/** The file in which is kept what was told of people: not among what may be thrown away. */
	readonly memory: string;
	/** Where Regia answers, for plans that do not say how the public reaches it. */
	address(): string;
	now(): number;
	fault(error: unknown): void;
};

/** Without what is easily taken for another: no 0 and o, no 1, i and l. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const newId = (): string => Array.from({ length: 8 }, (_, n) => `${n === 4 ? '-' : ''}${LETTERS[randomInt(LETTERS.length)]}`).join('');

type Dressing = { readonly press: PressPlan | null; readonly logo: string | null };
type AtMoment = { readonly view: PressView; readonly position: Position };

export function openPressRoom(parts: PressRoomParts): PressDoor {
	const { recorder, journal, archive, marks, presses, folder, now } = parts;
	const files = openPressFiles(join(folder, 'files'), presses);
	const memory = readMemory(parts.memory);
	const live = openPressLive({ view: () => viewOf(recorder.facts(), now()), memory, file: parts.memory });
	const plans = new Map<string, Dressing>();
	/** Folding the past takes the loop's time: one at a time. */
	let folding: Promise<unknown> = Promise.resolve();

	function inTurn<T>(fold: () => Promise<T>): Promise<T> {
		const mine = folding.then(fold);
		folding = mine.catch(() => undefined);
		return mine;
	}

	/** Of whichever moment a sheet speaks, with all that sheets and live pages have told by now. */
	function remembering(view: PressView): PressView {
		const { rows: sheets } = recorder.facts().press.live;
		const isNew = memory.since === null;
		const forgotten = isForgotten(memory, now(), view.at);
		if (isNew) keepMemory(parts.memory, memory);
		return { ...view, counts: memory.counts, sheets, isForgotten: forgotten };
	}

	async function momentOf({ seq: asked, at }: PressMoment): Promise<AtMoment> {
		if (asked === null && at === null) return { view: remembering(viewOf(recorder.facts(), now())), position: recorder.board().position };
		const seq = asked ?? (await journal.seqAt(at ?? 0));
		const facts = await inTurn(() => foldTo(journal, seq));
		const position = { epoch: journal.head().epoch, seq, hash: (await journal.hashAt(seq)) ?? '' };
		const then = viewOf(facts, at ?? facts.seen);
		// No more of the past than may be told today.
		const view = remembering({ ...then, press: underBoth(then.press, recorder.facts().plan?.press ?? null) });
		return { view, position };
	}

	/** The plan as it was when the sheet was frozen: a later one does not dress it anew. */
	async function dressFor({ plan: { digest }, seq }: FrozenSheet): Promise<SheetDress> {
		const known = plans.get(digest);
		let found: Dressing = known ?? { press: null, logo: null };
		if (known === undefined) {
			for await (const entry of journal.readKinds(0, seq, ['plan'])) {
				if (entry.kind === 'plan' && entry.digest === digest) found = { press: entry.plan.press ?? null, logo: entry.logo ?? null };
			}
			plans.set(digest, found);
		}
		return dressOf(found.press, parts.address(), found.logo);
	}

	const laidOut: PressDoor['laidOut'] = async (facts, language) => sheetOf({ ...facts, dress: await dressFor(facts.frozen) }, language);

	const draw: PressDoor['draw'] = async (facts, language, format) => {
		const sheet = await laidOut(facts, language);
		if (sheet === null) return { ok: false, code: 'no-such-language', message: 'The sheet is not written in this language.' };
		try {
			return { ok: true, files: await files.of(sheet, format) };
		} catch (error) {
			return notDrawn(error);
		}
	};

	function notDrawn(error: unknown): Drawn {
		if (error instanceof SheetFault) return { ok: false, code: 'cannot-be-drawn', message: error.message, issues: error.issues };
		if (!(error instanceof PressFault)) throw error;
		if (error.code === 'crashed') parts.fault(error);
		return { ok: false, code: 'busy', message: 'The presses are busy or were interrupted: ask again in a minute.' };
	}

	/** In every language that it is written in and every form, so that nobody releases what cannot be printed. */
	async function notPrintable(facts: PressFacts): Promise<NotComposed | null> {
		for (const language of languages) {
			for (const format of sheetFormats as readonly SheetFormat[]) {
				const drawn = await draw(facts, language, format);
				if (!drawn.ok && drawn.code !== 'no-such-language') return { ...drawn, issues: drawn.issues ?? [] };
			}
		}
		return null;
	}

	/** What was drafted under a key that comes again; only where it is the same that is asked for now, so that no correction is lost. */
	async function keptUnder(seq: number, content: SheetContent, asked: PressMoment): Promise<Composed> {
		const sheet = await archive.draftAt(seq);
		const kept = sheet === null ? null : await archive.sheet(sheet);
		if (sheet === null || kept === null || !isAsked(kept.frozen, content, asked)) {
			const message = 'This Idempotency-Key was used for something else: send what is new under a key of its own.';
			return { ok: false, why: 'content', refusal: { ok: false, code: 'key-taken', message } };
		}
		return { ok: true, seq, sheet, frozen: { sheet: kept.frozen, digest: kept.digest } };
	}

	async function compose(content: SheetContent, moment: PressMoment, maker: PressMaker, key?: string): Promise<Composed> {
		const refused = (refusal: NotComposed): Composed => ({ ok: false, why: 'content', refusal });
		// Italian first: what has no title in it is drawn in no language.
		if (content.title.it.trim() === '')
			return refused({ ok: false, code: 'title-missing', message: 'title: a sheet has one in Italian; the English one may be left out.' });
		if (key !== undefined && (await journal.isKept(key))) {
			const outcome = await marks({ mark: { kind: 'press', act: 'draft', sheet: newId() } }, maker, key);
			return outcome.ok ? keptUnder(outcome.seq, content, moment) : { ok: false, why: 'mark', refusal: outcome };
		}
		const { view, position } = await momentOf(moment);
		if (content.incident !== null && !Object.hasOwn(view.board.incidents.rows, content.incident)) {
			return refused({ ok: false, code: 'unknown-subject', message: 'incident: there was none of this name at that moment.' });
		}
		const sheet = newId();
		const frozen = freezeSheet({ id: sheet, content, view, position });
		if (!frozen.ok) return refused(frozen);
		if (isEmpty(frozen.value))
			return refused({ ok: false, code: 'empty-sheet', message: 'A title alone is no sheet: choose a figure or a chart, or write a sentence.' });
		// Before anything is waited for: another sheet, or a live page, may be made meanwhile.
		if (frozen.value.figures.some(({ key }) => isOfRooms(key))) {
			alsoTold(memory, pressFigures(view).counts);
			keepMemory(parts.memory, memory);
		}
		const draft: FrozenDraft = { sheet: frozen.value, digest: digestOfFrozen(frozen.value, sha256Hex), claims: claimsOf(frozen.value, view) };
		const unprintable = await notPrintable(asDraft(draft, maker.by, now()));
		if (unprintable) return refused(unprintable);
		const outcome = await marks({ mark: { kind: 'press', act: 'draft', sheet } }, maker, key, draft);
		if (!outcome.ok) return { ok: false, why: 'mark', refusal: outcome };
		if (!outcome.repeated) return { ok: true, seq: outcome.seq, sheet, frozen: draft };
		return keptUnder(outcome.seq, content, moment);
	}

	const onBoard = (id: string): PressFacts | undefined => {
		const { rows } = recorder.facts().press.live;
		return Object.hasOwn(rows, id) ? rows[id] : undefined;
	};
	const sheet: PressDoor['sheet'] = (id) => onBoard(id) ?? archive.sheet(id);

	return {
		sheet,
		past: (before, most) => archive.past(before, most, (id) => onBoard(id) !== undefined),
		boardFor: async (mark, board) => withSheets(board, await pastSheetsOf(archive)(mark)),
		async catalogue(moment) {
			const { view, position } = await momentOf(moment);
			// What is kept in mind of people stays here: it holds what is told to nobody.
			const { figures, courses } = pressFigures(view);
			return { position, at: view.at, rehearsal: view.board.rehearsal, figures, courses, facts: factsOf(view.press) };
		},
		compose,
		laidOut,
		draw,
		async verify(id) {
			const facts = await sheet(id);
			return facts === null ? null : inTurn(() => verifySheet(facts, journal));
		},
		live,
	};
}

/** For the room of marks: sheets that a mark speaks of, also where they have left the board. */
export function pastSheetsOf(archive: PressArchive) {
	return async (mark: Parameters<PressDoor['boardFor']>[0]): Promise<Board['press']['rows']> => {
		if (mark.kind !== 'press' || mark.act === 'draft') return {};
		const ids = [mark.sheet, ...(mark.act === 'release' && mark.supersedes !== undefined ? [mark.supersedes] : [])];
		const found = await Promise.all(ids.map(async (id) => [id, await archive.sheet(id)] as const));
		// A draft that so many others have pushed off the board is composed anew: its number is counted there.
		return Object.fromEntries(found.flatMap(([id, sheet]) => (sheet === null || sheet.state === 'draft' ? [] : [[id, sheet]])));
	};
}

const viewOf = (facts: Facts, at: number): PressView => ({ board: boardOf(facts), press: facts.plan?.press ?? null, at });

/** Of the moment only what was named is compared: "now" was another one then. */
const isAsked = (frozen: FrozenSheet, content: SheetContent, { seq, at }: PressMoment): boolean =>
	canonicalJson(frozen.content) === canonicalJson(content) && (seq === null || seq === frozen.seq) && (at === null || at === frozen.at);

const isEmpty = ({ figures, course, facts, content }: FrozenSheet): boolean =>
	figures.length + facts.length === 0 && course === null && content.sentences.every(({ it, en }) => `${it}${en}`.trim() === '');

/** As it will stand on the board, for its first drawing. */
const asDraft = ({ sheet, digest }: FrozenDraft, author: string, draftedAt: number): PressFacts => ({
	frozen: sheet,
	digest,
	state: 'draft',
	author,
	draftedAt,
	number: null,
	year: null,
	releasedBy: null,
	releasedAt: null,
	embargoUntil: null,
	supersededBy: null,
	withdrawn: null,
	statement: null,
});
