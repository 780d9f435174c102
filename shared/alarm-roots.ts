// Which alarm explains which, through the dependency map: what fails hangs on what it needs. Every wall loads this: keep it small.
import type { Board } from './board.ts';
import type { AlarmFacts } from './board-breakdown.ts';

/** A cause may be noticed this much later than what it takes down: a probe's rhythm and an alarm's own delay, of a minute at most each. */
const EXPLAINS_WITHIN_MS = 120_000;

/** What people owe by a time, or have said: nothing that fails explains it. */
const owed: readonly string[] = ['clock-near', 'clock-overdue', 'update-overdue', 'statement-contradicted', 'service-overrun'];

/** They say nothing that would take another subject down. */
const explainNothing: readonly string[] = [
	'service-certificate',
	'service-both-answer',
	'service-both-write',
	'restore-order',
	'source-blind',
	'site-blind',
	'gate-reopened',
];

/** What a subject directly needs. */
function upstreamOf(subject: string, board: Board): readonly string[] {
	const slash = subject.indexOf('/');
	const id = subject.slice(slash + 1);
	const service = (name: string | null | undefined): string[] => (name ? [`service/${name}`] : []);
	switch (subject.slice(0, slash)) {
		case 'service':
			return board.services[id]?.needs ?? [];
		case 'facility':
			return board.facilities[id]?.needs ?? [];
		case 'network':
			return board.networks[id]?.needs ?? [];
		case 'dependant':
			return board.dependants[id]?.needs ?? [];
		case 'flow':
			return board.flows[id]?.needs ?? [];
		case 'archive':
			return service(board.archives[id]?.service);
		case 'site':
			return [...service(board.sites[id]?.service), ...(board.sites[id]?.sources ?? []).map((one) => `source/${one}`)];
		case 'source': {
			const fed = board.sources[id]?.archives ?? [];
			const told = Object.values(board.sites).filter((one) => one.sources.includes(id));
			return [...fed.flatMap((one) => service(board.archives[one]?.service)), ...told.flatMap((one) => service(one.service))];
		}
		default:
			return [];
	}
}

type Keyed = readonly (readonly [key: string, facts: AlarmFacts])[];
/** The alarm that speaks for a subject, and since when the subject fails without a break. */
type Voice = { readonly key: string; readonly rule: string; readonly since: number };

/** Of one subject, what comes before what: power takes cooling, and cooling takes what it cools; never the other way round. */
const ranks: Readonly<Record<string, number>> = {
	'facility-on-battery': 0,
	'facility-battery-low': 0,
	'facility-cooling-lost': 1,
	'facility-cooling-short': 1,
};
const rankOf = (rule: string): number => ranks[rule] ?? 2;

/** Null where nothing of it still holds that says that it fails: what has ended explains nothing. */
function voiceOf(alarms: Keyed): Voice | null {
	const failing = alarms.filter(([, { rule }]) => !explainNothing.includes(rule)).sort(([, a], [, b]) => b.since - a.since);
	const holding = failing.filter(([, { endedAt }]) => endedAt === null);
	const earliest = holding.at(-1)?.[1];
	if (earliest === undefined) return null;
	let { since } = earliest;
	// What ended while another of them went on belongs to the same fall.
	for (const [, one] of failing) if (one.since < since && one.endedAt !== null && one.endedAt >= since) since = one.since;
	const by = since + EXPLAINS_WITHIN_MS;
	const inTime = holding.filter(([, one]) => one.since <= by);
	// What came on too late to be its cause does not take its place.
	const rank = Math.min(...(inTime.length === 0 ? [rankOf(earliest.rule)] : inTime.map(([, { rule }]) => rankOf(rule))));
	const [speaks] = holding
		.filter(([, { rule }]) => rankOf(rule) === rank)
		.sort(([aKey, a], [bKey, b]) => a.priority - b.priority || a.since - b.since || (aKey < bKey ? -1 : 1));
	return speaks === undefined ? null : { key: speaks[0], rule: speaks[1].rule, since };
}

/**
 * Alarm → the alarm at the root of its group; a root's own is itself. A subject's alarms are one group, spoken for by what comes first in
 * it of what still holds, and of that by the most urgent. From a subject the map is walked upstream to the nearest ones that were failing
 * by then (but for what probes and delays take) and still fail, past others; of several the first to come on is the cause, and what
 * explains that one explains all. What is owed by people stands for itself.
 */
export function rootsOf(alarms: Keyed, board: Board): ReadonlyMap<string, string> {
	const bySubject = new Map<string, Keyed[number][]>();
	for (const one of alarms) {
		const others = bySubject.get(one[1].subject);
		if (others === undefined) bySubject.set(one[1].subject, [one]);
		else others.push(one);
	}
	const voices = new Map<string, Voice>();
	for (const [subject, list] of bySubject) {
		const voice = voiceOf(list);
		if (voice !== null) voices.set(subject, voice);
	}
	const roots = new Map<string, string>();
	const rootOf = (subject: string, since: number, below: readonly string[]): string => {
		const known = roots.get(subject);
		if (known !== undefined) return known;
		const cause = owed.includes(voices.get(subject)?.rule ?? '') ? null : causeOf(subject, since, board, voices);
		const above = cause === null ? undefined : voices.get(cause);
		// A plan's map has no circles; an older record's may, and ends there.
		const root = cause === null || above === undefined || below.includes(cause) ? subject : rootOf(cause, above.since, [...below, subject]);
		if (voices.has(subject)) roots.set(subject, root);
		return root;
	};
	const rootOfAlarm = (key: string, { rule, subject, since }: AlarmFacts): string => {
		if (owed.includes(rule)) return key;
		const voice = voices.get(subject);
		const isOfThisFall = voice !== undefined && voice.since <= since + EXPLAINS_WITHIN_MS;
		if (!isOfThisFall) {
			const cause = causeOf(subject, since, board, voices);
			return cause === null ? key : (voices.get(rootOf(cause, voices.get(cause)?.since ?? since, []))?.key ?? key);
		}
		const root = rootOf(subject, voice.since, []);
		return root === subject && rankOf(rule) < rankOf(voice.rule) ? key : (voices.get(root)?.key ?? key);
	};
	return new Map(alarms.map(([key, facts]) => [key, rootOfAlarm(key, facts)]));
}

function causeOf(subject: string, since: number, board: Board, voices: ReadonlyMap<string, Voice>): string | null {
	const by = since + EXPLAINS_WITHIN_MS;
	const seen = new Set([subject]);
	const waiting = [...upstreamOf(subject, board)];
	let cause: string | null = null;
	let first = Number.POSITIVE_INFINITY;
	for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
		if (seen.has(next)) continue;
		seen.add(next);
		const began = voices.get(next)?.since ?? null;
		if (began === null || began > by) waiting.push(...upstreamOf(next, board));
		else if (began < first || (began === first && cause !== null && next < cause)) [cause, first] = [next, began];
	}
	return cause;
}
