// The ledger of a service: each moment since its first is exactly one of planned, overrun, unplanned, unknown and up, booked in all, by month
// and for the night. The record books up to each report and each plan, judge-service.ts the rest up to now: by this one walk.
import type { AvailabilityMs, Figure, ServiceFacts, ServiceFigure, UpState } from './board.ts';
import { headingOf, noAvailability, type Spans } from './downtime.ts';
import { monthAt } from './zone-month.ts';

export type Ledger = Pick<ServiceFacts, 'state' | 'since' | 'booked' | 'bookedTo' | 'months' | 'night' | 'outage'>;

/** What the plan in force says. `window`: the night, ms UTC; null where there is none. */
export type Terms = {
	readonly planned: Spans;
	readonly staleAfterMs: number;
	readonly zone: string;
	readonly window: readonly [from: number, to: number] | null;
};

export const answers: readonly ServiceFigure[] = ['up', 'upOld', 'upNew'];
const MONTHS_KEPT = 12;

const spokenAt = (figure: Figure): number => Math.min(figure[1], figure[2]);

/** What the reports amount to at an instant: up where any says so, down where all do; a report speaks for `staleAfterMs`, and then for nothing. */
export function stateAt(figures: ServiceFacts['figures'], staleAfterMs: number, at: number): UpState {
	const heard = answers.map((name) => figures[name]).filter((one) => one !== undefined);
	const said = heard.map((figure) => (figure[3] !== undefined || at - spokenAt(figure) > staleAfterMs ? null : figure[0]));
	if (said.includes(1)) return 'up';
	return said.length === 0 || said.includes(null) ? 'unknown' : 'down';
}

/** Everywhere between `from` and `to` where a moment may fall under another heading than the one before. */
function cuts(figures: ServiceFacts['figures'], { planned, staleAfterMs, zone, window }: Terms, from: number, to: number): readonly number[] {
	const all = [to, ...planned.flat(), ...(window ?? [])];
	for (const name of answers) {
		const figure = figures[name];
		if (figure) all.push(spokenAt(figure) + staleAfterMs);
	}
	for (let end = monthAt(from, zone).to; end < to; end = monthAt(end, zone).to) all.push(end);
	return [...new Set(all.filter((at) => at > from && at <= to))].sort((a, b) => a - b);
}

/** Before the first report the ledger begins with the night: what nobody has looked at is unknown since then. */
const beginning = ({ bookedTo }: Ledger, { window }: Terms, to: number): number => bookedTo ?? Math.min(window?.[0] ?? to, to);

/** The outage that a ledger stands in; where it was not kept, it is as long as the run of being down. */
const outageOf = ({ outage, state, since, bookedTo }: Ledger): ServiceFacts['outage'] =>
	outage ?? (state === 'down' && since !== null && bookedTo !== null ? { since, withoutMs: bookedTo - since } : null);

const add = <H extends Partial<AvailabilityMs>>(sums: H, heading: keyof H, ms: number): H => ({ ...sums, [heading]: Number(sums[heading]) + ms });

/** Booked whole under one heading (ms UTC). */
export type Stretch = readonly [from: number, to: number, heading: keyof AvailabilityMs];

/**
 * Books what lies between `bookedTo` and `to` (ms UTC), and tells `note` of each stretch. Neither `figures` nor `terms` may have changed in
 * between.
 */
export function bookTo(ledger: Ledger, figures: ServiceFacts['figures'], terms: Terms, to: number, note: (one: Stretch) => void = () => {}): Ledger {
	let from = beginning(ledger, terms, to);
	let { state, since, booked, night } = ledger;
	let outage = outageOf(ledger);
	const months: Record<string, AvailabilityMs> = { ...ledger.months };
	for (const end of to > from ? cuts(figures, terms, from, to) : []) {
		const now = stateAt(figures, terms.staleAfterMs, end);
		if (now !== state || since === null) since = from;
		state = now;
		const ms = end - from;
		if (state === 'up') outage = null;
		else if (state === 'down') outage = { since: outage?.since ?? since, withoutMs: (outage?.withoutMs ?? 0) + ms };
		const heading = headingOf(state, outage?.since ?? since, terms.planned, from);
		if (heading !== 'up') booked = add(booked, heading, ms);
		const { key } = monthAt(from, terms.zone);
		months[key] = add(months[key] ?? noAvailability, heading, ms);
		if (terms.window && from >= terms.window[0] && from < terms.window[1]) night = add(night, heading, ms);
		note([from, end, heading]);
		from = end;
	}
	for (const key of Object.keys(months).sort().slice(0, -MONTHS_KEPT)) delete months[key];
	return { state, since, booked, night, outage, months, bookedTo: Math.max(from, to) };
}
