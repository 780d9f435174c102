// Boards with failures as literals: in the manner of Lombardy's three days of August 2021. Every figure in them is invented.
import type { Board, Figure, ServiceFacts, SourceFacts, Trend } from '../../shared/board.ts';
import { emptyBoard } from '../../shared/board.ts';
import type { AlarmFacts, ChannelFacts, DependantFacts, FacilityFacts, FlowFacts, NetworkFacts } from '../../shared/board-breakdown.ts';
import { alarmKey, noAlarms } from '../../shared/board-breakdown.ts';
import type { ClockFacts, IncidentFacts, StatementFacts } from '../../shared/board-incident.ts';
import { noDowntime } from '../../shared/downtime.ts';
import type { BlindCode } from '../../shared/sample.ts';
import { boardLiteral, serviceLiteral, sourceLiteral } from './board-literal.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BUCKET = 15 * MINUTE;

/** Saturday 14 August 2021: when the cooling failed (17:20 in Milan), the temperature passed its watch line, and the portal fell (19:00). */
export const coolingFailedAt = Date.UTC(2021, 7, 14, 15, 20);
export const fallenAt = Date.UTC(2021, 7, 14, 17);
/** Tuesday 17 August, 10:42:06: two days, 15 hours and 42 minutes later. */
export const breakdownNow = fallenAt + 2 * 24 * HOUR + 15 * HOUR + 42 * MINUTE + 6 * SECOND;
/** Saturday, 18:24: it is hot, and everything still answers. */
export const firstMinutesNow = Date.UTC(2021, 7, 14, 16, 24);

type At = (value: number | null, agoMs?: number) => Figure;
/** Figures that were read some time before `now`. */
export const readAt =
	(now: number): At =>
	(value, agoMs = 20 * SECOND) => [value, now - agoMs - 120, now - agoMs];

/** The course of the room's temperature: level, climbing from the failure on, switched off in part at its top, and down very slowly. */
export function degreesAt(at: number): number {
	const hours = (at - coolingFailedAt) / HOUR;
	if (hours < 0) return 22.4 + 0.3 * Math.sin(at / HOUR);
	if (hours < 2.6) return 22.4 + hours * 7.6;
	return Math.max(28.6, 42.2 - (hours - 2.6) * 0.016 * 1);
}

/** `gap`: hours after the failure between which nothing was heard. */
export function temperatureTrend(now: number, from = Date.UTC(2021, 7, 14, 4), gap: readonly [number, number] = [9, 10.5]): Trend {
	const trend: Record<string, number> = {};
	for (let bucket = Math.floor(from / BUCKET); bucket <= Math.floor(now / BUCKET); bucket += 1) {
		const at = Math.min(now, (bucket + 1) * BUCKET - 1);
		const hours = (at - coolingFailedAt) / HOUR;
		if (hours >= gap[0] && hours < gap[1]) continue;
		trend[bucket] = Math.round(degreesAt(at) * 10) / 10;
	}
	return trend;
}

export const facilityLiteral = (label: string, now: number, rest: Partial<FacilityFacts> = {}): FacilityFacts => {
	const read = readAt(now);
	return {
		label,
		side: null,
		needs: [],
		temperature: { watch: 27, limit: 40 },
		coolingUnits: 5,
		upsRuntime: { watchMs: 20 * MINUTE, badMs: 10 * MINUTE },
		staleAfterMs: null,
		figures: { temperature: read(22.4), humidity: read(0.44), cooling: read(5), onBattery: read(0), upsRuntime: read(2700), upsCharge: read(1) },
		climb: [0, readAt(now)(0)[1]],
		coolingFailedAt: null,
		trends: { temperature: {} },
		...rest,
	};
};

export const networkLiteral = (label: string, now: number, rest: Partial<NetworkFacts> = {}): NetworkFacts => ({
	label,
	needs: [],
	staleAfterMs: null,
	figures: { up: readAt(now)(1) },
	since: now - 30 * 24 * HOUR,
	...rest,
});

/** `seenAgoMs`: since their own probe answered; null where they have none. */
export const dependantLiteral = (
	label: string,
	now: number,
	{ seenAgoMs = null, ...rest }: Partial<DependantFacts> & { readonly seenAgoMs?: number | null } = {},
): DependantFacts => ({
	label,
	count: null,
	needs: [],
	operator: null,
	staleAfterMs: null,
	figures: seenAgoMs === null ? {} : { up: readAt(now)(1, seenAgoMs) },
	since: seenAgoMs === null ? null : now - 20 * 24 * HOUR,
	...rest,
});

