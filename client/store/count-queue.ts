// The counts that a phone has taken and what became of each: the rules of their queue, as plain functions. Knows no storage and no network.
import type { Count, CountAnswer, WireCount } from '../../shared/field.ts';

export type Counted = Pick<Count, 'byCode' | 'boarding' | 'forms'>;

/** How a phone's clock lies to the server's, as of the server's last answer. */
export type ClockHere = { readonly phoneAt: number; readonly serverAt: number; readonly speed: number };

export type CountRecord = Counted & {
	readonly id: string;
	readonly site: string;
	/** By the phone's clock; `order` never falls, even where that clock does. */
	readonly takenAt: number;
	readonly order: number;
	/** In server time, from the first attempt on: every repeat says the same. */
	readonly at: number | null;
	readonly state: 'unsent' | 'received' | 'refused';
	/** When the server acknowledged it, in server time. */
	readonly receivedAt: number | null;
	readonly superseded: boolean;
	/** Why it was refused: a code of the server's. */
	readonly why: string | null;
};

/** What the server's answers say of the way to it. */
export type Door = 'asking' | 'open' | 'offline' | 'not-writing' | 'over' | 'other-site' | 'unknown-site';

export const presentOf = ({ byCode }: Pick<Counted, 'byCode'>): number => Object.values(byCode).reduce((sum, one) => sum + one, 0);

/** Where the server was never heard the phone's clock is all there is. */
export const inServerTime = (clock: ClockHere | null, phone: number): number =>
	clock === null ? phone : Math.round(clock.serverAt + (phone - clock.phoneAt) * clock.speed);

export const timeOf = ({ at, takenAt }: Pick<CountRecord, 'at' | 'takenAt'>, clock: ClockHere | null): number => at ?? inServerTime(clock, takenAt);

export function newRecord(counted: Counted, site: string, id: string, phone: number, others: readonly CountRecord[]): CountRecord {
	const last = Math.max(0, ...others.map(({ order }) => order));
	return {
		...counted,
		id,
		site,
		takenAt: phone,
		order: Math.max(phone, last + 1),
		at: null,
		state: 'unsent',
		receivedAt: null,
		superseded: false,
		why: null,
	};
}

const byOrder = (a: CountRecord, b: CountRecord): number => a.order - b.order || (a.id < b.id ? -1 : 1);

export const unsentOf = (records: readonly CountRecord[]): readonly CountRecord[] =>
	records.filter(({ state }) => state === 'unsent').toSorted(byOrder);

/** The moment is settled just before the first attempt, by a clock that was heard just then. A rehearsal's is not run ahead of: it may halt. */
export function stamped(record: CountRecord, clock: ClockHere | null): CountRecord {
	if (record.at !== null) return record;
	const phone = clock !== null && clock.speed !== 1 ? Math.min(record.takenAt, clock.phoneAt) : record.takenAt;
	return { ...record, at: inServerTime(clock, phone) };
}

export const toWire = (record: CountRecord): WireCount => ({
	id: record.id,
	at: new Date(record.at ?? record.takenAt).toISOString(),
	byCode: record.byCode,
	boarding: record.boarding,
	...(record.forms === undefined ? {} : { forms: record.forms }),
});

export type Answered = { readonly status: number; readonly json: unknown };

/** Of any answer; null where it says nothing of the way, only of what was sent. */
export function doorOf({ status, json }: Answered): Door | null {
	const { code } = (json ?? {}) as { code?: unknown };
	if (status === 401) return 'over';
	if (status === 403) return code === 'not-your-site' || code === 'not-permitted' ? 'other-site' : 'over';
	if (status === 404) return code === 'unknown-site' ? 'unknown-site' : 'offline';
	if (status === 507 || code === 'journal-failing') return 'not-writing';
	if (status === 0 || status === 408 || status === 429 || status >= 500) return 'offline';
	return null;
}

/** What becomes of a record by the answer to it. Acknowledged is only what names it; what is not understood stays unsent. */
export function settle(record: CountRecord, { status, json }: Answered, serverNow: number): { readonly record: CountRecord; readonly door: Door } {
	const door = doorOf({ status, json });
	if (door !== null) return { record, door };
	if (status === 202) {
		const answer = (json ?? {}) as Partial<CountAnswer>;
		if (answer.id !== record.id) return { record, door: 'offline' };
		return { record: { ...record, state: 'received', receivedAt: serverNow, superseded: answer.superseded === true }, door: 'open' };
	}
	const { code } = (json ?? {}) as { code?: string };
	if (status === 400 || status === 409 || status === 413) return { record: { ...record, state: 'refused', why: code ?? 'other' }, door: 'open' };
	return { record, door: 'offline' };
}

const RETRY_S: readonly number[] = [1, 2, 4, 8, 15, 30];
/** After so many failed tries in a row. */
export const backOffMs = (tries: number): number => (RETRY_S[Math.min(Math.max(tries, 1), RETRY_S.length) - 1] ?? 30) * 1000;

const KEPT_MS = 43_200_000;
const SHOWN_DONE = 5;

/** Records that may be forgotten: settled, and half a day old. What is unsent never is. */
export const toForget = (records: readonly CountRecord[], phone: number): readonly CountRecord[] =>
	records.filter(({ state, takenAt }) => state !== 'unsent' && takenAt < phone - KEPT_MS);

/** Newest first: all that is unsent or was refused, and the last that were received. */
export function shownOf(records: readonly CountRecord[]): readonly CountRecord[] {
	const newest = records.toSorted((a, b) => byOrder(b, a));
	let done = 0;
	return newest.filter(({ state }) => {
		if (state === 'received') done += 1;
		return state !== 'received' || done <= SHOWN_DONE;
	});
}
