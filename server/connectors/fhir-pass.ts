// One pass over what changed on a FHIR server since a moment, page by page: what a look has handed on counts only once it is durable.
import type { ErRefusalCode } from '../../shared/er.ts';
import type { ErEvent } from '../domain/er-event.ts';
import { type EncounterRules, readEncounter } from './fhir-encounter.ts';
import { treeOf, valueIn } from './json-tree.ts';
import type { VisitKeys } from './visit-keys.ts';

/** `since`: all that was changed before it is taken. `turn` tells one look's memory from another's. */
export type PassMemory = { readonly since: number; readonly turn: number };

export function recallPass(memory: unknown): PassMemory | null {
	const [since, turn] = [valueIn(memory, 'since'), valueIn(memory, 'turn')];
	return Number.isSafeInteger(since) && Number.isSafeInteger(turn) ? { since: Number(since), turn: Number(turn) } : null;
}

type Order = { reached: number; isSorted: boolean };
type Look = Order & { readonly events: ErEvent[]; readonly refused: ErRefusalCode[]; readonly fresh: Map<string, number> };

/** What one look has found; nothing of it counts before its end. */
export type Gathered = {
	/** A page's resources, as they came. */
	add(resources: readonly unknown[]): void;
	readonly look: Readonly<Look>;
};

export type Pass = {
	/** Starts a look from what is durable: where the last look's words were lost, the pass under way is lost with them. */
	begin(durable: PassMemory | null): void;
	/** Where the next question begins: the rest of a pass under way, or null for a new one. */
	readonly next: string | null;
	/** From which moment a new pass asks. */
	readonly from: number;
	gather(): Gathered;
	/** Ends the look: what was gathered is on its way into the record. Its memory, or null where nothing is new. */
	end(gathered: Gathered, next: string | null): PassMemory | null;
	/** The rest of the pass is not to be had any more. */
	startOver(): void;
};

/** Of a version from the future: never the oldest of what is known. */
const AHEAD = Number.MAX_SAFE_INTEGER;

type PassSetup = {
	readonly rules: EncounterRules;
	readonly keys: VisitKeys;
	readonly reach: number;
	readonly overlap: number;
	now(): number;
};

export function openPass({ rules, keys, reach, overlap, now }: PassSetup): Pass {
	const first = now() - reach;
	let since = first;
	let turn = 0;
	let next: string | null = null;
	/** The newest of the pass under way, and whether all came in the order of their change. */
	let order: Order = { reached: first, isSorted: true };
	/** What earlier looks have handed on, by digest: versions within the overlap come again. */
	const known = new Map<string, number>();

	function startOver(): void {
		next = null;
		order = { reached: since, isSorted: true };
	}

	function take(resource: unknown, look: Look): void {
		const digest = keys.digest([rules.source, JSON.stringify(resource) ?? '']);
		const isKnown = known.has(digest) || look.fresh.has(digest);
		const read = readEncounter(resource, rules, keys, now());
		if (!read.ok) {
			// A version from the future is asked for again: its time will come.
			if (!isKnown && !(read.isOther && treeOf(resource) !== undefined)) look.refused.push(read.code);
			look.fresh.set(digest, read.code === 'future' ? AHEAD : now());
			return;
		}
		if (read.sentAt < look.reached) look.isSorted = false;
		look.reached = Math.max(look.reached, read.sentAt);
		if (!isKnown || known.get(digest) === AHEAD) look.events.push(...read.events);
		look.fresh.set(digest, read.sentAt);
	}

	return {
		begin(durable) {
			if ((durable?.turn ?? 0) === turn) return;
			since = durable?.since ?? first;
			turn = durable?.turn ?? 0;
			known.clear();
			startOver();
		},
		get next() {
			return next;
		},
		get from() {
			return since - overlap;
		},
		gather() {
			const look: Look = { ...order, events: [], refused: [], fresh: new Map() };
			const add = (resources: readonly unknown[]): void => {
				for (const one of resources) take(one, look);
			};
			return { add, look };
		},
		end({ look }, rest) {
			const taken = rest === null || look.isSorted ? Math.max(since, look.reached) : since;
			const isNews = look.events.length > 0 || look.refused.length > 0 || taken !== since;
			since = taken;
			next = rest;
			order = look;
			for (const [digest, at] of look.fresh) known.set(digest, at);
			for (const [digest, at] of known) if (at < taken - 2 * overlap) known.delete(digest);
			if (rest === null) startOver();
			if (!isNews) return null;
			turn += 1;
			return { since: taken, turn };
		},
		startOver,
	};
}
