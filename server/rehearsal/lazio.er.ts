// What Lazio's emergency rooms say, minute by minute: thirty-four by messages, five by counts; one cannot be reached for a while, one is on
// paper for a night, twenty are flooded on an evening. All of it is invented.
import { type ErStep, type ErVisit, messageOf } from './er-message.ts';
import { COUNT_SOURCE, type LazioSite, lazioSites } from './lazio.sites.ts';
import { type Flood, HOUR_MS, LONGEST_STAY_HOURS, minuteAfter, visitsIn } from './lazio.visits.ts';
import type { MessageBatch, ScenarioMark, SiteCount } from './scenario.ts';

const MINUTE_MS = 60_000;
const rome = (text: string): number => Date.parse(`${text}:00+02:00`);

export const START = rome('2025-07-04T18:00');
const flood: Flood = {
	from: rome('2025-07-05T17:00'),
	to: rome('2025-07-05T23:00'),
	sites: new Set(lazioSites.filter((_, i) => i % 2 === 0).map(({ id }) => id)),
	times: 2.1,
};
/** Its line is down: what it had to say comes all at once when it is back. */
const cutOff = { site: 'vannini', from: rome('2025-07-04T18:45'), to: rome('2025-07-04T22:25') };
/** Its system is off; the ward counts every half hour, and enters its forms in the hour after. */
const paper = { site: 'anzio', from: rome('2025-07-06T21:00'), to: rome('2025-07-07T05:30'), every: 30 * MINUTE_MS, entry: 60 * MINUTE_MS };
const COUNT_EVERY_MS = 10 * MINUTE_MS;

type Row = { readonly source: string; readonly at: number; readonly visit: ErVisit; readonly index: number };

/** When a message goes out, to the whole minute. */
function sentAt(visit: ErVisit, at: number): number {
	const usual = Math.max(START, minuteAfter(at));
	if (visit.site === cutOff.site && usual >= cutOff.from && usual < cutOff.to) return cutOff.to;
	if (visit.site !== paper.site) return usual;
	const arrived = visit.steps[0]?.at ?? 0;
	const isOnPaper = arrived >= paper.from && arrived < paper.to;
	// Forms are entered in the order of arrival.
	const entered = isOnPaper ? minuteAfter(paper.to + ((arrived - paper.from) / (paper.to - paper.from)) * paper.entry) : paper.to + 5 * MINUTE_MS;
	return usual < paper.from ? usual : usual < paper.to ? entered : isOnPaper ? Math.max(usual, entered) : usual;
}

