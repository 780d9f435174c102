// A whole board as a literal: a night in the manner of San Martino. Every figure in it is invented.
import type { ArchiveFacts, Board, ServiceFacts, SourceFacts, Trend } from '../../shared/board.ts';
import { emptyBreakdown } from '../../shared/board-breakdown.ts';
import { noAvailability, noDowntime } from '../../shared/downtime.ts';
import type { Frame, SnapshotFrame } from '../../shared/frame.ts';
import {
	figure,
	forecastLiteral,
	gatesLiteral,
	lanesLiteral,
	literalNow,
	promisesLiteral,
	rollbackLiteral,
	tasksLiteral,
	windowEnd,
	windowStart,
} from './night-literal.ts';

const TB = 1e12;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export { figure, literalNow, windowEnd, windowStart };

function ramp(top: number, agoMs: number, gap: readonly [number, number] = [0, 0]): Trend {
	const trend: Record<string, number> = {};
	const last = Math.floor((literalNow - agoMs) / MINUTE);
	const first = Math.floor(windowStart / MINUTE) + 20;
	for (let bucket = first; bucket <= last; bucket += 1) {
		if (bucket > first + gap[0] && bucket < first + gap[1]) continue;
		trend[bucket] = Math.round(top * ((bucket - first) / (last - first)) ** 1.1);
	}
	return trend;
}

type ArchiveShort = { label: string; total: number; moved: number; verified: number; agoMs?: number; rate?: number; source?: string };

export function archiveLiteral({ label, total, moved, verified, agoMs = 2000, rate = 150e6, source = 'rclone' }: ArchiveShort): ArchiveFacts {
	return {
		label,
		wave: 1,
		team: 'fornitore-a',
		service: null,
		items: 'files',
		verifiedBy: 'rclone check',
		plannedTotal: total * TB,
		staleAfterMs: null,
		verifiedStaleAfterMs: null,
		advanceWithinMs: 5 * MINUTE,
		figures: {
			bytesTotal: figure(total * TB, agoMs),
			bytesMoved: figure(moved * TB, agoMs),
			bytesVerified: figure(verified * TB, agoMs),
			itemsTotal: figure(Math.round(total * 41_000), agoMs),
			itemsMoved: figure(Math.round(moved * 41_000), agoMs),
			itemsVerified: figure(Math.round(verified * 41_000), agoMs),
			errors: figure(0, agoMs),
			transferring: figure(16, agoMs),
			largestPending: figure(87e9, agoMs),
			lag: figure(2.1, agoMs),
		},
		rate: [rate, literalNow - agoMs],
		replication: null,
		pendingRate: null,
		advancedAt: literalNow - agoMs,
		totalGrewAt: null,
		sources: [source],
		trends: { moved: ramp(moved * TB, agoMs, [60, 75]), verified: ramp(verified * TB, agoMs, [60, 75]), total: {} },
	};
}

export const serviceLiteral = (label: string, priority: number, rest: Partial<ServiceFacts> = {}): ServiceFacts => ({
	label,
	priority,
	team: 'ict',
	tolerableMs: 8 * HOUR,
	planned: [[windowStart + 25 * MINUTE, windowEnd]],
	staleAfterMs: 45_000,
	figures: { upOld: figure(0), upNew: figure(1), latencyNew: figure(41) },
	state: 'up',
	since: literalNow - 31 * MINUTE,
	booked: { ...noDowntime, planned: 6 * HOUR + 12 * MINUTE },
	bookedTo: literalNow - 2000,
	outage: null,
	stoppedAt: windowStart + 25 * MINUTE,
	restoredAt: null,
	bookings: null,
	trends: { latency: {} },
	needs: [],
	months: {},
	night: noAvailability,
	latencies: {},
	...rest,
});

export const sourceLiteral = (label: string, kind: string, rest: Partial<SourceFacts> = {}): SourceFacts => ({
	label,
	kind,
	team: 'fornitore-a',
	everyMs: 5000,
	staleAfterMs: MINUTE,
	moveWithinMs: 2 * MINUTE,
	advanceWithinMs: 5 * MINUTE,
	talkedAt: literalNow - 2000,
	movedAt: literalNow - 2000,
	advancedAt: literalNow - 2000,
	why: null,
	failingSince: null,
	accepted: 20_416,
	late: 0,
	refused: {},
	aheadMs: 0,
	beat: null,
	wentBack: 0,
	archives: [],
	...rest,
});

