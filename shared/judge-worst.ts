// What needs a decision, worst first: archives, services, sources and sites that are not as they should be, and what the night itself asks. Pure.
import type { ForecastNow, GateNow, LaneNow, MinuteNow, TaskNow } from './judge-night.ts';
import { byWorst, type Standing } from './standing.ts';

export type Worst = {
	readonly subject: string;
	readonly label: string;
	readonly standing: Standing;
	readonly reason: string;
	/** Of the word that it stands on; null where it stands on none. */
	readonly ageMs: number | null;
};

type Judged = {
	readonly label: string;
	readonly standing: Standing;
	readonly ageMs: number | null;
	readonly reason?: string | null;
	readonly why?: string | null;
	readonly occupancy?: number | null;
};
type Found = Worst & { readonly occupancy?: number };
type Kinds = Readonly<Record<'archive' | 'service' | 'source' | 'site', Readonly<Record<string, Judged>>>>;

export type NightNow = {
	readonly cutover: { readonly id: string; readonly name: string; readonly windowEnd: number; readonly turnedBackAt: number | null } | null;
	readonly forecast: ForecastNow;
	readonly gates: Readonly<Record<string, GateNow>>;
	readonly tasks: Readonly<Record<string, TaskNow>>;
	readonly lanes: Readonly<Record<string, LaneNow>>;
	readonly minute: MinuteNow | null;
};

export function worstFirst(kinds: Kinds, night: NightNow): Worst[] {
	// What the night asks stands before figures of the same standing, and sorting keeps that order.
	return inOrder([...askedOfNight(night), ...lanesOf(night), ...figuresOf(kinds, night.minute)]).map(({ occupancy: _, ...one }) => one);
}

/**
 * Of one standing the oldest word first. Emergency rooms that tell how full they are stand together, where the oldest of them would, and
 * the fullest first: how old a count is says nothing of how bad it is.
 */
function inOrder(found: readonly Found[]): readonly Found[] {
	const age = ({ ageMs }: Found): number => ageMs ?? Number.MAX_VALUE;
	const oldest = new Map<Standing, number>();
	for (const one of found) if (one.occupancy !== undefined) oldest.set(one.standing, Math.max(age(one), oldest.get(one.standing) ?? 0));
	const place = (one: Found): number => (one.occupancy === undefined ? age(one) : (oldest.get(one.standing) ?? 0));
	const isTold = (one: Found): number => (one.occupancy === undefined ? 0 : 1);
	return [...found].sort(
		(a, b) =>
			byWorst(a.standing, b.standing) || place(b) - place(a) || isTold(a) - isTold(b) || (b.occupancy ?? 0) - (a.occupancy ?? 0) || age(b) - age(a),
	);
}

function figuresOf(kinds: Kinds, minute: MinuteNow | null): Found[] {
	const found: Found[] = [];
	for (const [kind, all] of Object.entries(kinds)) {
		for (const [id, one] of Object.entries(all)) {
			const { label, ageMs, occupancy } = one;
			if (one.reason === 'sites-on-paper') continue;
			const isSilent = kind === 'source' && one.standing !== 'blind' && minute?.silent.includes(id) === true;
			const said = { subject: `${kind}/${id}`, label, ageMs, ...(occupancy == null ? {} : { occupancy }) };
			if (isSilent) found.push({ ...said, standing: 'blind', reason: 'silent' });
			else if (one.standing !== 'good') found.push({ ...said, standing: one.standing, reason: one.reason ?? one.why ?? 'silent' });
		}
	}
	return found;
}

/** Once the night is turned back, what lies ahead is no longer asked for. */
function askedOfNight({ cutover, forecast, gates, tasks }: NightNow): Worst[] {
	if (cutover !== null && cutover.turnedBackAt !== null) return [];
	const found: Worst[] = [];
	const say = (subject: string, label: string, standing: Standing, reason: string | null): void => {
		if (reason !== null) found.push({ subject, label, standing, reason, ageMs: null });
	};
	if (cutover !== null && forecast.finish !== null) {
		const { p50, p90 } = forecast.finish;
		if (p50 > cutover.windowEnd) say(`cutover/${cutover.id}`, cutover.name, 'bad', 'finish-past-window');
		else if (p90 > cutover.windowEnd) say(`cutover/${cutover.id}`, cutover.name, 'watch', 'finish-may-pass-window');
	}
	for (const [id, gate] of Object.entries(gates)) say(`gate/${id}`, gate.label, gate.standing, gateReason(gate));
	for (const [id, task] of Object.entries(tasks)) {
		if (task.kind === 'rollback') continue;
		if (task.status === 'failed') say(`task/${id}`, task.label, 'bad', 'task-failed');
		else if (task.isLate && task.isCritical) say(`task/${id}`, task.label, 'watch', 'task-late');
	}
	return found;
}

function gateReason({ state, standing, closed, reopened, decided }: GateNow): string | null {
	if (closed !== null) return closed.how === 'expired' ? 'gate-expired' : null;
	if (state === 'go' || standing === 'good') return null;
	if (state === 'back') return 'gate-back';
	if (reopened !== null && (decided === null || decided.at < reopened.at)) return 'gate-reopened';
	if (state === 'hold') return 'gate-hold';
	// A gate whose time has not come is blind for as long as nobody looks at what it asks: that needs no decision yet.
	return standing === 'watch' ? 'gate-soon' : null;
}

function lanesOf({ lanes }: NightNow): Worst[] {
	return Object.entries(lanes)
		.filter(([, lane]) => lane.reason === 'silent' || lane.reason === 'promise-broken')
		.map(([id, { label, standing, reason, ageMs }]) => {
			const said = reason === 'silent' ? (ageMs === null ? 'lane-unheard' : 'lane-silent') : 'lane-promise-broken';
			return { subject: `team/${id}`, label, standing, reason: said, ageMs };
		});
}
