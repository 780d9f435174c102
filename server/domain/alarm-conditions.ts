// Which alarms' conditions hold at a moment, by the judged board: one small function a family. Pure; knows no delay and no list.
import type { BuiltInAlarm } from '../../shared/alarm-rules.ts';
import type { Board } from '../../shared/board.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import type { FacilityNow } from '../../shared/breakdown-now.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { looksAtBoth, type ServiceNow } from '../../shared/judge-service.ts';
import { measureOf } from '../../shared/measures.ts';
import { lookAtOwn } from './alarm-own.ts';
import type { OwnRule } from './alarm-plan.ts';
import { type Condition, type Extra, freshValue, type Sight } from './alarm-sight.ts';

export type Look = {
	/** By alarmKey. */
	readonly holding: ReadonlyMap<string, Condition>;
	/** Regia cannot look, or the figure lies within its dead band: what is on does not end, and what is not does not come on. */
	stands(key: string, rule: string, subject: string): boolean;
};

type Family = (sight: Sight & { say(rule: BuiltInAlarm, subject: string, extra?: Extra): void }) => void;

/** What people and the record tell goes on while Regia cannot see: it asks no probe. */
const unprobed: readonly string[] = ['clock-near', 'clock-overdue', 'update-overdue', 'statement-contradicted', 'gate-reopened', 'channel-failing'];

const CERTIFICATE_DAYS = 14;
const RISING_MINUTES = 30;

const isWithin = (spans: readonly (readonly [number, number])[], now: number): boolean => spans.some(([from, to]) => now >= from && now <= to);

const services: Family = (sight) => {
	const { board, judged, now } = sight;
	const follows = board.follows === null ? undefined : board.cutovers[board.follows];
	const isFrozen = follows !== undefined && follows.frozenAt !== null && follows.firstGoodAt === null;
	for (const id in judged.services) {
		const one = judged.services[id];
		const facts = board.services[id];
		if (one === undefined || facts === undefined) continue;
		const subject = `service/${id}`;
		const isPlanned = isWithin(facts.planned, now);
		sayAnswers(sight, subject, one, { isPlanned, tolerableMs: facts.tolerableMs, looksAtBoth: looksAtBoth(facts) });
		const fresh = (name: 'writeOld' | 'writeNew'): number | null => freshValue(facts.figures[name], facts.staleAfterMs, now);
		const [old, neu] = [fresh('writeOld'), fresh('writeNew')];
		if (old === 1 && neu === 1) sight.say('service-both-write', subject);
		else if (old === null || neu === null) sight.leave('service-both-write', subject);
		const writes = one.side === 'old' ? old : one.side === 'new' ? neu : null;
		if (writes === 0) sight.say('service-no-writes', subject, { detail: one.side, isPlanned: isPlanned || isFrozen });
		else if (writes === null && one.side !== 'none') sight.leave('service-no-writes', subject);
		if (one.certDays === null) sight.leave('service-certificate', subject);
		else if (one.certDays < CERTIFICATE_DAYS) sight.say('service-certificate', subject, { value: one.certDays });
		alerts(sight, 'service-alerts', subject, freshValue(facts.figures.alerts, measureOf('service.alerts').staleAfterMs, now));
	}
};

type Span = { readonly isPlanned: boolean; readonly tolerableMs: number | null; readonly looksAtBoth: boolean };
function sayAnswers({ say, leave }: Parameters<Family>[0], subject: string, one: ServiceNow, { isPlanned, tolerableMs, looksAtBoth }: Span): void {
	if (one.side === 'both') say('service-both-answer', subject);
	if (one.up === false) {
		say(one.side === 'none' && looksAtBoth ? 'service-none' : 'service-down', subject, { isPlanned });
		if (one.reason === 'overrun') say('service-overrun', subject);
		if (tolerableMs !== null && one.outage !== null && one.outage.withoutMs > tolerableMs) say('service-beyond-tolerable', subject);
	} else if (one.up === null) for (const rule of ofAnswers) leave(rule, subject);
	if (one.side === 'unknown') leave('service-both-answer', subject);
}
const ofAnswers = ['service-none', 'service-down', 'service-overrun', 'service-beyond-tolerable'] as const;

function alerts(sight: Sight, rule: BuiltInAlarm, subject: string, value: number | null): void {
	if (value === null) sight.leave(rule, subject);
	else if (value > 0) sight.say(rule, subject, { value });
}

