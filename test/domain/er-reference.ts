// The census worked out anew from all that was ever said, slowly and with nothing of the product's code but its types: what it is held against.
import type { ErEvent, ErOutcome } from '../../server/domain/er-event.ts';
import type { Cells } from './er-play.ts';

type Event = ErEvent & { readonly id: string };

/** Visits that were given up at `at`, under any of their numbers: nothing was said of them after `before`. */
export type Lapsed = { readonly numbers: readonly string[]; readonly at: number; readonly before: number };

/** Cells as er-play.ts keys them. */
export function referenceCells(all: readonly ErEvent[], lapses: readonly Lapsed[] = []): Cells {
	const cells: Cells = new Map();
	for (const group of visitsOf(all)) countVisit(group, cells, lapseOf(group, lapses));
	return cells;
}

/** Who is given up at `now`, of those who by what was said until then are present. */
export function referenceLapses(all: readonly ErEvent[], lapses: readonly Lapsed[], now: number, after: (site: string) => number): Lapsed[] {
	return visitsOf(all).flatMap((group) => {
		const cells: Cells = new Map();
		countVisit(group, cells, lapseOf(group, lapses));
		const [site] = [...cells.keys()].flatMap((key) => (/ (waiting|treatment|observation|boarding) /.test(key) ? [key.split(' ')[0] ?? ''] : []));
		if (site === undefined || newest(group) > now - after(site)) return [];
		return [{ numbers: numbersOf(group), at: now, before: now - after(site) }];
	});
}

const HOURS_48 = 48 * 3_600_000;

/** Of visits that were each told at once and were not known: those that are to be known from then on. */
export function referenceMade(all: readonly ErEvent[], now: number, after: (site: string) => number): ErEvent[] {
	return visitsOf(all)
		.filter((group) => {
			const isRecent = (at: number): boolean => now - at <= HOURS_48;
			for (const e of group) {
				const isTidyingUp = e.act === 'update' && e.arrivedAt !== null && !isRecent(e.arrivedAt);
				if (isRecent(e.at) && !isTidyingUp) return true;
			}
			const site = presentAt(group);
			if (site === undefined) return false;
			for (const e of group) if (e.act === 'update' && e.outcome !== null) return false;
			const first = (e: Event): number => (e.act === 'arrive' ? begins(e) : Math.min(e.at, e.arrivedAt ?? e.at));
			return group.some((e) => isRecent(e.sentAt) && now - first(e) <= after(site));
		})
		.flat();
}

function presentAt(group: readonly Event[]): string | undefined {
	const cells: Cells = new Map();
	countVisit(group, cells, null);
	return [...cells.keys()].find((key) => /^\S+ (waiting|treatment|observation|boarding) /.test(key))?.split(' ')[0];
}

/** What a site may be as old as by all that was said: words of its own places, and all words of visits that are counted there. */
export function referenceHeard(all: readonly ErEvent[], site: string): number {
	let latest = Number.NEGATIVE_INFINITY;
	for (const e of all)
		if (e.site === site && e.area !== 'elsewhere' && e.act !== 'merge-visit' && e.act !== 'merge-patient') latest = Math.max(latest, e.sentAt);
	for (const group of visitsOf(all)) {
		const cells: Cells = new Map();
		countVisit(group, cells, null);
		if ([...cells.keys()].some((key) => key.startsWith(`${site} `))) latest = Math.max(latest, ...group.map(({ sentAt }) => sentAt));
	}
	return latest;
}

const numbersOf = (group: readonly Event[]): string[] => group.flatMap(({ visit, into }) => [visit, ...(into === null ? [] : [into])]);
const newest = (group: readonly Event[]): number => Math.max(...group.filter(({ act }) => act !== 'merge-visit').map(({ sentAt }) => sentAt));

function lapseOf(group: readonly Event[], lapses: readonly Lapsed[]): Lapsed | null {
	const its = numbersOf(group);
	const stand = lapses.filter(({ numbers, before }) => newest(group) <= before && numbers.some((number) => its.includes(number)));
	return stand.sort((a, b) => b.before - a.before || b.at - a.at)[0] ?? null;
}

