// Random histories of a service, and what they amount to counted minute by minute. The count shares no code with the ledger: it knows
// reports, plans and a calendar. All instants are whole minutes.
import fc from 'fast-check';
import { applyServiceSample, planServices, type ServiceCells, showService } from '../../server/projections/services.projection.ts';
import type { AvailabilityMs } from '../../shared/board.ts';
import { judgeService, type ServiceNow } from '../../shared/judge-service.ts';
import { planSchema } from '../../shared/plan.ts';

const MINUTE = 60_000;
const ZONE = 'Europe/Rome';
type Minute = number;
export type Span = readonly [from: Minute, to: Minute];

/** Minutes count from `base`. The first plan stands at 0. */
export type History = {
	readonly base: number;
	readonly plans: readonly {
		readonly at: Minute;
		readonly stale: number;
		readonly planned: readonly Span[];
		readonly window: Span;
		readonly night: 0 | 1;
	}[];
	readonly reports: readonly { readonly at: Minute; readonly figure: 'up' | 'upOld' | 'upNew'; readonly value: 0 | 1 | null }[];
	readonly asked: readonly Minute[];
};

/** Both changes of the clock, with the month's end behind them; a year's end; a leap day. */
const bases = ['2025-03-29T00:00Z', '2025-03-30T20:00Z', '2025-10-25T12:00Z', '2025-10-31T12:00Z', '2024-12-31T12:00Z', '2024-02-28T21:00Z'].map(
	(one) => Date.parse(one),
);

const spanIn = (length: number): fc.Arbitrary<Span> =>
	fc.tuple(fc.integer({ min: -300, max: length }), fc.integer({ min: 0, max: 600 })).map(([from, lasts]) => [from, from + lasts]);

function historyOf(base: number, length: number): fc.Arbitrary<History> {
	const minute = fc.integer({ min: 0, max: length });
	const plan = fc.record({
		at: minute,
		stale: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 240 })),
		planned: fc.array(spanIn(length), { maxLength: 4 }),
		window: spanIn(length),
		night: fc.constantFrom(0 as const, 0 as const, 1 as const),
	});
	const stretch = fc.record({
		from: minute,
		/** Begins about the end of a planned span instead. */
		near: fc.option(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -200, max: 10 })), { freq: 1 }),
		every: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 })),
		count: fc.integer({ min: 1, max: 25 }),
		figure: fc.constantFrom('up' as const, 'upOld' as const, 'upNew' as const),
		value: fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const, 1 as const, null),
	});
	return fc
		.record({
			plans: fc.array(plan, { minLength: 1, maxLength: 4 }),
			stretches: fc.array(stretch, { maxLength: 8 }),
			asked: fc.array(minute, { maxLength: 2 }),
			/** Several figures, each with gaps of its own, are seldom all down. */
			isPlain: fc.boolean(),
		})
		.map(({ plans, stretches, asked, isPlain }) => {
			const [first, ...later] = plans.toSorted((a, b) => a.at - b.at);
			const reports = stretches.flatMap(({ from, near, every, count, figure, value }) => {
				const end = near === null ? undefined : first?.planned[near[0]]?.[1];
				const begin = end === undefined || near === null ? from : end + near[1];
				return Array.from({ length: count }, (_, i) => ({ at: begin + i * every, figure: isPlain ? ('up' as const) : figure, value }));
			});
			return {
				base,
				plans: first ? [{ ...first, at: 0 }, ...later] : [],
				reports: reports.filter(({ at }) => at >= 0 && at < length).sort((a, b) => a.at - b.at),
				asked: [...asked, length].sort((a, b) => a - b),
			};
		});
}

export const anyHistory: fc.Arbitrary<History> = fc
	.tuple(
		fc.constantFrom(...bases),
		fc.oneof({ weight: 7, arbitrary: fc.integer({ min: 30, max: 2500 }) }, { weight: 1, arbitrary: fc.constant(9800) }),
	)
	.chain(([base, length]) => historyOf(base, length));

export type Shown = Pick<ServiceNow, 'months' | 'night' | 'downMs' | 'outage'>;

const planOf = ({ base }: History, { stale, planned, window, night }: History['plans'][number]) => {
	const iso = (minute: Minute): string => new Date(base + minute * MINUTE).toISOString();
	return planSchema.parse({
		programme: { id: 'p', name: 'P' },
		cutover: { id: `night-${night}`, name: 'N', zone: ZONE, window: { start: iso(window[0]), end: iso(window[1]) } },
		services: {
			one: { label: 'One', priority: 1, staleAfter: `${stale}min`, planned: planned.map(([from, to]) => ({ from: iso(from), to: iso(to) })) },
		},
	});
};

