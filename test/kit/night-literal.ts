// The night's part of the board literal: runbook, gates, forecast, way back, lanes, seen at 02:13:45. Every figure in it is invented.
import type { Figure } from '../../shared/board.ts';
import type { Band, CriterionFacts, ForecastFacts, GateFacts, LaneFacts, PromiseFacts, RollbackFacts, TaskFacts } from '../../shared/board-night.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** 21 October 2025, 19:00 in Genoa; and the moment the literal is seen at, 02:13:45. */
export const windowStart = Date.UTC(2025, 9, 21, 17);
export const windowEnd = windowStart + 10 * HOUR;
export const literalNow = windowStart + 7 * HOUR + 13 * MINUTE + 45_000;

/** A figure that was read `agoMs` before the literal's moment. */
export const figure = (value: number | null, agoMs = 2000): Figure => [value, literalNow - agoMs - 120, literalNow - agoMs];

/** Minutes after 19:00. */
export const minute = (count: number): number => windowStart + count * MINUTE;

export const taskLiteral = (label: string, rest: Partial<TaskFacts> = {}): TaskFacts => ({
	label,
	kind: 'task',
	stream: 'ICT',
	team: 'ict',
	owner: 'team-lead',
	plannedStart: null,
	durationMs: 32 * MINUTE,
	rehearsed: [30 * MINUTE, 40 * MINUTE],
	after: [],
	fixed: null,
	criterion: null,
	gate: null,
	archive: null,
	restores: null,
	state: 'waiting',
	startedAt: null,
	endedAt: null,
	by: null,
	reason: null,
	reopened: 0,
	...rest,
});

const streams = [
	['ps', 'Pronto Soccorso', 'fornitore-a', 'ps-db', 'ps'],
	['cce', 'Cartella clinica', 'fornitore-b', 'cce-documenti', 'cce'],
	['amb', 'Ambulatori', 'fornitore-c', 'amb-referti', 'ambulatori'],
	['immagini', 'Immagini', 'fornitore-a', 'ps-immagini', null],
	['rete', 'Rete', 'ict', null, null],
	['identita', 'Identità', 'ict', null, null],
] as const;

const steps = [
	'verifica backup',
	'avviso ai reparti',
	'fermo applicativo',
	'blocco scritture',
	'ultima sincronizzazione',
	'copia archivio',
	'confronto conteggi',
	'confronto campioni',
	'configurazione rete',
	'avvio database',
	'avvio applicativo',
	'prova di accesso',
	'prova di scrittura',
	'consegna al reparto',
];

/** Six streams of fourteen steps, a step each 37 minutes; each as planned, but the eleventh of the third, which should have ended at 01:58. */
function streamTasks(): Record<string, TaskFacts> {
	const all: Record<string, TaskFacts> = {};
	for (const [row, [id, stream, team, archive, service]] of streams.entries()) {
		for (const [step, label] of steps.entries()) {
			const start = minute(10 + 3 * row + 37 * step);
			const end = start + 32 * MINUTE;
			const isSlow = id === 'amb' && step === 10;
			const isDone = end <= literalNow && !isSlow;
			const hasBegun = start <= literalNow && !(id === 'amb' && step > 10);
			all[`${id}-${step + 1}`] = taskLiteral(`${stream}: ${label}`, {
				stream,
				team,
				plannedStart: start,
				after: step === 0 ? [] : [`${id}-${step}`, ...(step === 10 && id !== 'rete' ? ['rete-9'] : [])],
				archive: step === 5 ? archive : null,
				restores: step === 13 ? service : null,
				state: isDone ? 'done' : hasBegun ? 'running' : 'waiting',
				startedAt: hasBegun ? start : null,
				endedAt: isDone ? end : null,
				by: hasBegun ? 'sala' : null,
			});
		}
	}
	return all;
}

const gateTask = (label: string, gate: string, start: number, after: readonly string[], passedAt: number | null = null): TaskFacts =>
	taskLiteral(`Varco ${label}`, {
		kind: 'gate',
		stream: 'Regia',
		owner: 'commander',
		plannedStart: start,
		durationMs: 10 * MINUTE,
		rehearsed: null,
		gate,
		after,
		state: passedAt === null ? 'waiting' : 'done',
		startedAt: passedAt,
		endedAt: passedAt,
		by: passedAt === null ? null : 'comando',
	});

const message = (label: string, start: number, after: readonly string[]): TaskFacts =>
	taskLiteral(label, { kind: 'communication', stream: 'Regia', plannedStart: start, durationMs: 5 * MINUTE, rehearsed: null, after });

