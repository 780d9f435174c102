// All services as the desk's table has them, worst first: state, sides, writes, the outage against what each can bear, minutes by heading. Pure.
import { formatAge, formatCountdown, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import { byWorst } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { reasonOf, zoneOf } from '../store/selectors.ts';
import type { ServicesWords } from '../store/services-words.ts';

const MINUTE_MS = 60_000;

export type ServiceLine = {
	readonly id: string;
	readonly label: string;
	readonly priority: number;
	readonly standing: ServiceNow['standing'];
	readonly state: string;
	readonly answers: string;
	readonly writes: string;
	readonly without: string;
	/** The outage is longer than the service can bear. */
	readonly isBeyond: boolean;
	readonly minutes: readonly string[];
	readonly left: string;
	readonly p95: string;
};

export const milliseconds = (ms: number | null, language: Language): string =>
	ms === null ? UNKNOWN : `${formatNumber(ms, language, ms < 10 ? 1 : 0)} ms`;

/** How much of what it can bear is spent; where the plan does not say, none. */
export const spentOf = ({ outage, tolerableMs }: ServiceNow): number =>
	outage === null || tolerableMs === null ? 0 : outage.withoutMs / Math.max(1, tolerableMs);

export function stateOf(one: ServiceNow, words: Words, own: ServicesWords, language: Language): string {
	if (one.standing === 'blind' || one.reason !== null) return reasonOf(one, words, language);
	return one.up === null ? own.state.unknown : one.up ? own.state.up : own.state.down;
}

export function withoutOf(one: ServiceNow, own: ServicesWords): string {
	const { outage, tolerableMs } = one;
	if (outage === null) return one.up === null ? UNKNOWN : own.without.none;
	const known = formatCountdown(outage.withoutMs);
	// While nobody sees it, it may have gone on.
	const without = one.up === null ? fill(own.without.atLeast, { without: known }) : known;
	return tolerableMs === null ? without : fill(own.without.of, { without, tolerable: formatCountdown(tolerableMs) });
}

const minutesOf = ({ downMs }: ServiceNow, own: ServicesWords): readonly string[] =>
	(['overrun', 'unplanned', 'planned', 'unknown'] as const)
		.filter((heading) => downMs[heading] >= MINUTE_MS)
		.map((heading) => `${own.heading[heading]} ${formatCountdown(downMs[heading])}`);

function lineOf(id: string, one: ServiceNow, words: Words, own: ServicesWords, language: Language): ServiceLine {
	const { plannedLeftMs } = one;
	return {
		id,
		label: one.label,
		priority: one.priority,
		standing: one.standing,
		state: stateOf(one, words, own, language),
		answers: answersOf(one, own),
		writes: own.writes[one.writes],
		without: withoutOf(one, own),
		isBeyond: spentOf(one) > 1,
		minutes: minutesOf(one, own),
		left: fill(own.left, { night: formatCountdown(plannedLeftMs.night), month: formatCountdown(plannedLeftMs.month) }),
		p95: milliseconds(one.latency.hour?.p95 ?? null, language),
	};
}

/** Where only the service itself is looked at, no side is known. */
function answersOf(one: ServiceNow, own: ServicesWords): string {
	if (one.side !== 'unknown' || one.up === null) return own.side[one.side];
	return one.up ? own.sides.yes : own.sides.no;
}

export function serviceLines(judged: BoardNow, words: Words, own: ServicesWords, language: Language): readonly ServiceLine[] {
	return Object.entries(judged.services)
		.sort(
			([a, one], [b, other]) =>
				byWorst(one.standing, other.standing) || spentOf(other) - spentOf(one) || one.priority - other.priority || (a < b ? -1 : 1),
		)
		.map(([id, one]) => lineOf(id, one, words, own, language));
}

/** How the minutes are counted, in one sentence. `staleAfterMs`: of all services that it speaks of. */
export function ruleOf(staleAfterMs: readonly number[], zone: string, own: ServicesWords, language: Language): string {
	const [one] = staleAfterMs;
	const isOne = one !== undefined && staleAfterMs.every((other) => other === one);
	const stale = isOne ? fill(own.staleOf.one, { age: formatAge(one, language) }) : own.staleOf.some;
	return `${fill(own.ruleText, { stale })} ${fill(own.ruleMonths, { zone })}`;
}

export function servicesModel({ judged, followed }: ScreenState, words: Words, own: ServicesWords, language: Language) {
	if (judged === null || followed === null) return null;
	const stale = Object.values(followed.board.services).map(({ staleAfterMs }) => staleAfterMs);
	return { lines: serviceLines(judged, words, own, language), rule: ruleOf(stale, zoneOf(judged), own, language) };
}
