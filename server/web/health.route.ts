// GET /api/health: whether Regia itself can be relied on; 503 when it can't commit. GET /metrics: the same and every measure, for Prometheus.
import { judge } from '../../shared/judge.ts';
import type { Route } from './route.ts';

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/health',
		action: 'health.read',
		summary: 'Alive, the journal head, blind sources, how far projections are behind; 503 when nothing can be committed.',
		answers: { '200': 'well', '503': 'the journal cannot write' },
		async handle(_request, parts) {
			const { position, board } = parts.board();
			const clock = parts.clock();
			const journal = parts.journal();
			const blind = Object.entries(judge(board, clock.now).sources).filter(([, one]) => one.standing === 'blind');
			return {
				status: journal.writes ? 200 : 503,
				json: {
					alive: true,
					journal: { writes: journal.writes, since: new Date(journal.since).toISOString(), head: parts.head() },
					projections: { lagEntries: parts.head().seq - position.seq },
					blindSources: blind.map(([id]) => id),
					now: new Date(clock.now).toISOString(),
					rehearsal: board.rehearsal,
					speed: clock.speed,
					clients: parts.clients(),
				},
			};
		},
	},
	{
		method: 'GET',
		path: '/metrics',
		action: 'metrics.read',
		summary: 'Prometheus text of the server itself and of every current measure.',
		answers: { '200': 'text exposition' },
		async handle(_request, parts) {
			return { status: 200, text: await parts.metrics(), type: 'text/plain; version=0.0.4; charset=utf-8' };
		},
	},
];