function visitsOf(all: readonly ErEvent[]): Event[][] {
	const unique = new Map(all.map((event) => [JSON.stringify(event), { ...event, id: JSON.stringify(event) }]));
	// One message of a place elsewhere, told to several sites: of whichever it was.
	const bare = (one: ErEvent): string => JSON.stringify({ ...one, site: null, id: null, patient: null });
	const said: Event[] = [];
	for (const event of unique.values()) {
		if (event.act === 'merge-patient' || (event.act === 'merge-visit' && (event.into === null || event.into === event.visit))) continue;
		const isOfSeveral = event.area === 'elsewhere' && [...unique.values()].some((other) => other.site !== event.site && bare(other) === bare(event));
		const site = isOfSeveral ? '*' : event.site;
		if (!said.some((other) => other.site === site && bare(other) === bare(event))) said.push({ ...event, site });
	}
	said.push(...doubles(said, [...unique.values()]));
	return groupsOf(said);
}

/** Two numbers of persons who became one, that began at one instant at one site: as the merge of the one that is given up. */
function doubles(said: readonly Event[], all: readonly Event[]): Event[] {
	const persons = all.filter(({ act, patient, into }) => act === 'merge-patient' && patient !== null && into !== null);
	const same = (a: string, b: string): boolean => {
		const reached = new Set([a]);
		for (let i = 0; i <= persons.length; i += 1)
			for (const { patient, into } of persons)
				if (reached.has(patient ?? '') || reached.has(into ?? '')) for (const one of [patient, into]) reached.add(one ?? '');
		return reached.has(b);
	};
	const began = said.filter((e) => e.act !== 'merge-visit' && e.arrivedAt !== null && e.area !== 'elsewhere');
	const owners = all.filter((e) => e.act !== 'merge-visit' && e.act !== 'merge-patient' && e.patient !== null);
	const found = new Map<string, Event>();
	for (const a of began)
		for (const b of began) {
			if (a.visit === b.visit || a.site !== b.site || a.arrivedAt !== b.arrivedAt) continue;
			for (const { patient: p } of owners.filter((e) => e.visit === a.visit))
				for (const { patient: q } of owners.filter((e) => e.visit === b.visit)) {
					const given = persons.filter((e) => e.patient === p && e.into !== p).sort(later((e) => [e.sentAt, `${e.patient} ${e.into}`]))[0];
					if (!given || p === q || !same(p ?? '', q ?? '')) continue;
					const { at, sentAt } = given;
					const merge = { ...given, site: a.site, visit: a.visit, patient: null, act: 'merge-visit', at, sentAt, into: b.visit } as const;
					const id = JSON.stringify({ ...merge, id: null });
					found.set(id, { ...merge, id });
				}
		}
	return [...found.values()];
}

/** Whoever is tied by merges, by relabelling until nothing changes. */
function groupsOf(said: readonly Event[]): Event[][] {
	const label = new Map<string, string>();
	for (const { visit, act, into } of said) {
		label.set(visit, visit);
		if (act === 'merge-visit' && into !== null) label.set(into, into);
	}
	for (let again = true; again; ) {
		again = false;
		for (const { visit, act, into } of said) {
			if (act !== 'merge-visit' || into === null) continue;
			const least = [label.get(visit) ?? '', label.get(into) ?? ''].sort()[0] ?? '';
			for (const number of [visit, into])
				if (label.get(number) !== least) {
					label.set(number, least);
					again = true;
				}
		}
	}
	return [...new Set(label.values())].map((one) => said.filter(({ visit }) => label.get(visit) === one));
}

const begins = (event: Event): number => (event.act === 'arrive' && event.arrivedAt !== null ? event.arrivedAt : event.at);
/** Whether one was said when the other, which takes back, was. */
const notAfter = (one: Event, other: Event): boolean => one.sentAt < other.sentAt || (one.sentAt === other.sentAt && begins(one) <= begins(other));

const order = [
	'arrive',
	'update',
	'cancel-leave',
	'discharge-class',
	'unpend',
	'cancel-transfer',
	'out',
	'transfer',
	'pend',
	'admit',
	'leave',
	'erase',
	'merge-visit',
];
const place = (event: Event): number => order.indexOf(event.act === 'transfer' && event.area === 'elsewhere' ? 'out' : event.act);
const later =
	(keys: (event: Event) => (number | string)[]) =>
	(a: Event, b: Event): number => {
		const [one, other] = [keys(a), keys(b)];
		for (const [i, key] of one.entries()) {
			const against = other[i] as number | string;
			if (key !== against) return key < against ? -1 : 1;
		}
		return 0;
	};
/** What tells two words of one instant and act apart; it need only be some order that never changes. */
const rest = (e: Event): string => `${e.visit}|${e.site}|${e.area}|${e.triage}|${e.arrivedAt}|${e.outcome}|${e.into}|${e.at}`;