export const flowLiteral = (label: string, now: number, oldestHours: number, rest: Partial<FlowFacts> = {}): FlowFacts => ({
	label,
	deadlineMs: 24 * HOUR,
	needs: [],
	staleAfterMs: null,
	figures: {
		oldestAge: readAt(now)(Math.round(oldestHours * 3600 * 10) / 10),
		backlog: readAt(now)(Math.round(oldestHours * 2900)),
		sent: readAt(now)(8_412_006),
	},
	drain: [0, now - 20 * SECOND],
	overdueSince: oldestHours > 24 ? now - (oldestHours - 24) * HOUR : null,
	...rest,
});

export const upService = (label: string, priority: number, now: number, rest: Partial<ServiceFacts> = {}): ServiceFacts =>
	serviceLiteral(label, priority, {
		tolerableMs: 8 * HOUR,
		planned: [],
		figures: { up: readAt(now)(1), latency: readAt(now)(84) },
		state: 'up',
		since: now - 20 * 24 * HOUR,
		booked: noDowntime,
		bookedTo: now - 20 * SECOND,
		stoppedAt: null,
		...rest,
	});

export const downService = (label: string, priority: number, now: number, since: number, rest: Partial<ServiceFacts> = {}): ServiceFacts =>
	upService(label, priority, now, {
		figures: { up: readAt(now)(0) },
		state: 'down',
		since,
		booked: { ...noDowntime, unplanned: now - since - 20 * SECOND },
		...rest,
	});

export const alarmLiteral = (rule: string, subject: string, priority: 1 | 2 | 3, since: number, rest: Partial<AlarmFacts> = {}): AlarmFacts => ({
	rule,
	subject,
	priority,
	since,
	endedAt: null,
	latches: false,
	value: null,
	detail: null,
	acknowledged: null,
	shelved: null,
	suppressed: null,
	escalatedAt: null,
	...rest,
});

export const alarmsOf = (...all: readonly AlarmFacts[]): Record<string, AlarmFacts> =>
	Object.fromEntries(all.map((one) => [alarmKey(one.rule, one.subject), one]));

export const incidentLiteral = (title: string, rest: Partial<IncidentFacts> = {}): IncidentFacts => ({
	title,
	subject: 'service/portale-fse',
	alarm: alarmKey('service-down', 'service/portale-fse'),
	openedAt: fallenAt + 6 * MINUTE,
	openedBy: 'sala',
	since: fallenAt,
	status: 'restoring',
	statusAt: fallenAt + 15 * HOUR,
	nature: 'failure',
	cause: 'condizionamento, data center esterno',
	causeAt: fallenAt + 3 * HOUR + 40 * MINUTE,
	roles: { lead: 'direzione-tecnica', technical: 'gestore-ced', communication: 'ufficio-stampa' },
	nextUpdate: breakdownNow + 18 * MINUTE - 6 * SECOND,
	closedAt: null,
	lines: {
		count: 4,
		rows: {
			2001: { at: fallenAt + 6 * MINUTE, by: 'sala', what: 'opened', text: 'Fascicolo Sanitario · portale non raggiungibile' },
			2002: { at: fallenAt + 6 * MINUTE, by: null, what: 'alarm', text: null, detail: 'service-down', subject: 'service/portale-fse' },
			2410: {
				at: fallenAt + 3 * HOUR + 40 * MINUTE,
				by: 'gestore-ced',
				what: 'cause',
				text: 'condizionamento, data center esterno',
				detail: 'failure',
			},
			3120: { at: fallenAt + 15 * HOUR, by: 'gestore-ced', what: 'status', text: null, detail: 'restoring' },
		},
	},
	...rest,
});

export const statementLiteral = (text: string, at: number, rest: Partial<StatementFacts> = {}): StatementFacts => ({
	at,
	by: 'ufficio-stampa',
	text,
	audience: 'public',
	incident: 'fse',
	claims: [],
	linked: [],
	contradicted: null,
	kept: {},
	keptAt: null,
	...rest,
});