/** What the projection and the judge say at each minute that is asked for; what happens at that minute has happened. `zone`: of the judge. */
export function play(history: History, zone = ZONE): readonly Shown[] {
	const { base, plans, reports, asked } = history;
	const cells: ServiceCells = {};
	const events = [
		...plans.map((one) => ({
			at: one.at,
			order: 0,
			run: () => planServices(cells, { ...planOf(history, one), cutover: { ...planOf(history, one).cutover, zone } }, base + one.at * MINUTE),
		})),
		...reports.map((one) => ({
			at: one.at,
			order: 1,
			run: () => {
				const at = base + one.at * MINUTE;
				const sample = { subject: 'service/one' as const, measure: `service.${one.figure}` as const, value: one.value, at };
				if (cells.one) applyServiceSample(cells.one, sample, { source: 's', seen: at, isNews: true, bucketMs: MINUTE });
			},
		})),
	].sort((a, b) => a.at - b.at || a.order - b.order);
	return asked.map((minute) => {
		while (events[0] && events[0].at <= minute) events.shift()?.run();
		const now = base + minute * MINUTE;
		const [from, to] = plans.findLast((one) => one.at <= minute)?.window ?? [0, 0];
		const night = { zone, windowStart: base + from * MINUTE, windowEnd: base + to * MINUTE };
		if (!cells.one) throw new Error('no plan names the service');
		const { months, night: tonight, downMs, outage } = judgeService(showService(cells.one), now, night);
		return { months, night: tonight, downMs, outage };
	});
}

const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit' });
const monthOfMinute = new Map<number, string>();
function monthOf(instant: number): string {
	const known = monthOfMinute.get(instant);
	if (known !== undefined) return known;
	const told = calendar.format(instant);
	monthOfMinute.set(instant, told);
	return told;
}

const nothing = (): Record<keyof AvailabilityMs, number> => ({ planned: 0, overrun: 0, unplanned: 0, unknown: 0, up: 0 });

/** From which minute on there is a ledger, and the plan that began it: with the night, or with the first report where that is earlier. */
function beginning({ plans, reports }: History, asked: Minute): readonly [from: Minute, plan: number] {
	const firstReport = reports[0] && reports[0].at <= asked ? reports[0].at : Number.POSITIVE_INFINITY;
	for (const [i, { at, window }] of plans.entries()) {
		if (at > asked) break;
		const next = plans[i + 1]?.at ?? Number.POSITIVE_INFINITY;
		if (firstReport < next) return [Math.min(window[0], firstReport), i];
		if (window[0] < Math.min(next, asked)) return [window[0], i];
	}
	return [asked, 0];
}

/** The same, minute by minute. */
export function count(history: History, asked: Minute): Shown {
	const { base, plans, reports } = history;
	const [total, months] = [nothing(), {} as Record<string, Record<keyof AvailabilityMs, number>>];
	let outage = null as { since: number; withoutMs: number } | null;
	let downFrom: Minute | null = null;
	const last: Partial<Record<'up' | 'upOld' | 'upNew', { at: Minute; value: 0 | 1 | null }>> = {};
	const [begin, beginPlan] = beginning(history, asked);
	/** Minute by minute, of the cutover in force, whatever its window was then. */
	let tonight: (keyof AvailabilityMs)[] = [];
	let tonightFrom: Minute = begin;
	let planIndex = beginPlan;
	let reportIndex = 0;
	for (let minute = begin; minute < asked; minute += 1) {
		for (let next = plans[planIndex + 1]; next && next.at <= minute; next = plans[planIndex + 1]) {
			if (next.night !== plans[planIndex]?.night) [tonight, tonightFrom] = [[], minute];
			planIndex += 1;
		}
		for (let next = reports[reportIndex]; next && next.at <= minute; next = reports[reportIndex]) {
			last[next.figure] = next;
			reportIndex += 1;
		}
		const plan = plans[planIndex];
		if (!plan) break;
		const heard = Object.values(last).map(({ at, value }) => (minute < at + plan.stale ? value : null));
		const isUp = heard.some((one) => one === 1);
		const isDown = heard.length > 0 && heard.every((one) => one === 0);
		if (!isDown) downFrom = null;
		else downFrom ??= minute;
		let heading: keyof AvailabilityMs = isUp ? 'up' : 'unknown';
		if (downFrom !== null) {
			outage = { since: outage?.since ?? base + downFrom * MINUTE, withoutMs: (outage?.withoutMs ?? 0) + MINUTE };
			const from = (outage.since - base) / MINUTE;
			if (plan.planned.some((span) => minute >= span[0] && minute < span[1])) heading = 'planned';
			else heading = plan.planned.some((span) => from >= span[0] && from <= span[1]) ? 'overrun' : 'unplanned';
		}
		if (isUp) outage = null;
		const key = monthOf(base + minute * MINUTE);
		const month = months[key] ?? nothing();
		months[key] = month;
		total[heading] += MINUTE;
		month[heading] += MINUTE;
		tonight.push(heading);
	}
	// A plan of another night that comes at the very minute that is asked for has begun it.
	for (let next = plans[planIndex + 1]; next && next.at <= asked; next = plans[planIndex + 1]) {
		if (next.night !== plans[planIndex]?.night) tonight = [];
		planIndex += 1;
	}
	const { up: _up, ...downMs } = total;
	const plan = plans[planIndex];
	for (const report of reports) if (report.at <= asked) last[report.figure] = report;
	const answersNow = plan !== undefined && Object.values(last).some(({ at, value }) => value === 1 && asked <= at + plan.stale);
	const night = nothing();
	const [from, to] = plan?.window ?? [0, 0];
	for (const heading of tonight.slice(Math.max(0, from - tonightFrom), Math.max(0, to - tonightFrom))) night[heading] += MINUTE;
	return { months, night, downMs, outage: answersNow ? null : outage };
}
