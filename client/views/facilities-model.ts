// Facilities side by side as words: how hot, how soon too hot, cooling, power, and what hangs on each. Pure.
import type { Board, Trend } from '../../shared/board.ts';
import type { FacilityNow } from '../../shared/breakdown-now.ts';
import { formatAge, formatNumber, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { HORIZON_MINUTES } from '../../shared/judge-facility.ts';
import { STEADY_DEGREES_PER_HOUR } from '../../shared/measures.ts';
import { byWorst, type Standing } from '../../shared/standing.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { zoneOf } from '../store/selectors.ts';
import { nameSubject } from './failure-labels.ts';
import { sayMoment } from './zoned-moment.ts';

export type CurveModel = {
	/** Unbroken stretches of the trend: where nothing was heard there is no line. */
	readonly stretches: readonly (readonly (readonly [at: number, degrees: number])[])[];
	readonly from: number;
	readonly to: number;
	readonly watch: number;
	readonly limit: number;
};
export type Hanging = {
	readonly subject: string;
	readonly label: string;
	/** A service and those who use it may be called the same. */
	readonly kind: string;
	readonly standing: Standing;
};
export type FacilityRow = {
	readonly id: string;
	readonly label: string;
	readonly side: string | null;
	readonly standing: Standing;
	readonly reason: string | null;
	readonly degrees: string;
	/** Of the temperature alone: what else is wrong is said beside it. */
	readonly heat: Standing;
	readonly veil: string | null;
	readonly limits: string;
	readonly curve: CurveModel | null;
	readonly chart: string;
	readonly facts: readonly (readonly [label: string, value: string])[];
	readonly hanging: readonly Hanging[];
};

const HOURS_SHOWN_MS = 24 * 3_600_000;

/** The side that is moved from stands left of the one that is moved to; the rest by how they fare. */
export function facilityRows({ judged, followed }: Pick<ScreenState, 'judged' | 'followed'>, own: BreakdownDeskWords, language: Language) {
	if (judged === null || followed === null) return null;
	const order = { old: 0, new: 1 } as const;
	const place = ({ side }: FacilityNow): number => (side === null ? 2 : order[side]);
	return Object.entries(judged.breakdown?.facilities ?? {})
		.toSorted(([, a], [, b]) => place(a) - place(b) || byWorst(a.standing, b.standing) || (a.label < b.label ? -1 : 1))
		.map(([id, one]) => rowOf(id, one, judged, followed.board, own, language));
}

function rowOf(id: string, one: FacilityNow, judged: BoardNow, board: Board, own: BreakdownDeskWords, language: Language): FacilityRow {
	const w = own.facility;
	const figure = (value: number, decimals = 1): string => formatNumber(value, language, decimals);
	const degrees = one.temperature === null ? null : fill(w.degrees, { value: figure(one.temperature) });
	const last = one.lastTemperature === null ? null : fill(w.lastDegrees, { value: figure(one.lastTemperature) });
	const silent = one.ageMs === null ? w.never : fill(w.silent, { age: formatAge(one.ageMs, language) });
	const limits = { watch: figure(one.watch, 0), limit: figure(one.limit, 0) };
	return {
		id,
		label: one.label,
		side: one.side === null ? null : w.side[one.side],
		standing: one.standing,
		reason: one.reason === null ? null : (w.reason[one.reason] ?? one.reason),
		degrees: degrees ?? last ?? '—',
		heat: heatOf(one),
		veil: one.temperature === null ? silent : null,
		limits: fill(w.limits, limits),
		curve: curveOf(board.facilities[id]?.trends.temperature ?? {}, board.bucketMs, one, judged.now),
		chart: fill(w.chart, { label: one.label, value: degrees ?? silent, ...limits }),
		facts: factsOf(one, judged, own, language),
		hanging: hangingOn(`facility/${id}`, board).map((subject) => ({
			subject,
			label: nameSubject(subject, judged),
			kind: w.kind[subject.slice(0, subject.indexOf('/'))] ?? '',
			standing: standingOf(subject, judged),
		})),
	};
}

const heatOf = ({ temperature, watch, limit }: FacilityNow): Standing =>
	temperature === null ? 'blind' : temperature >= limit ? 'bad' : temperature >= watch ? 'watch' : 'good';

function factsOf(one: FacilityNow, judged: BoardNow, own: BreakdownDeskWords, language: Language): FacilityRow['facts'] {
	const w = own.facility;
	const { cooling, ups } = one;
	const facts: [string, string][] = [];
	const perHour = one.degreesPerHour;
	facts.push([w.rise, perHour === null ? '—' : riseOf(perHour, own, language)]);
	facts.push([w.toLimit, toLimit(one, own, language)]);
	if (cooling !== null) {
		const unknown = (count: number | null): string => (count === null ? '—' : formatNumber(count, language));
		const text = fill(w.coolingOf, { working: unknown(cooling.working), of: unknown(cooling.of) });
		const failed = one.coolingFailedAt;
		facts.push([w.cooling, failed === null ? text : fill(w.coolingSince, { text, time: sayMoment(failed, judged.now, zoneOf(judged)) })]);
	}
	if (ups !== null) {
		const power = ups.onBattery === null ? '—' : ups.onBattery ? w.onBattery : w.onMains;
		const runtime = ups.runtimeMs === null ? null : fill(w.runtime, { minutes: formatNumber(Math.floor(ups.runtimeMs / 60_000), language) });
		const charge = ups.charge === null ? null : fill(w.charge, { percent: formatNumber(Math.floor(ups.charge * 100), language) });
		facts.push([w.ups, [power, runtime, charge].filter((part) => part !== null).join(' · ')]);
	}
	if (one.alerts !== null) facts.push([w.alerts, formatNumber(one.alerts, language)]);
	facts.push([w.data, one.ageMs === null ? w.never : fill(own.ago, { age: formatAge(one.ageMs, language) })]);
	return facts;
}

function toLimit({ minutesToLimit, degreesPerHour, temperature }: FacilityNow, own: BreakdownDeskWords, language: Language): string {
	const w = own.facility;
	if (temperature === null) return '—';
	if (minutesToLimit === 0) return w.atLimit;
	if (minutesToLimit !== null) return fill(w.toLimitIn, { minutes: formatNumber(Math.floor(minutesToLimit), language) });
	if (degreesPerHour === null) return '—';
	return degreesPerHour < STEADY_DEGREES_PER_HOUR ? w.notRising : fill(w.toLimitIn, { minutes: `> ${formatNumber(HORIZON_MINUTES, language)}` });
}

/** What is below a sensor's sway is no rise here either: the two facts agree. */
function riseOf(perHour: number, { facility: w }: BreakdownDeskWords, language: Language): string {
	if (Math.abs(perHour) < STEADY_DEGREES_PER_HOUR) return w.notRising;
	return fill(w.perHour, { value: `${perHour > 0 ? '+' : ''}${formatNumber(perHour, language, 1)}` });
}

/** A bucket that is missing breaks the line: what nobody heard is not drawn (rule 1). */
function curveOf(trend: Trend, bucketMs: number, { watch, limit }: FacilityNow, now: number): CurveModel | null {
	const from = now - HOURS_SHOWN_MS;
	const points = Object.entries(trend)
		.map(([bucket, value]) => [Math.min(now, (Number(bucket) + 1) * bucketMs), value] as const)
		.filter(([at]) => at >= from)
		.toSorted(([a], [b]) => a - b);
	const [first] = points;
	if (first === undefined) return null;
	const stretches: (readonly [number, number])[][] = [];
	let before = Number.NEGATIVE_INFINITY;
	for (const point of points) {
		if (point[0] - before > bucketMs * 1.5) stretches.push([]);
		stretches.at(-1)?.push(point);
		before = point[0];
	}
	return { stretches, from: Math.max(from, first[0]), to: now, watch, limit };
}

/** Everything that needs it, straight or through something else, in the order of services, networks, dependants, flows. */
export function hangingOn(subject: string, board: Pick<Board, 'services' | 'networks' | 'dependants' | 'flows' | 'facilities'>): readonly string[] {
	const lists: Readonly<Record<string, Readonly<Record<string, { readonly needs: readonly string[] }>>>> = {
		service: board.services,
		network: board.networks,
		facility: board.facilities,
		dependant: board.dependants,
		flow: board.flows,
	};
	const all = Object.entries(lists).flatMap(([kind, list]) => Object.entries(list).map(([id, { needs }]) => [`${kind}/${id}`, needs] as const));
	const reached = new Set([subject]);
	for (let before = 0; before !== reached.size; ) {
		before = reached.size;
		for (const [one, needs] of all) if (needs.some((need) => reached.has(need))) reached.add(one);
	}
	reached.delete(subject);
	return all.map(([one]) => one).filter((one) => reached.has(one));
}

function standingOf(subject: string, { services, breakdown }: BoardNow): Standing {
	const [kind = '', id = ''] = subject.split('/');
	const lists: Readonly<Record<string, Readonly<Record<string, { readonly standing: Standing }>> | undefined>> = {
		service: services,
		network: breakdown?.networks,
		facility: breakdown?.facilities,
		dependant: breakdown?.dependants,
		flow: breakdown?.flows,
	};
	return lists[kind]?.[id]?.standing ?? 'blind';
}