const back = (label: string, minutes: number, after: readonly string[]): TaskFacts =>
	taskLiteral(label, {
		kind: 'rollback',
		stream: 'Ritorno',
		durationMs: minutes * MINUTE,
		rehearsed: [minutes * MINUTE * 0.9, minutes * MINUTE],
		after,
	});

/** 94 tasks of the way forward, 67 done, one late; and the way back: 40 + 50 + 12 = 102 min. */
export const tasksLiteral = (): Record<string, TaskFacts> => ({
	...streamTasks(),
	'varco-fermo': gateTask('Fermo', 'fermo', minute(30), ['ps-1', 'cce-1', 'amb-1'], minute(40)),
	'varco-copia': gateTask('Copia', 'copia', minute(240), ['ps-6', 'cce-6'], minute(270)),
	'varco-verifica': gateTask('Verifica', 'verifica', minute(470), ['ps-12', 'cce-12', 'amb-12']),
	'varco-riavvio': gateTask('Riavvio PS', 'riavvio-ps', minute(510), ['varco-verifica', 'ps-13']),
	'varco-chiusura': gateTask('Chiusura', 'chiusura', minute(544), ['varco-riavvio', 'ps-14', 'cce-14', 'amb-14']),
	'avviso-118': message('Avviso al 118: riapertura', minute(515), ['varco-riavvio']),
	'avviso-reparti': message('Avviso ai reparti: si riparte', minute(520), ['varco-riavvio']),
	'nota-direzione': message('Nota alla direzione', minute(525), ['varco-riavvio']),
	comunicato: message('Comunicato alla stampa', minute(530), ['varco-riavvio']),
	'fine-finestra': message('Avviso di fine finestra', minute(540), ['avviso-118', 'avviso-reparti']),
	'ritorno-dati': back('Ritorno: dati alla sede attuale', 40, []),
	'ritorno-avvio': back('Ritorno: riavvio dei servizi', 50, ['ritorno-dati']),
	'ritorno-prova': back('Ritorno: prova di accesso', 12, ['ritorno-avvio']),
});

const criterion = (label: string, rest: Partial<CriterionFacts>): CriterionFacts => ({
	label,
	subject: null,
	measure: null,
	unit: null,
	of: null,
	atLeast: null,
	atMost: null,
	holdForMs: 0,
	maxAgeMs: 60_000,
	task: null,
	figure: null,
	ofFigure: null,
	metSince: null,
	...rest,
});

const positions = {
	direzione: { label: 'Direzione', team: null, role: 'commander' },
	ict: { label: 'ICT', team: 'ict', role: null },
	'fornitore-a': { label: 'Fornitore A', team: 'fornitore-a', role: null },
	clinica: { label: 'Clinica', team: null, role: 'er' },
};

export const gateLiteral = (label: string, rest: Partial<GateFacts> = {}): GateFacts => ({
	label,
	task: null,
	until: null,
	voteHoldsMs: 30 * MINUTE,
	minimum: 4,
	positions,
	criteria: {},
	votes: {},
	decided: null,
	reopened: null,
	closed: null,
	...rest,
});

/** Two passed, the next one with three votes of four and one criterion of three unmet, two to come. */
export const gatesLiteral = (): Record<string, GateFacts> => ({
	fermo: gateLiteral('Fermo', { task: 'varco-fermo', closed: ['passed', minute(40), 'comando'] }),
	copia: gateLiteral('Copia', { task: 'varco-copia', closed: ['passed', minute(270), 'comando'] }),
	verifica: gateLiteral('Verifica', {
		task: 'varco-verifica',
		until: minute(500),
		criteria: {
			'ps-verificato': criterion('PS database verificato', {
				subject: 'archive/ps-db',
				measure: 'archive.bytesVerified',
				of: 'archive.bytesTotal',
				unit: 'share',
				atLeast: 1,
				maxAgeMs: 15 * MINUTE,
				figure: figure(1.2e12),
				ofFigure: figure(1.2e12),
				metSince: literalNow - 40 * MINUTE,
			}),
			'replica-ferma': criterion('Replica entro 5 s', {
				subject: 'archive/cce-db',
				measure: 'archive.lag',
				unit: 's',
				atMost: 5,
				holdForMs: 5 * MINUTE,
				figure: figure(2.1),
				metSince: literalNow - 20 * MINUTE,
			}),
			'prova-accesso': criterion('Prova di accesso ambulatori', { task: 'amb-12' }),
		},
		votes: {
			direzione: ['go', literalNow - 4 * MINUTE, 'comando'],
			ict: ['go', literalNow - 6 * MINUTE, 'ict-turno'],
			'fornitore-a': ['go', literalNow - 9 * MINUTE, 'fornitore-a-turno'],
		},
	}),
	'riavvio-ps': gateLiteral('Riavvio PS', { task: 'varco-riavvio' }),
	chiusura: gateLiteral('Chiusura', { task: 'varco-chiusura' }),
});