const restoreOrder: Family = ({ judged, say, leave }) => {
	const toSubject = (name: string): string => (name.includes('/') ? name : `service/${name}`);
	for (const { early, waiting } of judged.breakdown?.restoreOrder ?? []) {
		say('restore-order', toSubject(waiting), { detail: early.slice(early.indexOf('/') + 1) });
	}
	for (const id in judged.services) if (judged.services[id]?.up === null) leave('restore-order', `service/${id}`);
};

const facilities: Family = ({ board, judged, say, leave, ...sight }) => {
	for (const [id, one] of Object.entries(judged.breakdown?.facilities ?? {})) {
		const subject = `facility/${id}`;
		const { temperature, cooling, ups } = one;
		if (temperature === null) for (const rule of ofHeat) leave(rule, subject);
		else {
			if (temperature >= one.limit) say('facility-too-hot', subject, { value: temperature });
			if (temperature >= one.watch) say('facility-hot', subject, { value: temperature });
			const { minutesToLimit } = one;
			const isSoon = minutesToLimit !== null && minutesToLimit < RISING_MINUTES;
			if (isSoon && temperature < one.limit) say('facility-rising', subject, { value: minutesToLimit });
			else if (one.degreesPerHour === null) leave('facility-rising', subject);
		}
		const working = cooling?.working ?? null;
		if (working === null) for (const rule of ofCooling) leave(rule, subject);
		else if (working === 0) {
			// Where the plan says that there are none, none is lost.
			if (cooling?.of !== 0) say('facility-cooling-lost', subject, { value: 0 });
		} else if (isCoolingShort(one, working)) say('facility-cooling-short', subject, { value: working });
		const onBattery = ups?.onBattery ?? null;
		const runtimeMs = ups?.runtimeMs ?? null;
		if (onBattery === true) say('facility-on-battery', subject, { value: runtimeMs });
		else if (onBattery === null) leave('facility-on-battery', subject);
		const badMs = board.facilities[id]?.upsRuntime.badMs ?? 0;
		// On the mains a short runtime is a matter for the next day.
		if (onBattery !== false && runtimeMs !== null && runtimeMs < badMs) say('facility-battery-low', subject, { value: runtimeMs });
		else if (runtimeMs === null || onBattery === null) leave('facility-battery-low', subject);
		alerts({ board, judged, say, leave, ...sight }, 'facility-alerts', subject, one.alerts);
	}
};
/** Where the plan does not say how many there are, fewer than ever worked is short, as on the board. */
const isCoolingShort = ({ cooling, coolingFailedAt }: FacilityNow, working: number): boolean =>
	cooling?.of == null ? coolingFailedAt !== null : working < cooling.of;

const ofHeat = ['facility-too-hot', 'facility-hot', 'facility-rising'] as const;
const ofCooling = ['facility-cooling-lost', 'facility-cooling-short'] as const;

const networks: Family = (sight) => {
	for (const [id, one] of Object.entries(sight.judged.breakdown?.networks ?? {})) {
		const subject = `network/${id}`;
		if (one.up === false) sight.say('network-down', subject);
		else if (one.up === null) sight.leave('network-down', subject);
		alerts(
			sight,
			'network-alerts',
			subject,
			freshValue(sight.board.networks[id]?.figures.alerts, measureOf('network.alerts').staleAfterMs, sight.now),
		);
	}
};

const dependants: Family = ({ judged, say, leave }) => {
	for (const [id, { state, standing, by, count }] of Object.entries(judged.breakdown?.dependants ?? {})) {
		const subject = `dependant/${id}`;
		const first = by[0] ?? null;
		if (state === 'blocked') {
			say('dependant-blocked', subject, {
				value: count,
				detail: first?.replace('/', '-') ?? null,
				// All that blocks them is planned: as it should be, and said.
				isPlanned: standing === 'watch',
			});
		} else if (state === 'unknown') leave(null, subject);
	}
};

const flows: Family = ({ judged, say, leave }) => {
	for (const [id, one] of Object.entries(judged.breakdown?.flows ?? {})) {
		const subject = `flow/${id}`;
		const value = one.oldestAgeMs;
		if (one.state === 'near') say('flow-near', subject, { value });
		else if (one.state === 'cannot-be-met') say('flow-cannot-be-met', subject, { value });
		else if (one.state === 'overdue') say('flow-overdue', subject, { value });
		else if (one.state === 'unknown') leave(null, subject);
	}
};