export const clockLiteral = (law: ClockFacts['law'], rest: Partial<ClockFacts> = {}): ClockFacts => ({
	incident: 'fse',
	law,
	awareAt: fallenAt,
	decidedAt: fallenAt + 2 * HOUR,
	by: 'responsabile-sicurezza',
	sent: { early: { at: fallenAt + 20 * HOUR, protocol: 'NIS-2021-0001', by: 'responsabile-sicurezza' } },
	waived: null,
	...rest,
});

export const channelLiteral = (label: string, rest: Partial<ChannelFacts> = {}): ChannelFacts => ({
	label,
	kind: 'email',
	outbox: { count: 0, rows: {} },
	told: {},
	flood: null,
	delivered: 12,
	deliveredAt: breakdownNow - 4 * MINUTE,
	refused: 0,
	failingSince: null,
	why: null,
	...rest,
});

const eveningOver = Date.UTC(2021, 7, 16, 22);

/** What the plan of that region says, with all as it should be at `now`. */
export function quietBoard(now = breakdownNow, rest: Partial<Board> = {}): Board {
	const { displays } = boardLiteral();
	const trend = temperatureTrend(Math.min(now, coolingFailedAt - MINUTE));
	return {
		...emptyBoard,
		rehearsal: true,
		plan: { id: 'lombardia', name: 'Lombardia, agosto 2021', digest: '0'.repeat(64), seq: 1 },
		follows: 'evento',
		cutovers: {
			evento: {
				id: 'evento',
				name: 'Fascicolo Sanitario, agosto 2021',
				zone: 'Europe/Rome',
				windowStart: Date.UTC(2021, 7, 14, 14),
				windowEnd: Date.UTC(2021, 7, 18, 14),
				phases: [],
				reached: {},
				frozenAt: null,
				firstGoodAt: null,
				turnedBackAt: null,
			},
		},
		bucketMs: BUCKET,
		teams: { 'gestore-ced': { label: 'Gestore del CED', kind: 'vendor' }, ict: { label: 'ICT regionale', kind: 'house' } },
		facilities: {
			'ced-esterno': facilityLiteral('CED esterno, sala server', now, { trends: { temperature: trend } }),
		},
		networks: { siss: networkLiteral('Rete SISS', now, { needs: ['facility/ced-esterno'] }) },
		services: {
			'portale-fse': upService('Portale Fascicolo Sanitario', 1, now, { needs: ['facility/ced-esterno', 'network/siss'] }),
			ricetta: upService('Ricetta dematerializzata', 2, now, { needs: ['facility/ced-esterno'] }),
			accesso: upService('Accesso operatori', 3, now, { needs: ['facility/ced-esterno'] }),
			anagrafe: upService('Anagrafe assistiti', 4, now, { needs: ['facility/ced-esterno'] }),
			referti: upService('Referti in rete', 5, now, { needs: ['facility/ced-esterno'] }),
		},
		dependants: {
			medici: dependantLiteral('Medici di base', now, { count: 7812, needs: ['service/portale-fse'] }),
			farmacie: dependantLiteral('Farmacie', now, { count: 3010, needs: ['service/ricetta'] }),
			ospedali: dependantLiteral('Ospedali', now, { count: 96, needs: [], seenAgoMs: 40 * SECOND }),
			'centri-vaccinali': dependantLiteral('Centri vaccinali', now, { count: 71, needs: [], seenAgoMs: 12 * SECOND }),
			prenotazioni: dependantLiteral('Prenotazioni vaccini', now, { operator: 'Altro gestore', seenAgoMs: 62 * SECOND }),
		},
		flows: { farmacie: flowLiteral('Flusso farmacie', now, 0.2, { needs: ['service/ricetta'], drain: [410, now - 20 * SECOND] }) },
		sources: {
			sonde: sourceAt('Sonde dei servizi', 'probe', now),
			prometheus: sourceAt('Prometheus del CED', 'prometheus', now),
			canarino: sourceAt('Canarino di rete', 'probe', now),
		},
		canaries: ['canarino'],
		displays,
		startedAt: Date.UTC(2021, 7, 14, 4),
		...rest,
	};
}