function standing(group: readonly Event[]): { kept: Event[]; restored: Set<string> } {
	const inTurn = [...group].sort(later((e) => [e.sentAt, begins(e), place(e), rest(e)]));
	const dead = new Set<string>();
	/** Which number goes on for each, as merges are said one after the other. */
	let goesOn = new Map(
		group.flatMap(({ visit, into }) => [visit, ...(into === null ? [] : [into as string])]).map((number) => [number as string, number as string]),
	);
	for (const event of inTurn) {
		if (event.act === 'erase') {
			const isOld = goesOn.get(event.visit) !== event.visit;
			const covered = (e: Event): boolean => (isOld ? e.visit === event.visit : goesOn.get(e.visit) === event.visit);
			const again = inTurn.some((e) => e.act === 'arrive' && covered(e) && !dead.has(e.id) && !notAfter(e, event));
			for (const e of inTurn) if (e.act !== 'erase' && e.act !== 'merge-visit' && covered(e) && (notAfter(e, event) || !again)) dead.add(e.id);
		}
		if (event.act === 'merge-visit') {
			const from = goesOn.get(event.visit);
			const to = goesOn.get(event.into ?? '');
			if (from === undefined || to === undefined || from === to) continue;
			const ofTo = inTurn.filter((e) => goesOn.get(e.visit) === to && e.act !== 'erase' && e.act !== 'merge-visit' && !dead.has(e.id));
			if (ofTo.some((e) => e.act === 'arrive' || notAfter(e, event)))
				for (const e of inTurn) {
					const isEnding = e.act === 'leave' || ((e.act === 'transfer' || e.act === 'admit') && e.area === 'elsewhere');
					if (isEnding && goesOn.get(e.visit) === from && notAfter(e, event)) dead.add(e.id);
				}
			goesOn = new Map([...goesOn].map(([number, on]) => [number, on === from ? to : on]));
		}
	}
	const restored = new Set<string>();
	for (const back of inTurn) {
		if (dead.has(back.id)) continue;
		const earlier = inTurn.filter((e) => notAfter(e, back));
		if (back.act === 'cancel-leave') for (const e of earlier) if (e.act === 'leave') dead.add(e.id);
		if (back.act === 'unpend') for (const e of earlier) if (e.act === 'pend') dead.add(e.id);
		if (back.act === 'discharge-class') for (const e of earlier) if (e.act === 'admit') dead.add(e.id);
		if (back.act !== 'cancel-transfer') continue;
		const transfers = earlier.filter((e) => e.act === 'transfer');
		const same = transfers.filter((e) => e.at === back.at).pop();
		let best = same;
		if (!same) for (const e of transfers) if (!dead.has(e.id) && e.at < back.at && (!best || e.at >= best.at)) best = e;
		if (best) {
			dead.add(best.id);
			restored.add(back.id);
		}
	}
	return { kept: group.filter((e) => !dead.has(e.id) && e.act !== 'erase' && e.act !== 'merge-visit'), restored };
}

type Seat = { site: string; since: number | null; where: string; out: Event | null; code: string; bay: number | null };

function countVisit(group: readonly Event[], cells: Cells, lapse: Lapsed | null): void {
	const { kept, restored } = standing(group);
	const line = kept.sort(later((e) => [begins(e), e.sentAt, place(e), rest(e)]));
	const seats = seatsOf(line, restored);
	const count = (...key: (string | number)[]): void => {
		cells.set(key.join(' '), (cells.get(key.join(' ')) ?? 0) + 1);
	};
	seats.forEach((here, i) => {
		const minute = (at: number): number => Math.floor(at / 60_000);
		const since = i === 0 ? firstTold(line, here) : here.since;
		const boards = Math.min(...line.filter((e) => (e.act === 'pend' || e.act === 'admit') && [here.site, '*'].includes(e.site)).map((e) => e.at));
		if (since !== null) count(here.site, 'arrivals', here.code, minute(since));
		if (!here.out) {
			if (lapse) count(here.site, 'lapsed', here.code, minute(lapse.at));
			else if (boards !== Number.POSITIVE_INFINITY) count(here.site, 'boarding', here.code, minute(boards));
			else if (here.where === 'waiting') count(here.site, 'waiting', here.code, minute(since ?? here.since ?? 0));
			else count(here.site, here.where, here.code, '-');
			return;
		}
		const left = Math.max(begins(here.out), since ?? 0);
		count(here.site, 'departures', here.code, minute(left));
		if (since !== null) count(here.site, 'stays', here.code, minute(left), Math.floor((left - since) / 60_000));
		if (outcome(here.out, here.site, boards, line) === 'unseen') count(here.site, 'unseen', here.code, minute(left));
	});
}

