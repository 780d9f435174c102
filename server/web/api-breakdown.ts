// Failures in the API's board: facilities, who is hit, flows, alarms, incidents, clocks, statements; with ISO instants. The shape of interfaces.md.
import type { Board } from '../../shared/board.ts';
import type { ChannelFacts } from '../../shared/board-breakdown.ts';
import type {
	AlarmNow,
	AlarmsNow,
	ClockNow,
	DependantNow,
	FacilityNow,
	FlowNow,
	IncidentNow,
	NetworkNow,
	StatementNow,
	StepNow,
} from '../../shared/breakdown-now.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { iso, mapValues } from './api-night.ts';

/** A key is absent where the plan, or the record, has nothing for it; `alarms` is always there. */
export function toApiBreakdown(
	{ breakdown, alarms, observer, services }: BoardNow,
	{ canaries, channels }: Pick<Board, 'canaries' | 'channels'>,
): Record<string, unknown> {
	const all: Record<string, unknown> = { alarms: isoAlarms(alarms) };
	if (Object.keys(channels).length > 0) all.channels = mapValues(channels, isoChannel);
	if (canaries.length > 0) all.observer = { ...observer, since: iso(observer.since) };
	if (breakdown === null) return all;
	const add = <A>(key: string, map: Readonly<Record<string, A>>, turn: (value: A) => unknown): void => {
		if (Object.keys(map).length > 0) all[key] = mapValues(map, turn);
	};
	add('facilities', breakdown.facilities, isoFacility);
	add('networks', breakdown.networks, isoSince);
	add('dependants', breakdown.dependants, isoSince);
	add('flows', breakdown.flows, isoFlow);
	add('incidents', breakdown.incidents, isoIncident);
	add('clocks', breakdown.clocks, isoClock);
	if (breakdown.statements.length > 0) all.statements = breakdown.statements.map(isoStatement);
	if (Object.keys(services).length > 0) all.restoreOrder = breakdown.restoreOrder;
	return all;
}

/** How many wait, not what: that is of the record. */
const isoChannel = ({ label, kind, outbox, delivered, deliveredAt, refused, failingSince, why }: ChannelFacts) => ({
	...{ label, kind, waiting: outbox.count, delivered, refused, why },
	deliveredAt: iso(deliveredAt),
	failingSince: iso(failingSince),
});

const isoFacility = ({ coolingFailedAt, ...one }: FacilityNow) => ({ ...one, coolingFailedAt: iso(coolingFailedAt) });
const isoSince = (one: NetworkNow | DependantNow) => ({ ...one, since: iso(one.since) });
const isoFlow = ({ dueAt, ...one }: FlowNow) => ({ ...one, dueAt: iso(dueAt) });

const isoIncident = ({ openedAt, since, statusAt, causeAt, nextUpdate, closedAt, ...one }: IncidentNow) => ({
	...one,
	openedAt: iso(openedAt),
	since: iso(since),
	statusAt: iso(statusAt),
	causeAt: iso(causeAt),
	nextUpdate: iso(nextUpdate),
	closedAt: iso(closedAt),
});

const isoStep = ({ due, sentAt, ...one }: StepNow) => ({ ...one, due: iso(due), sentAt: iso(sentAt) });
const isoClock = ({ awareAt, steps, next, ...one }: ClockNow) => ({
	...one,
	awareAt: iso(awareAt),
	steps: steps.map(isoStep),
	next: next && isoStep(next),
});

const isoStatement = ({ at, contradictedAt, corrected, linked, ...one }: StatementNow) => ({
	...one,
	at: iso(at),
	contradictedAt: iso(contradictedAt),
	...(corrected && { corrected: { from: iso(corrected.from), until: iso(corrected.until) } }),
	linked: linked.map((figure) => ({ ...figure, at: iso(figure.at) })),
});

const isoAlarms = ({ active, shelved, suppressed, floodSince, ...sums }: AlarmsNow) => ({
	active: active.map(isoAlarm),
	shelved: shelved.map(isoAlarm),
	suppressed: suppressed.map(isoAlarm),
	flood: floodSince === null ? null : { since: iso(floodSince) },
	...sums,
});

/** Their figure is the moment by which something was due. */
const aboutMoments: readonly string[] = ['clock-near', 'clock-overdue', 'update-overdue'];

const isoAlarm = ({ since, endedAt, acknowledged, escalatedAt, shelvedUntil, value, ...one }: AlarmNow) => ({
	...one,
	value: aboutMoments.includes(one.rule) ? iso(value) : value,
	since: iso(since),
	endedAt: iso(endedAt),
	acknowledgedBy: acknowledged?.[1] ?? null,
	acknowledgedAt: iso(acknowledged?.[0] ?? null),
	escalatedAt: iso(escalatedAt),
	shelvedUntil: iso(shelvedUntil),
});
