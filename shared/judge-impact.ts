// Who is blocked and who is not: the dependency map walked from those who need services down to what fails.
// "Not hit" is said only where a probe confirms it (product.md, 11).
import type { Board } from './board.ts';
import type { DependantFacts } from './board-breakdown.ts';
import type { DependantNow, NetworkNow } from './breakdown-now.ts';
import { type FigureNow, figureNow } from './figure-now.ts';
import { upOf } from './judge-facility.ts';
import type { ServiceNow, ServiceReason } from './judge-service.ts';
import { measureOf } from './measures.ts';

export type Judged = { readonly services: Readonly<Record<string, ServiceNow>>; readonly networks: Readonly<Record<string, NetworkNow>> };
export type DependencyMap = Pick<Board, 'services' | 'facilities' | 'networks'>;

/** What is known of one that is needed; null of a facility, which nobody asks whether it answers, and of what the plan lacks. */
type Needed = { readonly up: boolean | null; readonly since: number | null; readonly ageMs: number | null; readonly isPlanned: boolean };

const own = <T>(map: Readonly<Record<string, T>>, id: string): T | undefined => (Object.hasOwn(map, id) ? map[id] : undefined);
const partsOf = (subject: string): readonly [kind: string, id: string] => {
	const slash = subject.indexOf('/');
	return [subject.slice(0, slash), subject.slice(slash + 1)];
};

/** Down as planned, also where it lasts longer than it can bear. */
const planned: readonly (ServiceReason | null)[] = ['down-planned', 'beyond-tolerable'];

/** A service of which one side is not known is up for whoever reaches the other, and confirms nothing. */
export function neededNow(subject: string, { services, networks }: Judged): Needed | null {
	const [kind, id] = partsOf(subject);
	const service = kind === 'service' ? own(services, id) : undefined;
	if (service) {
		const up = service.up === true && service.standing === 'blind' ? null : service.up;
		// Where nobody saw the whole of an outage, it began when it began.
		const since = (up === false ? service.outage?.since : null) ?? service.since;
		return { up, since, ageMs: service.ageMs, isPlanned: planned.includes(service.reason) };
	}
	const network = kind === 'network' ? own(networks, id) : undefined;
	return network ? { up: network.up, since: network.since, ageMs: network.ageMs, isPlanned: false } : null;
}

function needsOf(subject: string, { services, facilities, networks }: DependencyMap): readonly string[] {
	const [kind, id] = partsOf(subject);
	if (kind === 'service') return own(services, id)?.needs ?? [];
	if (kind === 'facility') return own(facilities, id)?.needs ?? [];
	return kind === 'network' ? (own(networks, id)?.needs ?? []) : [];
}

const byFall = (judged: Judged) => (a: string, b: string) =>
	(neededNow(a, judged)?.since ?? Number.MAX_VALUE) - (neededNow(b, judged)?.since ?? Number.MAX_VALUE) || (a < b ? -1 : 1);

/** Of what is down: what it needs that is down too, the first to fall first. What still answers is not asked what fails beneath it. */
function explain(down: readonly string[], map: DependencyMap, judged: Judged): string[] {
	const met = new Set(down);
	const found: string[] = [];
	const open = [...down];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		for (const need of needsOf(next, map)) {
			if (met.has(need)) continue;
			met.add(need);
			const up = neededNow(need, judged)?.up ?? null;
			if (up === false) found.push(need);
			if (up !== true) open.push(need);
		}
	}
	return found.sort(byFall(judged));
}

export function judgeDependants(board: Pick<Board, 'dependants'> & DependencyMap, judged: Judged, now: number): Record<string, DependantNow> {
	return Object.fromEntries(Object.entries(board.dependants).map(([id, facts]) => [id, judgeDependant(id, facts, board, judged, now)]));
}

function judgeDependant(id: string, facts: DependantFacts, map: DependencyMap, judged: Judged, now: number): DependantNow {
	const { label, count, operator, needs } = facts;
	const base = { label, count, operator };
	const probe = figureNow(facts.figures.up, facts.staleAfterMs ?? measureOf('dependant.up').staleAfterMs, now);
	const itself = `dependant/${id}`;
	const named = [...new Set(needs)].filter((need) => neededNow(need, judged)?.up === false).sort(byFall(judged));
	const isFelled = upOf(probe) === false;
	if (named.length > 0 || isFelled) {
		const falls = [...named.map((need) => neededNow(need, judged)?.since ?? null), isFelled ? facts.since : null].filter((since) => since !== null);
		// Where all that they need and lack is off as planned, their own probe says no more than that.
		const isPlanned = named.length > 0 && named.every((need) => neededNow(need, judged)?.isPlanned);
		const [first] = named;
		return {
			...base,
			state: 'blocked',
			standing: isPlanned ? 'watch' : 'bad',
			by: [...named, ...explain(named, map, judged), ...(isFelled ? [itself] : [])],
			since: falls.length === 0 ? null : Math.min(...falls),
			confirmedBy: first ?? itself,
			ageMs: first === undefined ? (probe?.ageMs ?? null) : (neededNow(first, judged)?.ageMs ?? null),
		};
	}
	const confirmed = probe === null ? confirmedByNeeds(needs, judged) : confirmedByProbe(itself, probe);
	if (confirmed === null)
		return { ...base, state: 'unknown', standing: 'blind', by: [], since: null, confirmedBy: null, ageMs: probe?.ageMs ?? null };
	return { ...base, state: 'working', standing: 'good', by: [], since: probe === null ? null : facts.since, ...confirmed };
}

type Confirmed = { readonly confirmedBy: string; readonly ageMs: number };

const confirmedByProbe = (itself: string, probe: FigureNow): Confirmed | null =>
	upOf(probe) === true && probe.ageMs !== null ? { confirmedBy: itself, ageMs: probe.ageMs } : null;

/** Only where each of them is known to answer; the oldest word speaks for all. */
function confirmedByNeeds(needs: readonly string[], judged: Judged): Confirmed | null {
	let oldest: Confirmed | null = null;
	for (const need of needs) {
		const { up, ageMs } = neededNow(need, judged) ?? { up: null, ageMs: null };
		if (up !== true || ageMs === null) return null;
		if (oldest === null || ageMs > oldest.ageMs) oldest = { confirmedBy: need, ageMs };
	}
	return oldest;
}