/** Returns a seat that is taken anew; otherwise changes the last one. */
function seat(seats: readonly Seat[], e: Event, isRestored: boolean): Seat | null {
	const here = seats[seats.length - 1];
	const fresh: Seat = {
		site: e.site,
		since: begins(e),
		where: e.area ?? (e.act === 'admit' ? 'treatment' : 'waiting'),
		out: null,
		code: 'none',
		bay: null,
	};
	if (e.act === 'leave' || e.area === 'elsewhere') {
		if (!here) return e.act === 'leave' && e.area !== 'elsewhere' ? { ...fresh, since: null, out: e } : null;
		if (['leave', 'transfer', 'admit', 'discharge-class'].includes(e.act) && [here.site, '*'].includes(e.site) && !here.out) here.out = e;
		return null;
	}
	if (!here) return fresh;
	if (e.act === 'pend' || e.act === 'unpend') return null;
	if (e.act === 'update') {
		if (!here.out && here.site === e.site) goTo(here, e);
		return null;
	}
	if (isRestored) return null;
	if (here.out && e.act === 'arrive' && e.sentAt <= here.out.sentAt) return null;
	if (here.out && e.act !== 'arrive' && (here.out.act === 'leave' || e.area === null)) return null;
	if (here.site === e.site) {
		if (here.out) here.where = 'waiting';
		here.out = null;
		goTo(here, e);
		return null;
	}
	if (e.act !== 'arrive' && e.area === null) return null;
	here.out = here.out ?? e;
	return fresh;
}

function goTo(here: Seat, e: Event): void {
	const next = e.area ?? here.where;
	if (here.where === 'waiting' && next === 'treatment' && here.bay === null) here.bay = e.at;
	here.where = next;
}

function seatsOf(line: readonly Event[], restored: ReadonlySet<string>): Seat[] {
	const seats: Seat[] = [];
	let code = 'none';
	for (const e of line) {
		code = e.triage ?? code;
		const next = seat(seats, e, restored.has(e.id));
		if (next) seats.push(next);
		const here = seats[seats.length - 1];
		if (here) here.code = code;
	}
	return seats;
}

/** Of each site when somebody was put in a bay last, and after what wait: `a 1772618400000 60000`. Whose arrival nobody told is left out. */
export function referenceBeds(all: readonly ErEvent[]): string[] {
	const waits = visitsOf(all).flatMap((group) => {
		const { kept, restored } = standing(group);
		const line = kept.sort(later((e) => [begins(e), e.sentAt, place(e), rest(e)]));
		return seatsOf(line, restored).flatMap((here, i) => {
			const since = i === 0 ? firstTold(line, here) : here.since;
			return since === null || here.bay === null ? [] : [{ site: here.site, at: here.bay, wait: Math.max(0, here.bay - since) }];
		});
	});
	return ['a', 'b'].flatMap((site) => {
		const [last] = waits.filter((one) => one.site === site).sort((one, other) => other.at - one.at || other.wait - one.wait);
		return last ? [`${site} ${last.at} ${last.wait}`] : [];
	});
}

function firstTold(line: readonly Event[], here: Seat): number | null {
	const mine = line.filter((e) => e.site === here.site && e.area !== 'elsewhere');
	const admitted = Math.min(...mine.filter((e) => e.act === 'admit').map((e) => e.at));
	const each = [...new Set(mine.map((e) => e.visit))].map((number) => {
		const its = mine.filter((e) => e.visit === number);
		const corrections = its.filter((e) => e.act === 'update' && e.arrivedAt !== null && e.at < admitted);
		const last = corrections.reduce<Event | null>((best, e) => (!best || e.sentAt >= best.sentAt ? e : best), null);
		if (last) return last.arrivedAt ?? 0;
		const arrivals = its.filter((e) => e.act === 'arrive').map(begins);
		return Math.min(...(arrivals.length > 0 ? arrivals : its.map((e) => e.arrivedAt ?? Number.POSITIVE_INFINITY)));
	});
	const least = Math.min(...each);
	return least === Number.POSITIVE_INFINITY ? null : least;
}

function outcome(out: Event, site: string, boards: number, line: readonly Event[]): ErOutcome | null {
	if (out.site !== site && out.site !== '*') return 'transferred';
	if (out.outcome) return out.outcome;
	if (out.act === 'admit' || boards <= out.at) return 'admitted';
	if (out.act !== 'leave') return 'transferred';
	const updates = line.filter((e) => e.act === 'update' && e.outcome);
	return updates[updates.length - 1]?.outcome ?? null;
}
