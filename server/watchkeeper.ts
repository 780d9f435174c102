// What Regia itself notices and writes down: what the gates' votes came to and what of it fell, alarms, sentences that the data
// contradict, who is to be told, and a forecast when one is due.
// Knows no clock of its own: live it is woken by marks and by the rhythm, in a rehearsal by the runner alone.

import type { Board } from '../shared/board.ts';
import type { AutoDraft } from '../shared/entry.ts';
import { judge } from '../shared/judge.ts';
import type { Plan } from '../shared/plan.ts';
import { createAlarmWatch } from './domain/alarm.ts';
import { FORECAST_DRAWS, isForecastDue, seedOf } from './domain/forecast-due.ts';
import { forecastInputOf } from './domain/forecast-input.ts';
import { decideGates } from './domain/gate.ts';
import { decideNotices } from './domain/notice.ts';
import { decideStatements } from './domain/statement.ts';
import { type Forecaster, ForecastFault } from './forecaster.ts';
import { JournalError } from './journal/journal.ts';
import type { Recorder } from './recorder.ts';

export type Watchkeeper = {
	/** Resolves when nothing is left to write for now, or it cannot be written; never rejects. */
	tick(): Promise<void>;
	/** No new look; resolves when the one under way is over. */
	stop(): Promise<void>;
};

export type WatchkeeperParts = {
	readonly plan: Plan;
	readonly recorder: Pick<Recorder, 'board' | 'append'>;
	readonly forecaster: Pick<Forecaster, 'forecast'>;
	now(): number;
	/** A fault that is ours, for the log. A journal that cannot write is not: it says so itself, and what was not written is noticed again. */
	fault(error: unknown): void;
};

/** More decisions at one moment than any plan can ask for: a fault of ours must not fill the journal. */
const MOST_DECISIONS = 10_000;

export function createWatchkeeper({ plan, recorder, forecaster, now, fault }: WatchkeeperParts): Watchkeeper {
	let isStopped = false;
	const alarms = createAlarmWatch(plan);
	let decisions: Promise<void> = Promise.resolve();
	let isAsked = false;
	let forecast: Promise<void> | null = null;

	/** One at a time, each on the board that the one before it left: another's mark may have come in between. */
	async function decideAll(): Promise<void> {
		for (let written = 0; !isStopped; written += 1) {
			const draft = nextDecision(recorder.board().board, now());
			if (draft === null) return;
			if (written >= MOST_DECISIONS) throw new Error(`it is never decided: ${draft.what === 'gate' ? draft.gate : draft.what}`);
			await recorder.append(draft);
		}
	}

	/** Gates first, for alarms may be about them; who is told comes last. */
	function nextDecision(board: Board, at: number): AutoDraft | null {
		const [gate] = decideGates(board, at);
		if (gate !== undefined) return gate;
		const judged = judge(board, at);
		const [statement] = decideStatements(board, judged, at);
		return statement ?? alarms.decide(board, judged, at) ?? decideNotices(plan, board, judged, at);
	}

	async function drawForecast(): Promise<void> {
		const { board } = recorder.board();
		const at = now();
		if (isStopped || !isForecastDue(board.forecast, board, at)) return;
		const drawn = await forecaster.forecast(forecastInputOf(board, at), seedOf(board, at), FORECAST_DRAWS);
		if (!isStopped) await recorder.append({ kind: 'auto', what: 'forecast', forecast: drawn });
	}

	const expected = (error: unknown): void => {
		if (error instanceof JournalError || (error instanceof ForecastFault && error.code === 'closed')) return;
		fault(error);
	};

	/** Asked any number of times while a look is under way, there is one more after it. */
	function decide(): Promise<void> {
		if (isAsked) return decisions;
		isAsked = true;
		decisions = decisions.then(() => {
			isAsked = false;
			return decideAll().catch(expected);
		});
		return decisions;
	}

	/** Drawing takes a while: decisions do not wait for it. */
	function lookAhead(): Promise<void> {
		forecast ??= drawForecast()
			.catch(expected)
			.finally(() => {
				forecast = null;
			});
		return forecast;
	}

	return {
		async tick() {
			await decide();
			await lookAhead();
		},
		async stop() {
			isStopped = true;
			await decisions;
			await forecast;
		},
	};
}