const sourceAt = (label: string, kind: string, now: number, why: BlindCode | null = null, failingSince: number | null = null): SourceFacts =>
	sourceLiteral(label, kind, {
		talkedAt: failingSince ?? now - 2 * SECOND,
		movedAt: failingSince ?? now - 2 * SECOND,
		advancedAt: null,
		why,
		failingSince,
	});

/** The third day: the portal down since Saturday evening, two who need it blocked, the pharmacies' flow long past its deadline, a promise not kept. */
export function breakdownLiteral(rest: Partial<Board> = {}): Board {
	const now = breakdownNow;
	const read = readAt(now);
	const quiet = quietBoard(now);
	const needs = ['facility/ced-esterno'];
	return {
		...quiet,
		facilities: {
			'ced-esterno': facilityLiteral('CED esterno, sala server', now, {
				figures: { temperature: read(41.2), humidity: read(0.31), cooling: read(0), onBattery: read(0), upsRuntime: read(2700), upsCharge: read(1) },
				climb: [-0.1, readAt(now)(0)[1]],
				coolingFailedAt,
				trends: { temperature: temperatureTrend(now) },
			}),
		},
		services: {
			'portale-fse': downService('Portale Fascicolo Sanitario', 1, now, fallenAt, { needs: [...needs, 'network/siss'] }),
			ricetta: downService('Ricetta dematerializzata', 2, now, fallenAt + 7 * MINUTE, { needs }),
			accesso: downService('Accesso operatori', 3, now, fallenAt + 12 * MINUTE, { needs }),
			anagrafe: upService('Anagrafe assistiti', 4, now, { needs, since: fallenAt + 30 * HOUR, booked: { ...noDowntime, unplanned: 29 * HOUR } }),
			referti: upService('Referti in rete', 5, now, { figures: { up: read(1, 22 * MINUTE) }, needs, bookedTo: now - 22 * MINUTE }),
		},
		flows: {
			farmacie: flowLiteral('Flusso farmacie', now, 63.7, { needs: ['service/ricetta'], overdueSince: fallenAt + 24 * HOUR }),
		},
		alarms: {
			...noAlarms,
			count: 9,
			active: alarmsOf(
				alarmLiteral('facility-too-hot', 'facility/ced-esterno', 1, fallenAt - 20 * MINUTE, {
					value: 41.2,
					acknowledged: [fallenAt - 15 * MINUTE, 'gestore-ced'],
				}),
				alarmLiteral('facility-cooling-lost', 'facility/ced-esterno', 1, coolingFailedAt, {
					acknowledged: [coolingFailedAt + 4 * MINUTE, 'gestore-ced'],
				}),
				alarmLiteral('service-down', 'service/portale-fse', 1, fallenAt + 30 * SECOND, { acknowledged: [fallenAt + 6 * MINUTE, 'sala'] }),
				alarmLiteral('service-down', 'service/ricetta', 2, fallenAt + 7.5 * MINUTE, { acknowledged: [fallenAt + 9 * MINUTE, 'sala'] }),
				alarmLiteral('service-down', 'service/accesso', 2, fallenAt + 12.5 * MINUTE, { acknowledged: [fallenAt + 14 * MINUTE, 'sala'] }),
				alarmLiteral('dependant-blocked', 'dependant/medici', 2, fallenAt + MINUTE, { acknowledged: [fallenAt + 14 * MINUTE, 'sala'] }),
				alarmLiteral('dependant-blocked', 'dependant/farmacie', 2, fallenAt + 8 * MINUTE, { acknowledged: [fallenAt + 14 * MINUTE, 'sala'] }),
				alarmLiteral('flow-overdue', 'flow/farmacie', 1, fallenAt + 24 * HOUR),
				alarmLiteral('statement-contradicted', 'statement/stasera', 2, eveningOver),
			),
		},
		incidents: { count: 1, rows: { fse: incidentLiteral('Fascicolo Sanitario · portale non raggiungibile') } },
		statements: {
			count: 3,
			rows: {
				'non-attacco': statementLiteral('Non è un attacco informatico', fallenAt + 40 * MINUTE, {
					claims: [{ kind: 'nature', incident: 'fse', isNot: 'attack' }],
				}),
				causa: statementLiteral('Guasto al condizionamento di un data center esterno', fallenAt + 3 * HOUR + 40 * MINUTE, {
					claims: [{ kind: 'nature', incident: 'fse', is: 'failure' }],
				}),
				stasera: statementLiteral('Ripristino entro stasera', Date.UTC(2021, 7, 16, 7), {
					claims: [{ kind: 'restored', subject: 'service/portale-fse', by: eveningOver }],
					contradicted: { at: eveningOver, claim: 0, why: 'not-restored' },
				}),
			},
		},
		clocks: { 'fse-nis2': clockLiteral('nis2') },
		...rest,
	};
}