/** Six archives, three services, four sources, five marks, a runbook and its gates. Quiet but for one archive that is slow to advance, and its stream. */
export const boardLiteral = (rest: Partial<Board> = {}): Board => ({
	...emptyBreakdown,
	press: { count: 0, rows: {} },
	rehearsal: true,
	ghost: null,
	sites: {},
	bodies: {},
	region: null,
	plan: { id: 'san-martino', name: 'San Martino', digest: '0'.repeat(64), seq: 1 },
	follows: 'notte',
	cutovers: {
		notte: {
			id: 'notte',
			name: 'San Martino → Liguria Digitale',
			zone: 'Europe/Rome',
			windowStart,
			windowEnd,
			phases: [
				{ id: 'fermo', label: 'Fermo', at: windowStart + 30 * MINUTE },
				{ id: 'copia', label: 'Copia', at: windowStart + 4 * HOUR },
				{ id: 'verifica', label: 'Verifica', at: windowStart + 8 * HOUR },
				{ id: 'riavvio-ps', label: 'Riavvio PS', at: windowStart + 8.6 * HOUR },
				{ id: 'chiusura', label: 'Chiusura', at: windowStart + 9.7 * HOUR },
			],
			reached: { fermo: windowStart + 40 * MINUTE, copia: windowStart + 4.5 * HOUR },
			frozenAt: null,
			firstGoodAt: null,
			turnedBackAt: null,
		},
	},
	bucketMs: MINUTE,
	teams: {
		'fornitore-a': { label: 'Fornitore A', kind: 'vendor' },
		'fornitore-b': { label: 'Fornitore B', kind: 'vendor' },
		'fornitore-c': { label: 'Fornitore C', kind: 'vendor' },
		ict: { label: 'ICT', kind: 'house' },
	},
	archives: {
		'cce-documenti': archiveLiteral({ label: 'Cartella documenti', total: 18.4, moved: 15.62, verified: 11.9, rate: 1020e6 }),
		'cce-db': archiveLiteral({ label: 'Cartella database', total: 6.2, moved: 5.71, verified: 5.02, rate: 210e6, source: 'replica' }),
		'amb-referti': {
			...archiveLiteral({ label: 'Ambulatori referti', total: 7.75, moved: 4.1, verified: 2.2, rate: 0 }),
			advancedAt: literalNow - 12 * MINUTE,
		},
		'ps-immagini': archiveLiteral({ label: 'Immagini PS', total: 3.3, moved: 2.96, verified: 2.4, rate: 96e6 }),
		'ps-db': archiveLiteral({ label: 'Pronto Soccorso database', total: 1.2, moved: 1.2, verified: 1.2, rate: 0, source: 'replica' }),
		'amb-db': archiveLiteral({ label: 'Ambulatori database', total: 2.75, moved: 2.75, verified: 2.75, rate: 0, source: 'replica' }),
	},
	services: {
		ps: serviceLiteral('Pronto Soccorso', 1, { restoredAt: literalNow - 31 * MINUTE }),
		cce: serviceLiteral('Cartella clinica', 2, {
			figures: { upOld: figure(0), upNew: figure(0) },
			state: 'down',
			since: windowStart + 25 * MINUTE,
			booked: { ...noDowntime, planned: 6 * HOUR + 48 * MINUTE },
		}),
		ambulatori: serviceLiteral('Ambulatori', 3, {
			figures: { upOld: figure(0), upNew: figure(0) },
			state: 'down',
			since: windowStart + 25 * MINUTE,
			booked: { ...noDowntime, planned: 6 * HOUR + 48 * MINUTE },
		}),
	},
	sources: {
		rclone: sourceLiteral('rclone su store-03', 'rclone', { archives: ['cce-documenti', 'amb-referti', 'ps-immagini'] }),
		replica: sourceLiteral('Replica database', 'postgres', { archives: ['cce-db', 'ps-db', 'amb-db'], refused: { late: 3, future: 1 }, late: 12 }),
		sonde: sourceLiteral('Sonde dei servizi', 'probe', { advancedAt: null }),
		invio: sourceLiteral('Invio dei fornitori', 'push', { aheadMs: 2600, advancedAt: null }),
	},
	tasks: tasksLiteral(),
	gates: gatesLiteral(),
	forecast: forecastLiteral(),
	promises: promisesLiteral(),
	rollback: rollbackLiteral(),
	lanes: lanesLiteral(),
	marks: {
		count: 5,
		rows: {
			12: { at: windowStart - 5 * MINUTE, by: 'sala', mark: { kind: 'note', text: 'Presenti tutti i fornitori, sala operativa aperta.' } },
			40: { at: windowStart + 25 * MINUTE, by: 'sala', mark: { kind: 'service', service: 'ps', state: 'stopped' } },
			61: { at: windowStart + 40 * MINUTE, by: 'sala', mark: { kind: 'phase', phase: 'fermo', state: 'reached' } },
			5012: { at: windowStart + 4.5 * HOUR, by: 'sala', mark: { kind: 'phase', phase: 'copia', state: 'reached' } },
			8121: { at: literalNow - 31 * MINUTE, by: 'ict', mark: { kind: 'service', service: 'ps', state: 'restored' } },
		},
	},
	displays: {
		sala: { diagonalInches: 98, resolution: '3840x2160', distanceMetres: 5 },
		corridoio: { diagonalInches: 55, resolution: '1920x1080', distanceMetres: 5 },
		direzione: { diagonalInches: 65, resolution: '1920x1080', distanceMetres: 4 },
	},
	startedAt: windowStart - HOUR,
	...rest,
});

/** The literal with one archive that nobody has heard of for `agoMs`. */
export function withSilentArchive(board: Board, id: string, agoMs: number): Board {
	const one = board.archives[id];
	if (one === undefined) throw new Error(`the literal has no archive ${id}`);
	const figures = Object.fromEntries(Object.entries(one.figures).map(([name, [value]]) => [name, figure(value, agoMs)]));
	return { ...board, archives: { ...board.archives, [id]: { ...one, figures } } };
}

/** The literal as the first frame of a stream. */
export const snapshotOf = (board: Board, rest: Partial<Frame> = {}): SnapshotFrame => ({
	epoch: 'literal',
	hash: '000000000000',
	rhythmMs: 1000,
	journal: { writes: true, since: literalNow },
	now: literalNow,
	real: Date.now(),
	speed: 1,
	to: 1,
	...rest,
	kind: 'snapshot',
	board,
});
