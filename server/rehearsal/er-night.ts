// An emergency room through a night in which its system goes dark: what is sent live, what only afterwards, and what the ward counts by
// hand meanwhile. Minutes after the night's start; knows no night in particular.
import type { WireMark } from '../../shared/mark.ts';
import { type ErStep, type ErVisit, messageOf } from './er-message.ts';
import type { RoomMark } from './night.ts';
import type { MessageBatch } from './scenario.ts';

const MINUTE_MS = 60_000;

export type ErNight = {
	readonly site: string;
	readonly source: string;
	/** ms UTC at minute 0. */
	readonly start: number;
	/** Nothing is sent in [from, to); what happened in it is entered over `entryMinutes` after it, in the order of arrival. */
	readonly dark: { readonly from: number; readonly to: number; readonly entryMinutes: number };
	/** In order of arrival. */
	readonly visits: readonly ErVisit[];
};

const minuteOf = ({ start }: ErNight, at: number): number => (at - start) / MINUTE_MS;
const arrivalOf = (night: ErNight, { steps }: ErVisit): number => minuteOf(night, steps[0]?.at ?? Number.POSITIVE_INFINITY);

/** Of the visits that arrived in the dark, when each is entered: evenly, on quarters of a minute, the last one at the end. */
function entriesOf(night: ErNight): ReadonlyMap<ErVisit, number> {
	const { from, to, entryMinutes } = night.dark;
	const inDark = night.visits.filter((one) => arrivalOf(night, one) >= from && arrivalOf(night, one) < to);
	return new Map(inDark.map((one, i) => [one, to + Math.floor(((i + 1) * entryMinutes * 4) / inDark.length) / 4]));
}

/** Due instant → what is sent then. Who was there before the night is told of at its start. */
export function messagesOf(night: ErNight): ReadonlyMap<number, readonly MessageBatch[]> {
	const { start, source, dark } = night;
	const entries = entriesOf(night);
	const rows: { readonly sentAt: number; readonly at: number; readonly text: string }[] = [];
	for (const visit of night.visits) {
		for (const [index, step] of visit.steps.entries()) {
			const minute = minuteOf(night, step.at);
			const entered = entries.get(visit) ?? dark.to + dark.entryMinutes / 4;
			const sent = minute < 0 ? 0 : minute < dark.from ? minute : minute < dark.to ? entered : Math.max(minute, entries.get(visit) ?? minute);
			const sentAt = start + sent * MINUTE_MS;
			rows.push({ sentAt, at: step.at, text: messageOf(visit, index, sentAt) });
		}
	}
	rows.sort((a, b) => a.sentAt - b.sentAt || a.at - b.at);
	const byInstant = new Map<number, string[]>();
	for (const { sentAt, text } of rows) byInstant.set(sentAt, [...(byInstant.get(sentAt) ?? []), text]);
	return new Map([...byInstant].map(([instant, messages]) => [instant, [{ source, messages }]]));
}

const stateAt = ({ steps }: ErVisit, at: number): ErStep | undefined => steps.findLast((one) => one.at <= at);
const isHere = (step: ErStep | undefined): step is ErStep => step !== undefined && step.trigger !== 'A03' && step.spot !== 'REPARTO';
const isBoarding = ({ steps }: ErVisit, at: number): boolean => steps.some((one) => one.at <= at && ['A06', 'A14'].includes(one.trigger));

/** What the ward counts at these minutes, and what it says of its system. `by` is the site's own word. */
export function paperMarks(night: ErNight, counted: readonly number[]): readonly RoomMark[] {
	const { site, start, dark } = night;
	const counts = counted.map((minute): RoomMark => {
		const at = start + minute * MINUTE_MS;
		const here = night.visits.filter((one) => isHere(stateAt(one, at)));
		const byCode = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };
		for (const one of here) byCode[(stateAt(one, at)?.code ?? 'none') as keyof typeof byCode] += 1;
		const arrived = night.visits.filter((one) => arrivalOf(night, one) >= dark.from && arrivalOf(night, one) <= minute);
		const mark: WireMark = {
			kind: 'count',
			site,
			id: `${site}-${String(minute).padStart(4, '0')}`,
			at: new Date(at).toISOString(),
			byCode,
			boarding: here.filter((one) => isBoarding(one, at)).length,
			...(minute >= dark.from ? { forms: arrived.length } : {}),
		};
		return [minute, mark, site];
	});
	return [
		...counts,
		[dark.from, { kind: 'paper', site, state: 'on' }, site],
		[dark.to, { kind: 'paper', site, state: 'off' }, site],
		[dark.to + dark.entryMinutes + 5, { kind: 'paper', site, state: 'entered' }, site],
	];
}