/** Saturday evening, twenty-four minutes past six: the cooling failed an hour ago, it is hot, and nothing has fallen. */
export function firstMinutesLiteral(rest: Partial<Board> = {}): Board {
	const now = firstMinutesNow;
	const read = readAt(now);
	return quietBoard(now, {
		facilities: {
			'ced-esterno': facilityLiteral('CED esterno, sala server', now, {
				figures: { temperature: read(30.5), humidity: read(0.38), cooling: read(1), onBattery: read(0), upsRuntime: read(2700), upsCharge: read(1) },
				climb: [7.6, readAt(now)(0)[1]],
				coolingFailedAt,
				trends: { temperature: temperatureTrend(now) },
			}),
		},
		alarms: {
			...noAlarms,
			count: 2,
			active: alarmsOf(
				alarmLiteral('facility-hot', 'facility/ced-esterno', 2, now - 26 * MINUTE, { value: 27.1 }),
				alarmLiteral('facility-cooling-short', 'facility/ced-esterno', 2, coolingFailedAt + MINUTE, {
					acknowledged: [now - 50 * MINUTE, 'gestore-ced'],
				}),
			),
		},
		...rest,
	});
}

/** Nobody has heard anything for 22 minutes, and no canary answers: Regia itself does not see. */
export function blindLiteral(): Board {
	const now = breakdownNow;
	const ago = 22 * MINUTE;
	const read = readAt(now);
	const board = breakdownLiteral();
	const old = <T extends { readonly figures: object }>(all: Readonly<Record<string, T>>): Record<string, T> =>
		Object.fromEntries(
			Object.entries(all).map(([id, one]) => [
				id,
				{
					...one,
					figures: Object.fromEntries(Object.entries(one.figures).map(([name, [value]]) => [name, [...read(value, ago), 'timeout', now - ago]])),
				},
			]),
		);
	const blind = (label: string, kind: string): SourceFacts => sourceAt(label, kind, now, 'timeout', now - ago);
	return {
		...board,
		facilities: old(board.facilities),
		networks: old(board.networks),
		services: old(board.services),
		dependants: old(board.dependants),
		flows: old(board.flows),
		sources: {
			sonde: blind('Sonde dei servizi', 'probe'),
			prometheus: blind('Prometheus del CED', 'prometheus'),
			canarino: blind('Canarino di rete', 'probe'),
		},
		alarms: {
			...board.alarms,
			active: {
				...Object.fromEntries(Object.entries(board.alarms.active).map(([key, one]) => [key, { ...one, suppressed: 'observer-blind' as const }])),
				...alarmsOf(alarmLiteral('observer-blind', 'source/canarino', 1, now - 21 * MINUTE)),
			},
		},
	};
}

/** Forty services of which six are down, two blind and one stopped as planned. */
export function fortyServices(now = breakdownNow): Record<string, ServiceFacts> {
	return Object.fromEntries(
		Array.from({ length: 40 }, (_, i) => {
			const label = `Servizio ${i + 1}`;
			const needs = ['facility/ced-esterno'];
			const one =
				i % 7 === 3
					? downService(label, i + 1, now, fallenAt + i * MINUTE, { needs })
					: i === 11 || i === 30
						? upService(label, i + 1, now, { needs, figures: { up: readAt(now)(1, 22 * MINUTE) }, bookedTo: now - 22 * MINUTE })
						: i === 5
							? downService(label, i + 1, now, now - 40 * MINUTE, {
									needs,
									planned: [[now - HOUR, now + HOUR]],
									booked: { ...noDowntime, planned: 40 * MINUTE - 20 * SECOND },
								})
							: upService(label, i + 1, now, { needs });
			return [`servizio-${i + 1}`, one];
		}),
	);
}

export const floodNow = firstMinutesNow + HOUR;

