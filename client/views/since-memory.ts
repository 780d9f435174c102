// When this browser last looked at the board, and when it came back after an absence: kept in the browser, by the board's own time.
// Told the storage and the time; asks neither.

/** Away for less than this is not an absence: a reload, a look at another page. Real time: a rehearsal's minutes pass in seconds. */
export const ABSENCE_MS = 300_000;

export type Looked = {
	/** The last moment that it looked before its last absence; null where there was none. */
	readonly leftAt: number | null;
	readonly lookedAt: number;
	/** The same moment by the screen's own time of day. */
	readonly realAt: number;
};

export type LookMemory = Pick<Storage, 'getItem' | 'setItem'>;
const KEY = 'regia.looked';

export function readLooked(memory: LookMemory | null): Looked | null {
	try {
		const read: unknown = JSON.parse(memory?.getItem(KEY) ?? 'null');
		if (typeof read !== 'object' || read === null) return null;
		const { leftAt, lookedAt, realAt } = read as Partial<Looked>;
		if (typeof lookedAt !== 'number' || typeof realAt !== 'number' || !(leftAt === null || typeof leftAt === 'number')) return null;
		return { leftAt, lookedAt, realAt };
	} catch {
		return null;
	}
}

export function writeLooked(memory: LookMemory | null, looked: Looked): void {
	try {
		memory?.setItem(KEY, JSON.stringify(looked));
	} catch {}
}

/** Looking at the board's `now`, at `realNow`. A memory from the future belongs to another night, or to a rehearsal that began anew: it is forgotten. */
export function lookAgain(known: Looked | null, now: number, realNow: number): Looked {
	const here = { lookedAt: now, realAt: realNow };
	// A second's jitter of the board's clock is not another night.
	if (known === null || known.lookedAt > now + ABSENCE_MS) return { leftAt: null, ...here };
	return { leftAt: realNow - known.realAt > ABSENCE_MS ? Math.min(known.lookedAt, now) : known.leftAt, ...here };
}
