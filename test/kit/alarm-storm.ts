// A storm of events as it is recorded: 5,000 changes in ten minutes on 600 services that hang on three causes, and twenty urgent ones that
// hang on none. Every name and figure in it is invented. Made by a seed; imports nothing of the server, so that it shares none of its errors.

export const STORM_MS = 600_000;
export const EVENTS = 5000;
export const HANGING = 600;
export const UNRELATED = 20;
export const SOURCES = 6;

export type StormEvent = {
	/** ms after the storm's beginning. */
	readonly at: number;
	readonly source: string;
	readonly subject: string;
	readonly measure: string;
	readonly value: number;
};

export type Storm = {
	/** As the plan's file says it (JSON is YAML too). */
	plan(windowStart: string, windowEnd: string): string;
	/** How all is before it; they count as no event. */
	readonly calm: readonly Omit<StormEvent, 'at'>[];
	/** In order of time. */
	readonly events: readonly StormEvent[];
	/** Urgent subjects, and the first event that says each has fallen. */
	readonly urgent: ReadonlyMap<string, StormEvent>;
};

/** A number in [0, 1) after another, by the seed (mulberry32). */
function chanceBy(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const causes = ['facility/ced-nord', 'network/rete-est', 'service/accesso'] as const;
const falls = [20_000, 60_000, 90_000] as const;

/** One in forty of those that hang on a cause is urgent; a third of them hang on a sibling, and through it on the cause. */
const isUrgent = (n: number): boolean => n % 40 === 0;
const placeOf = (n: number): number => (isUrgent(n) ? 1 : n % 5 === 0 ? 3 : 5);
const needOf = (n: number): string => (n % 9 < 3 && n >= 30 ? `service/d${n - 30 - (n % 3) + (n % 3)}` : (causes[n % 3] ?? causes[0]));
const sourceOf = (n: number): string => `s${n % SOURCES}`;

export function stormOf(seed: number): Storm {
	const chance = chanceBy(seed);
	const events: StormEvent[] = [];
	const urgent = new Map<string, StormEvent>();
	const say = (event: StormEvent): void => void events.push(event);
	const fall = (event: StormEvent, isP1: boolean): void => {
		say(event);
		if (isP1) urgent.set(event.subject, event);
	};
	const answers = (subject: string, source: string, at: number, value: number): StormEvent => ({ at, source, subject, measure: 'service.up', value });

	fall({ at: falls[0], source: 's0', subject: causes[0], measure: 'facility.temperature', value: 33 }, true);
	fall({ at: falls[1], source: 's1', subject: causes[1], measure: 'network.up', value: 0 }, true);
	fall(answers(causes[2], 's2', falls[2], 0), true);
	const fallen: { readonly n: number; readonly at: number }[] = [];
	for (let n = 0; n < HANGING; n += 1) {
		const at = Math.round((falls[n % 3] ?? 0) + 5000 + chance() * 180_000);
		fall(answers(`service/d${n}`, sourceOf(n), at, 0), isUrgent(n));
		if (!isUrgent(n)) fallen.push({ n, at });
	}
	for (let n = 0; n < UNRELATED; n += 1) fall(answers(`service/u${n}`, sourceOf(n), Math.round(10_000 + chance() * 580_000), 0), true);
	// The rest comes and goes: what has fallen answers for a moment, and falls again.
	const lastSaid = new Map<string, number>();
	while (events.length < EVENTS) {
		const one = fallen[Math.floor(chance() * fallen.length)];
		if (one === undefined) break;
		const at = Math.round(one.at + 500 + chance() * (STORM_MS - one.at - 500));
		const subject = `service/d${one.n}`;
		const value = (lastSaid.get(subject) ?? 0) === 0 ? 1 : 0;
		lastSaid.set(subject, value);
		say(answers(subject, sourceOf(one.n), at, value));
	}
	events.sort((a, b) => a.at - b.at);
	return { plan: planOf, calm: calmOf(), events, urgent };
}

function calmOf(): Omit<StormEvent, 'at'>[] {
	const up = (subject: string, source: string) => ({ source, subject, measure: 'service.up', value: 1 });
	return [
		{ source: 's0', subject: causes[0], measure: 'facility.temperature', value: 23 },
		{ source: 's1', subject: causes[1], measure: 'network.up', value: 1 },
		up(causes[2], 's2'),
		...Array.from({ length: HANGING }, (_, n) => up(`service/d${n}`, sourceOf(n))),
		...Array.from({ length: UNRELATED }, (_, n) => up(`service/u${n}`, sourceOf(n))),
	];
}

function planOf(start: string, end: string): string {
	const service = (label: string, priority: number, needs: readonly string[]) => ({ label, priority, staleAfter: '12h', needs });
	const named = <T>(count: number, row: (n: number) => readonly [string, T]): Record<string, T> =>
		Object.fromEntries(Array.from({ length: count }, (_, n) => row(n)));
	return JSON.stringify({
		programme: { id: 'tempesta', name: 'Tempesta inventata' },
		cutover: { id: 'notte', name: 'Notte inventata', window: { start, end } },
		facilities: { 'ced-nord': { label: 'CED Nord', staleAfter: '12h' } },
		networks: { 'rete-est': { label: 'Rete est', staleAfter: '12h' } },
		services: {
			accesso: service('Accesso unico', 1, []),
			...named(HANGING, (n) => [`d${n}`, service(`Servizio ${n}`, placeOf(n), [needOf(n)])]),
			...named(UNRELATED, (n) => [`u${n}`, service(`Servizio a sé ${n}`, 1, [])]),
		},
		sources: named(SOURCES, (n) => [`s${n}`, { kind: 'push', label: `Fonte ${n}`, staleAfter: '12h' }]),
		// As fast as may be: with the usual delays a storm would be half as loud.
		alarms: { builtIn: { 'service-down': { onDelay: '0s' }, 'network-down': { onDelay: '0s' } } },
	});
}
