// A plan around the present for the tests of the runbook's pages, and a board of as many tasks as asked. Every figure in it is invented.
import type { Board } from '../../shared/board.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { taskLiteral } from '../kit/night-literal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Four tasks of two teams, a gate on a count and a task, and the way back. The window is open at `now`. */
export function runbookPlan(now = Date.now()): string {
	const at = (minutes: number): string => new Date(now + minutes * MINUTE).toISOString();
	return `programme: { id: turno, name: Notte di prova }
cutover:
  id: notte
  name: Notte di prova
  window: { start: ${at(-120)}, end: ${at(300)} }
  rollback:
    duration: { p90: 60min, evidence: rehearsed }
    decider: la direzione
    price: [{ label: Scritti sulla nuova sede, subject: service/ps, measure: service.bytesNew }]
teams:
  reti: { label: Squadra reti, kind: house, callEvery: 30min }
  fornitore-a: { label: Fornitore A, callEvery: 30min }
services:
  ps: { label: Pronto Soccorso, priority: 1 }
archives:
  referti: { label: Referti, total: 1 TB }
tasks:
  rete: { label: Configura la rete, team: reti, start: ${at(-30)}, duration: 20min, rehearsed: { p50: 18min, p90: 25min } }
  copia: { label: Copia i referti, team: fornitore-a, start: ${at(-20)}, duration: 40min, archive: referti }
  avvio: { label: Avvia il Pronto Soccorso, team: reti, start: ${at(40)}, duration: 15min, after: [rete, varco], restores: ps }
  varco: { label: Varco della riapertura, kind: gate, owner: commander, start: ${at(30)}, duration: 10min, after: [rete], gate: riapertura }
  indietro: { label: Riporta i dati, kind: rollback, team: reti, duration: 60min }
gates:
  riapertura:
    label: Riapertura
    minimum: 2
    until: ${at(200)}
    criteria:
      rete: { label: Rete configurata, task: rete }
      errori: { label: Errori di copia, subject: archive/referti, measure: archive.errors, atMost: 0, maxAge: 5min }
    positions:
      comando: { label: Comando, role: commander }
      reti: { label: Reti, team: reti }
      fornitore: { label: Fornitore A, team: fornitore-a }
sources:
  store: { kind: push, label: Copia dei referti, staleAfter: 5min }
`;
}

/** A rehearsal under the literal's night: ten minutes slower at one archive, with a gap, and one task's times. */
export const ghostLiteral = (): NonNullable<Board['ghost']> => ({
	kind: 'regia-curve',
	v: 1,
	cutover: 'prova-generale',
	digest: '0'.repeat(64),
	rehearsal: true,
	fromMs: 30 * MINUTE,
	stepMs: 10 * MINUTE,
	archives: {
		'cce-documenti': {
			unit: 'B',
			scale: 1e9,
			moved: Array.from({ length: 50 }, (_, i) => (i > 20 && i < 26 ? null : Math.min(18_400, i * 390))),
			verified: Array.from({ length: 50 }, (_, i) => i * 300),
		},
	},
	tasks: { 'amb-11': [6.4 * HOUR, 7 * HOUR] },
});

/** `count` tasks in twenty streams, three dependencies each, a third of them done. */
export function longBoard(count: number): Board {
	const ids = Array.from({ length: count }, (_, i) => `t-${i}`);
	const start = literalNow - 7 * HOUR;
	const each = (10 * HOUR) / count;
	const tasks = Object.fromEntries(
		ids.map((id, i) => {
			const plannedStart = Math.round(start + i * each);
			const isDone = i < count / 3;
			const isRunning = !isDone && i < count / 3 + 30;
			return [
				id,
				taskLiteral(`Passo ${i + 1} della scaletta lunga`, {
					stream: `Filone ${(i % 20) + 1}`,
					plannedStart,
					durationMs: 20 * MINUTE,
					after: [1, 20, 40].filter((back) => i >= back).map((back) => `t-${i - back}`),
					state: isDone ? 'done' : isRunning ? 'running' : 'waiting',
					startedAt: isDone || isRunning ? plannedStart : null,
					endedAt: isDone ? plannedStart + 20 * MINUTE : null,
				}),
			];
		}),
	);
	return boardLiteral({ tasks, gates: {}, forecast: null });
}