/** Forty-three alarms within ten minutes, of one cause: the room that is too hot, and forty services in it. */
export function floodLiteral(): Board {
	const now = floodNow;
	const began = now - 9 * MINUTE;
	const read = readAt(now);
	const services = Object.fromEntries(
		Array.from({ length: 40 }, (_, i) => [
			`servizio-${i + 1}`,
			downService(`Servizio ${i + 1}`, i + 1, now, began + i * 12 * SECOND, { needs: ['facility/ced-esterno'] }),
		]),
	);
	const quiet = quietBoard(now);
	return {
		...quiet,
		services,
		dependants: {
			...quiet.dependants,
			medici: dependantLiteral('Medici di base', now, { count: 7812, needs: ['service/servizio-1'] }),
			farmacie: dependantLiteral('Farmacie', now, { count: 3010, needs: ['service/servizio-2'] }),
		},
		facilities: {
			'ced-esterno': facilityLiteral('CED Milano', now, {
				figures: { temperature: read(42), cooling: read(0), onBattery: read(0), upsRuntime: read(2700) },
				climb: [2.1, readAt(now)(0)[1]],
				coolingFailedAt,
				trends: { temperature: temperatureTrend(now) },
			}),
		},
		alarms: {
			...noAlarms,
			count: 43,
			rates: { [Math.floor(now / 600_000)]: 31, [Math.floor(now / 600_000) - 1]: 12 },
			floodSince: began + 2 * MINUTE,
			active: alarmsOf(
				alarmLiteral('facility-too-hot', 'facility/ced-esterno', 1, began, { value: 40.1 }),
				...Array.from({ length: 40 }, (_, i) =>
					alarmLiteral('service-down', `service/servizio-${i + 1}`, i === 0 ? 1 : i < 3 ? 2 : 3, began + i * 12 * SECOND + 30 * SECOND),
				),
				alarmLiteral('dependant-blocked', 'dependant/medici', 2, began + 2 * MINUTE),
				alarmLiteral('dependant-blocked', 'dependant/farmacie', 2, began + 2 * MINUTE),
			),
		},
	};
}

/** A flood of five causes at once, each with some that hang on it. */
export function stormLiteral(): Board {
	const board = floodLiteral();
	const now = floodNow;
	const rooms = ['milano', 'pavia', 'brescia', 'bergamo', 'varese'];
	const names = ['Milano', 'Pavia', 'Brescia', 'Bergamo', 'Varese'];
	const began = now - 9 * MINUTE;
	const services = Object.fromEntries(
		rooms.flatMap((room, r) =>
			Array.from({ length: 8 }, (_, i) => [
				`${room}-${i}`,
				downService(`Servizio ${i + 1} di ${names[r]}`, i + 1, now, began + i * 12 * SECOND, { needs: [`facility/${room}`] }),
			]),
		),
	);
	return {
		...board,
		services,
		dependants: {},
		facilities: Object.fromEntries(
			rooms.map((room, r) => [
				room,
				facilityLiteral(`CED ${names[r]}`, now, { figures: { temperature: readAt(now)(42 - r), cooling: readAt(now)(0) } }),
			]),
		),
		alarms: {
			...board.alarms,
			active: alarmsOf(
				...rooms.map((room, r) => alarmLiteral('facility-cooling-lost', `facility/${room}`, 1, began + r * SECOND)),
				...Object.keys(services).map((id, i) => alarmLiteral('service-down', `service/${id}`, 2, began + i * 5 * SECOND + 30 * SECOND)),
			),
		},
	};
}

/** Two sides of a migration: the old room hot, the new one as it should be. */
export function migrationLiteral(): Board {
	const board = breakdownLiteral();
	const [hot] = Object.values(board.facilities);
	const now = breakdownNow;
	return {
		...board,
		facilities: {
			...(hot === undefined ? {} : { 'ced-esterno': { ...hot, label: 'CED Milano', side: 'old' } }),
			nuovo: facilityLiteral('CED nuovo', now, {
				side: 'new',
				trends: { temperature: Object.fromEntries(Object.keys(temperatureTrend(now)).map((key, i) => [key, 21.5 + (i % 5) / 10])) },
			}),
		},
	};
}

