// Which alarm explains which, through the dependency map: what fails hangs on what it needs. Every wall loads this: keep it small.
import type { Board } from './board.ts';
import type { AlarmFacts } from './board-breakdown.ts';

/** A cause may be noticed this much later than what it takes down: probes have rhythms and delays of their own. */
export const EXPLAINS_WITHIN_MS = 600_000;

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

/** What a subject directly needs, or is about. */
export function upstreamOf(subject: string, board: Board): readonly string[] {
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
		case 'incident':
			return board.incidents.rows[id]?.subject ? [board.incidents.rows[id].subject] : [];
		case 'clock':
			return board.clocks[id] ? [`incident/${board.clocks[id].incident}`] : [];
		case 'statement':
			return board.statements.rows[id]?.incident ? [`incident/${board.statements.rows[id].incident}`] : [];
		default:
			return [];
	}
}

type Keyed = readonly (readonly [key: string, facts: AlarmFacts])[];
/** Of one subject: the alarm that speaks for it, and since when it fails; `since` null: none of its alarms says that it does. */
type Voice = { readonly key: string; readonly facts: AlarmFacts; readonly since: number | null };

const rank = (one: AlarmFacts): number => (saysNothing(one) ? 8 : 0) + (one.endedAt === null ? 0 : 4) + one.priority;
const saysNothing = ({ rule }: AlarmFacts): boolean => explainNothing.includes(rule);
const isLouder = ([aKey, a]: Keyed[number], [bKey, b]: Keyed[number]): boolean => {
	const by = rank(a) - rank(b) || a.since - b.since;
	return by === 0 ? aKey < bKey : by < 0;
};
const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

/**
 * Alarm → the alarm at the root of its group; a root's own is itself. A subject's alarms are one group, spoken for by the most urgent that
 * stands and says that it fails. From a subject the map is walked upstream to the nearest ones that were failing by then (or came on at
 * most ten minutes later), past others; of several the first to come on is the cause, and what explains that one explains all.
 */
export function rootsOf(alarms: Keyed, board: Board): ReadonlyMap<string, string> {
	const voices = new Map<string, Voice>();
	for (const [key, facts] of alarms) {
		const other = voices.get(facts.subject);
		const since = least(saysNothing(facts) ? null : facts.since, other?.since ?? null);
		const speaks = other === undefined || isLouder([key, facts], [other.key, other.facts]) ? { key, facts } : other;
		voices.set(facts.subject, { key: speaks.key, facts: speaks.facts, since });
	}
	const roots = new Map<string, string>();
	const rootOf = (subject: string, below: readonly string[]): string => {
		const known = roots.get(subject);
		if (known !== undefined) return known;
		const cause = causeOf(subject, board, voices);
		// A plan's map has no circles; an older record's may, and ends there.
		const root = cause === null || below.includes(cause) ? subject : rootOf(cause, [...below, subject]);
		roots.set(subject, root);
		return root;
	};
	return new Map(alarms.map(([key, { subject }]) => [key, voices.get(rootOf(subject, []))?.key ?? key]));
}

function causeOf(subject: string, board: Board, voices: ReadonlyMap<string, Voice>): string | null {
	const mine = voices.get(subject);
	const by = (mine?.since ?? mine?.facts.since ?? 0) + EXPLAINS_WITHIN_MS;
	const seen = new Set([subject]);
	const waiting = [...upstreamOf(subject, board)];
	let cause: string | null = null;
	let first = Number.POSITIVE_INFINITY;
	for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
		if (seen.has(next)) continue;
		seen.add(next);
		const since = voices.get(next)?.since ?? null;
		if (since === null || since > by) waiting.push(...upstreamOf(next, board));
		else if (since < first || (since === first && cause !== null && next < cause)) [cause, first] = [next, since];
	}
	return cause;
}