const band = (first: number, second: number, third: number): Band => [minute(first), minute(second), minute(third)];

/** Finish 04:20, 04:40 or 04:52: 40 minutes of the window are left at p50, 6 less than planned. */
export const forecastLiteral = (rest: Partial<ForecastFacts> = {}): ForecastFacts => ({
	at: literalNow - 12_000,
	seed: 4711,
	draws: 1000,
	finish: band(560, 580, 592),
	why: null,
	blind: [],
	drivers: ['archive/amb-referti', 'task/amb-11', 'task/amb-12', 'task/varco-verifica', 'task/varco-riavvio', 'task/varco-chiusura'],
	gates: { verifica: band(478, 490, 497), 'riavvio-ps': band(515, 527, 536), chiusura: band(550, 570, 582) },
	services: { ps: band(518, 530, 540), cce: band(500, 512, 525), ambulatori: band(530, 548, 560) },
	archives: {
		'cce-documenti': band(478, 486, 492),
		'cce-db': band(453, 458, 462),
		'amb-referti': band(511, 530, 546),
		'ps-immagini': band(457, 462, 466),
	},
	tasks: Object.fromEntries(
		Object.entries(tasksLiteral())
			.filter(([, one]) => one.kind !== 'rollback' && (one.state === 'waiting' || one.state === 'running'))
			.map(([id, one]) => {
				const late = one.stream === 'Ambulatori' || one.stream === 'Regia' ? 6 * MINUTE : 0;
				const start = one.startedAt ?? Math.max(literalNow, (one.plannedStart ?? literalNow) + late);
				return [id, [start, Math.max(literalNow + MINUTE, start + one.durationMs + late)]] as const;
			}),
	),
	streams: {
		'Pronto Soccorso': { factor: 0.98, aheadMs: 2 * MINUTE },
		'Cartella clinica': { factor: 1.02, aheadMs: -1 * MINUTE },
		Ambulatori: { factor: 1.31, aheadMs: -6 * MINUTE },
	},
	...rest,
});

/** A promise a half hour, from 04:06 to 04:20. */
export const promisesLiteral = (): PromiseFacts => ({
	count: 15,
	rows: Object.fromEntries(
		Array.from({ length: 15 }, (_, i) => {
			const p50 = minute(546 + i);
			return [100 + i * 400, [literalNow - (14 - i) * 30 * MINUTE, p50, p50 + (40 - i) * MINUTE, p50 + (60 - 2 * i) * MINUTE]] as const;
		}),
	),
});

/** 05:00 − 1:42 − 0:10 − 0:10 = 02:58. */
export const rollbackLiteral = (rest: Partial<RollbackFacts> = {}): RollbackFacts => ({
	durationMs: null,
	durationEvidence: 'assumed',
	validationMs: 10 * MINUTE,
	validationEvidence: 'assumed',
	marginMs: 10 * MINUTE,
	decider: 'Direzione',
	reverse: null,
	price: [
		{ label: 'Registrazioni PS', subject: 'service/ps', measure: 'service.recordsNew', figure: figure(47, 20_000), base: 0 },
		{ label: 'Scritti sulla nuova sede', subject: 'service/ps', measure: 'service.bytesNew', figure: figure(812e6, 20_000), base: 0 },
	],
	...rest,
});

export const lanesLiteral = (): Record<string, LaneFacts> => ({
	'fornitore-a': {
		callEveryMs: 30 * MINUTE,
		lastReport: [literalNow - 12 * MINUTE, 'fornitore-a-turno'],
		promise: minute(450),
		promisedAt: literalNow - 12 * MINUTE,
	},
	'fornitore-b': { callEveryMs: 30 * MINUTE, lastReport: [literalNow - 18 * MINUTE, 'fornitore-b-turno'], promise: null, promisedAt: null },
	'fornitore-c': {
		callEveryMs: 30 * MINUTE,
		lastReport: [literalNow - 21 * MINUTE, 'fornitore-c-turno'],
		promise: minute(440),
		promisedAt: literalNow - 21 * MINUTE,
	},
	ict: { callEveryMs: null, lastReport: [literalNow - 50 * MINUTE, 'ict-turno'], promise: null, promisedAt: null },
});