const archives: Family = ({ judged, say, leave }) => {
	for (const id in judged.archives) {
		const one = judged.archives[id];
		if (one?.standing === 'bad') say('archive-bad', `archive/${id}`, { detail: one.reason });
		else if (one?.standing === 'blind') leave('archive-bad', `archive/${id}`);
	}
};

/** Who was never heard is missed once the night has begun: before it, nobody has promised to speak. */
const unheard: Family = ({ board, judged, say }) => {
	const hasBegun = judged.cutover === null || judged.cutover.tPlusMs >= 0;
	for (const id in judged.sources) {
		const one = judged.sources[id];
		if (one?.standing !== 'blind' || (board.sources[id]?.talkedAt === null && one.why === null && !hasBegun)) continue;
		say('source-blind', `source/${id}`, {
			detail: one.why ?? (one.talks === null ? 'never-reported' : 'silent'),
			isPlanned: one.reason === 'sites-on-paper',
		});
	}
	for (const [id, one] of Object.entries(judged.er?.sites ?? {})) {
		if (one.standing !== 'blind' || (one.reason === 'never-reported' && !hasBegun)) continue;
		say('site-blind', `site/${id}`, { detail: one.reason });
	}
};

/** What people did, or have still to do, and the record itself. */
const people: Family = ({ board, judged, say }) => {
	for (const [id, { next }] of Object.entries(judged.breakdown?.clocks ?? {})) {
		if (next?.state === 'near') say('clock-near', `clock/${id}`, { value: next.due, detail: next.step });
		else if (next?.state === 'overdue') say('clock-overdue', `clock/${id}`, { value: next.due, detail: next.step });
	}
	const incidents = judged.breakdown?.incidents ?? {};
	for (const [id, one] of Object.entries(incidents)) if (one.updateOverdue) say('update-overdue', `incident/${id}`, { value: one.nextUpdate });
	const statements = judged.breakdown?.statements ?? [];
	for (const one of statements) {
		const { contradictedAt } = one;
		if (contradictedAt === null || (one.incident !== null && incidents[one.incident]?.closedAt != null)) continue;
		// Another sentence to the same ears takes its place.
		const isCorrected = statements.some(
			({ at, audience, incident }) => at > contradictedAt && audience === one.audience && incident === one.incident,
		);
		if (!isCorrected) say('statement-contradicted', `statement/${one.id}`, { detail: one.why });
	}
	for (const [id, { reopened, decided, closed }] of Object.entries(judged.gates)) {
		const hasFallen = closed === null && reopened !== null && (decided === null || decided.at < reopened.at);
		if (hasFallen) say('gate-reopened', `gate/${id}`, { detail: reopened.why.replace('/', '-') });
	}
	for (const [id, { failingSince, why }] of Object.entries(board.channels))
		if (failingSince !== null) say('channel-failing', `channel/${id}`, { detail: why });
};

const probed: readonly Family[] = [services, restoreOrder, facilities, networks, dependants, flows, archives, unheard];

export function lookAt(board: Board, judged: BoardNow, now: number, own: readonly OwnRule[]): Look {
	const holding = new Map<string, Condition>();
	const unseen = new Set<string>();
	// Asked of what is on alone: to remember the rest of two thousand subjects would cost more than to look at them.
	const subjects = new Set<string>();
	for (const key in board.alarms.active) subjects.add(board.alarms.active[key]?.subject ?? '');
	const sight: Sight = {
		board,
		judged,
		now,
		say: (rule, subject, { value = null, detail = null, isPlanned = false } = {}) =>
			void holding.set(alarmKey(rule, subject), { rule, subject, value, detail, isPlanned }),
		leave: (rule, subject) => {
			if (subjects.has(subject)) unseen.add(rule === null ? subject : alarmKey(rule, subject));
		},
	};
	people(sight);
	const { isBlind } = judged.observer;
	if (isBlind) sight.say('observer-blind', `programme/${board.plan?.id ?? 'regia'}`);
	else {
		for (const family of probed) family(sight);
		lookAtOwn(sight, own);
	}
	return {
		holding,
		stands: (key, rule, subject) => (isBlind ? rule !== 'observer-blind' && !unprobed.includes(rule) : unseen.has(key) || unseen.has(subject)),
	};
}
