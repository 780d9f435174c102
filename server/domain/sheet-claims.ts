// What a press sheet says that data can contradict later: of its figures those whose parts Regia goes on watching. Pure.
import type { BoardNow } from '../../shared/judge.ts';
import { judge } from '../../shared/judge.ts';
import { judgeBookings, judgeEstate } from '../../shared/judge-programme.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import type { FrozenSheet, PressFigure } from '../../shared/press.ts';
import { type CheckedName, isCheckedName } from '../../shared/press-checked.ts';
import { minuteOfWeek } from '../../shared/zone-hour.ts';
import { figureKeysOf } from './freeze.ts';
import { familyOf } from './press-catalogue.ts';
import { type PressView, ruleOf } from './press-figure.ts';

/** A sheet of four lists of archives has no more. */
const MOST_CLAIMS = 100;
const DAY_MINUTES = 1440;
const QUARTER_MS = 900_000;
/** A service whose clock runs ahead begins its new day before ours: so long before midnight nothing more is held against the old one. */
const BEFORE_MIDNIGHT_MS = 300_000;
/** Sums of shares are not exact. */
const HAIR = 1e-9;

type Said = {
	readonly view: PressView;
	readonly judged: BoardNow;
	/** As it was told, where it is a number; null where it was not known, or withheld. */
	readonly value: PressFigure['value'];
	readonly id: string | null;
};
type Position = 'bytesMoved' | 'bytesVerified';

/** What is copied and checked stays so: a position that falls below what was said contradicts it. */
function positions({ view: { board }, value: said }: Said, name: Position, ids: readonly string[]): Claim[] {
	if (said === null) return [];
	return ids.flatMap((id): Claim[] => {
		const value = board.archives[id]?.figures[name]?.[0] ?? null;
		return value === null ? [] : [{ kind: 'figure', subject: `archive/${id}`, measure: `archive.${name}`, atLeast: value }];
	});
}

/** The least that is still printed as it was: half a step below, for it was rounded to the nearest; a whole is whole. */
const leastFor = (actual: number, printed: number, step: number): number =>
	Math.min(actual, printed === 1 && step < 1 ? 1 : printed - step / 2) - HAIR;

/** A mean is held as a mean, of those bodies that were in it: one may fall where the others make up for it. */
function estates({ view, judged, value, id }: Said): Claim[] {
	const { bodies, mean } = judgeEstate(view.board.bodies, judged.now);
	const step = ruleOf('bodies.moved', view).roundTo ?? 0.01;
	const told = Object.keys(bodies).filter((body) => bodies[body]?.value != null && (id === null || body === id));
	const actual = id === null ? mean : (bodies[id]?.value ?? null);
	if (value === null || actual === null || told.length === 0) return [];
	const subjects = told.map((body) => `body/${body}`);
	return [{ kind: 'mean', subjects, measure: 'body.estateMoved', atLeast: leastFor(actual, value, step) }];
}

/** A count of one day grows until its midnight, and is held until then. */
function bookings({ view, judged, value, id }: Said): Claim[] {
	const zone = judged.cutover?.zone ?? 'UTC';
	const facts = id === null ? undefined : view.board.services[id];
	const today = facts === undefined ? null : (judgeBookings(facts, judged.now, zone)?.today ?? null);
	if (value === null || today === null) return [];
	const atLeast = leastFor(today, value, ruleOf('service.bookings', view).roundTo ?? 1);
	return [
		{ kind: 'figure', subject: `service/${id}`, measure: 'service.bookings', atLeast, until: midnightAfter(judged.now, zone) - BEFORE_MIDNIGHT_MS },
	];
}

function midnightAfter(at: number, zone: string): number {
	const dayOf = (instant: number): number => Math.floor(minuteOfWeek(instant, zone) / DAY_MINUTES);
	let next = (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;
	while (dayOf(next) === dayOf(at)) next += QUARTER_MS;
	return next;
}

const claimsBy: Readonly<Record<CheckedName, (said: Said) => Claim[]>> = {
	'archives.done': (said) =>
		positions(
			said,
			'bytesVerified',
			Object.keys(said.view.board.archives).filter((id) => said.judged.archives[id]?.done),
		),
	'archives.verified': (said) => positions(said, 'bytesVerified', Object.keys(said.view.board.archives)),
	'archives.moved': (said) => positions(said, 'bytesMoved', Object.keys(said.view.board.archives)),
	'bodies.moved': estates,
	'service.bookings': bookings,
	'service.state': ({ judged, id }) => (id !== null && judged.services[id]?.up === true ? [{ kind: 'working', subject: `service/${id}` }] : []),
	'dependants.state': ({ judged, value, id }) =>
		id !== null && value !== null && judged.breakdown?.dependants[id]?.state === 'working' ? [{ kind: 'working', subject: `dependant/${id}` }] : [],
	'incident.cause': ({ view, id }) => {
		const nature = id === null ? undefined : view.board.incidents.rows[id]?.nature;
		return id === null || nature === undefined || nature === 'unknown' ? [] : [{ kind: 'nature', incident: id, is: nature }];
	},
};

/** `view` as it stood at the sheet's moment. Of what was not so then, and of what was not told, nothing is claimed. */
export function claimsOf({ content, figures, at }: Pick<FrozenSheet, 'content' | 'figures' | 'at'>, view: PressView): readonly Claim[] {
	const judged = judge(view.board, at);
	const figureOf = new Map(figures.map((one) => [one.key, one]));
	const claims = figureKeysOf(content).flatMap((key): Claim[] => {
		const { family, id = null } = familyOf(key) ?? {};
		const figure = figureOf.get(key);
		if (family === undefined || figure === undefined || !isCheckedName(family.name)) return [];
		return claimsBy[family.name]({ view, judged, value: figure.value, id });
	});
	const once = new Map(claims.map((claim) => [JSON.stringify(claim), claim]));
	return [...once.values()].slice(0, MOST_CLAIMS);
}