/** Names as long as a plan may give them, and three incidents open at once. */
export function longNamesLiteral(): Board {
	const board = breakdownLiteral();
	const long = 'Anagrafe vaccinale dell’Agenzia di tutela della salute della Val Padana';
	const longer = <T extends { readonly label: string }>(all: Readonly<Record<string, T>>): Record<string, T> =>
		Object.fromEntries(Object.entries(all).map(([id, one]) => [id, { ...one, label: `${long} ${one.label}`.slice(0, 80) }]));
	return {
		...board,
		services: longer(board.services),
		dependants: longer(board.dependants),
		flows: longer(board.flows),
		facilities: longer(board.facilities),
		incidents: {
			count: 3,
			rows: {
				...board.incidents.rows,
				rete: incidentLiteral('Rete regionale intermittente fra i due data center di Milano e di Pavia, con perdita di pacchetti', {
					since: fallenAt + HOUR,
					subject: null,
				}),
				mail: incidentLiteral('Posta elettronica ferma', { since: fallenAt + 2 * HOUR, subject: null }),
			},
		},
	};
}

/** Forty alarms of many causes over a day, some taken, some over, with shelved, suppressed and cleared ones, and three ways out of the room. */
export function busyAlarmsLiteral(): Board {
	const now = breakdownNow;
	const rules = ['service-down', 'service-no-writes', 'service-certificate', 'service-alerts', 'service-beyond-tolerable'];
	const services = fortyServices(now);
	const ids = Object.keys(services);
	const many = Array.from({ length: 40 }, (_, i) => {
		const since = now - (i * 37 + 3) * MINUTE;
		const priority = i % 8 === 0 ? 1 : i % 3 === 0 ? 2 : 3;
		return alarmLiteral(rules[i % rules.length] ?? '', `service/${ids[i]}`, priority, since, {
			acknowledged: i % 4 === 1 || i % 20 === 2 ? [since + 5 * MINUTE, 'person/turno-2'] : null,
			endedAt: i % 10 === 2 ? now - 2 * MINUTE : null,
			latches: i % 10 === 2,
			escalatedAt: i === 8 ? since + 10 * MINUTE : null,
		});
	});
	const shelved = alarmLiteral('facility-alerts', 'facility/ced-esterno', 3, now - 5 * HOUR, {
		shelved: { until: now + 40 * MINUTE, by: 'person/turno-2', reason: 'sonda in manutenzione' },
	});
	const suppressed = alarmLiteral('dependant-blocked', 'dependant/medici', 2, now - HOUR, { suppressed: 'planned' });
	const over = alarmLiteral('facility-hot', 'facility/ced-esterno', 2, now - 9 * HOUR, { endedAt: now - 8 * HOUR, value: 27.6 });
	return {
		...quietBoard(now),
		services,
		alarms: {
			...noAlarms,
			count: 43,
			rates: { [Math.floor(now / 600_000)]: 2, [Math.floor(now / 600_000) - 3]: 12, [Math.floor(now / 600_000) - 40]: 7 },
			active: alarmsOf(...many, shelved, suppressed),
			cleared: { '1': { ...over, clearedAt: now - 7.9 * HOUR } },
		},
		channels: {
			posta: channelLiteral('Posta della sala', {
				told: Object.fromEntries(
					many.flatMap(({ rule, subject, since, escalatedAt }) =>
						escalatedAt === null ? [] : [[alarmKey(rule, subject), [since, since, 'alone', escalatedAt, null] as const]],
					),
				),
			}),
			teams: channelLiteral('Squadra di turno', {
				kind: 'teams',
				failingSince: now - 25 * MINUTE,
				why: 'unreachable',
				outbox: { count: 7, rows: {} },
			}),
			telegram: channelLiteral('Reperibili', { kind: 'telegram', delivered: 0, deliveredAt: null }),
		},
	};
}

/** Both sides of a migration: the one too hot, the other as it should be. */
export function twoSidesLiteral(): Board {
	const board = breakdownLiteral();
	const old = board.facilities['ced-esterno'];
	if (old === undefined) throw new Error('the literal has no room');
	const trend = Object.fromEntries(Object.entries(temperatureTrend(breakdownNow)).map(([bucket, value]) => [bucket, 21 + (value % 1)]));
	return {
		...board,
		facilities: {
			'ced-nuovo': facilityLiteral('Nuovo CED regionale', breakdownNow, { side: 'new', trends: { temperature: trend } }),
			'ced-esterno': { ...old, side: 'old' },
		},
	};
}