const stateAt = ({ steps }: ErVisit, at: number): ErStep | null => {
	const last = steps.findLast((one) => one.at <= at) ?? null;
	return last === null || last.trigger === 'A03' || last.spot === 'REPARTO' ? null : last;
};
const isBoarding = ({ steps }: ErVisit, at: number): boolean => steps.some((one) => one.trigger === 'A14' && one.at <= at);
const noCodes = (): Record<string, number> => ({ '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 });

export type LazioEr = {
	messagesAt(instant: number): readonly MessageBatch[];
	countsAt(instant: number): readonly SiteCount[];
	marksAt(instant: number): readonly ScenarioMark[];
};

export function openLazioEr(seed: number): LazioEr {
	/** Made as they are asked for, and let go of: only the last days are of interest. */
	const visits = new Map<string, readonly ErVisit[]>();
	const rows = new Map<number, Row[]>();
	let [first, next] = [0, 0];

	const inHour = (site: LazioSite, hour: number): readonly ErVisit[] => {
		const key = `${site.id}/${hour}`;
		const known = visits.get(key) ?? visitsIn(site, hour, seed, flood);
		visits.set(key, known);
		return known;
	};

	function fileHour(hour: number): void {
		for (const site of lazioSites) {
			const { source } = site;
			if (source === null) continue;
			for (const visit of inHour(site, hour)) {
				const arrived = visit.steps[0]?.at ?? 0;
				// Who had left before the start is told of only where it came within the hour before.
				if (arrived < START - HOUR_MS && stateAt(visit, START) === null && (visit.steps.at(-1)?.at ?? 0) < START) continue;
				for (const [index, { at }] of visit.steps.entries()) {
					const due = sentAt(visit, at);
					const there = rows.get(due);
					if (there) there.push({ source, at, visit, index });
					else rows.set(due, [{ source, at, visit, index }]);
				}
			}
		}
	}

	/** All whose messages may be due at the instant. */
	function reach(instant: number): void {
		const hour = Math.floor(instant / HOUR_MS);
		const oldest = hour - LONGEST_STAY_HOURS;
		if (next === 0 || oldest < first || hour > next + LONGEST_STAY_HOURS) {
			rows.clear();
			visits.clear();
			[first, next] = [oldest, oldest];
		}
		for (; next <= hour; next += 1) fileHour(next);
		for (; first < oldest; first += 1) for (const { id } of lazioSites) visits.delete(`${id}/${first}`);
		if (rows.size > 4 * LONGEST_STAY_HOURS * 60) for (const due of rows.keys()) if (due < instant - HOUR_MS) rows.delete(due);
	}

	function presentAt(site: LazioSite, instant: number): readonly ErVisit[] {
		const hour = Math.floor(instant / HOUR_MS);
		const found: ErVisit[] = [];
		for (let one = hour - LONGEST_STAY_HOURS; one <= hour; one += 1)
			found.push(...inHour(site, one).filter((visit) => stateAt(visit, instant) !== null));
		return found;
	}

	function countOf(site: LazioSite, instant: number): SiteCount {
		const [present, waiting, treatment] = [noCodes(), noCodes(), noCodes()];
		let [boarding, observation] = [0, 0];
		for (const visit of presentAt(site, instant)) {
			const state = stateAt(visit, instant);
			const code = state?.code ?? 'none';
			present[code] = (present[code] ?? 0) + 1;
			if (isBoarding(visit, instant)) boarding += 1;
			else if (state?.spot === 'OBI') observation += 1;
			else if (state?.spot === 'ATTESA') waiting[code] = (waiting[code] ?? 0) + 1;
			else treatment[code] = (treatment[code] ?? 0) + 1;
		}
		const hour = Math.floor(instant / HOUR_MS);
		const came = [...inHour(site, hour - 1), ...inHour(site, hour)].map(({ steps }) => steps[0]?.at ?? 0);
		const arrivalsLastHour = came.filter((at) => at > instant - HOUR_MS && at <= instant).length;
		const count = { at: new Date(instant).toISOString(), present, waiting, treatment, observation, boarding, arrivalsLastHour };
		return { source: COUNT_SOURCE, site: site.id, count };
	}

	function paperCount(instant: number): ScenarioMark[] {
		const site = lazioSites.find(({ id }) => id === paper.site);
		if (!site) return [];
		const here = presentAt(site, instant);
		const byCode = noCodes();
		for (const visit of here) {
			const code = stateAt(visit, instant)?.code ?? 'none';
			byCode[code] = (byCode[code] ?? 0) + 1;
		}
		let forms = 0;
		for (let hour = Math.floor(paper.from / HOUR_MS); hour * HOUR_MS <= instant; hour += 1)
			forms += inHour(site, hour).filter(({ steps }) => (steps[0]?.at ?? 0) >= paper.from && (steps[0]?.at ?? 0) <= instant).length;
		const { '1': one = 0, '2': two = 0, '3': three = 0, '4': four = 0, '5': five = 0, none = 0 } = byCode;
		const at = new Date(instant).toISOString();
		const boarding = here.filter((visit) => isBoarding(visit, instant)).length;
		const id = `${paper.site}-${instant / MINUTE_MS}`;
		return [
			{
				mark: { kind: 'count', site: paper.site, id, at, byCode: { '1': one, '2': two, '3': three, '4': four, '5': five, none }, boarding, forms },
				by: paper.site,
			},
		];
	}

	return {
		messagesAt(instant) {
			reach(instant);
			const due = [...(rows.get(instant) ?? [])].sort((a, b) => a.at - b.at || (a.visit.id < b.visit.id ? -1 : 1));
			const bySource = new Map<string, string[]>();
			for (const { source, visit, index } of due) bySource.set(source, [...(bySource.get(source) ?? []), messageOf(visit, index, instant)]);
			return [...bySource].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, messages]) => ({ source, messages }));
		},
		countsAt(instant) {
			if ((instant - START) % COUNT_EVERY_MS !== 0) return [];
			reach(instant);
			return lazioSites.filter(({ source }) => source === null).map((site) => countOf(site, instant));
		},
		marksAt(instant) {
			const { site, from, to, every, entry } = paper;
			const marks: ScenarioMark[] = [];
			if (instant >= from && instant <= to && (instant - from) % every === 0) {
				reach(instant);
				marks.push(...paperCount(instant));
			}
			if (instant === from) marks.push({ mark: { kind: 'paper', site, state: 'on' }, by: site });
			if (instant === to) marks.push({ mark: { kind: 'paper', site, state: 'off' }, by: site });
			if (instant === to + entry + 10 * MINUTE_MS) marks.push({ mark: { kind: 'paper', site, state: 'entered' }, by: site });
			return marks;
		},
	};
}
