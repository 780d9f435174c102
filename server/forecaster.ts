// Forecasts off the main thread: one at a time in a bounded worker, the newest question next. Knows no board and no clock.
import { Worker } from 'node:worker_threads';
import type { ForecastFacts } from '../shared/board-night.ts';
import type { ForecastInput } from './domain/forecast-input.ts';

export type ForecastQuestion = { readonly input: ForecastInput; readonly seed: number; readonly draws: number };
export type ForecastAnswer = ForecastFacts;

export type Forecaster = {
	/** Rejects with `ForecastFault` when a newer question took its place, when the worker fell, or once closed. */
	forecast(input: ForecastInput, seed: number, draws: number): Promise<ForecastFacts>;
	close(): Promise<void>;
};

export class ForecastFault extends Error {
	readonly code: 'superseded' | 'crashed' | 'closed';
	constructor(code: ForecastFault['code'], message: string) {
		super(message);
		this.code = code;
	}
}

type Waiting = {
	readonly question: ForecastQuestion;
	readonly resolve: (facts: ForecastFacts) => void;
	readonly reject: (fault: ForecastFault) => void;
};

/** Enough for thousands of tasks and draws; more is a mistake of ours, and ends the worker and not Regia. */
const MEMORY_MB = 512;

/** `file`: whose code the worker runs; the tests give it one that falls. */
export function openForecaster(file: URL = new URL('./forecaster-worker.ts', import.meta.url)): Forecaster {
	let worker: Worker | null = null;
	let asked: Waiting | null = null;
	let next: Waiting | null = null;
	let closed = false;

	function ask(waiting: Waiting): void {
		asked = waiting;
		worker ??= start();
		// A question keeps the process alive, an idle worker does not.
		worker.ref();
		worker.postMessage(waiting.question);
	}

	function proceed(): void {
		const waiting = next;
		next = null;
		asked = null;
		if (waiting && !closed) ask(waiting);
	}

	function start(): Worker {
		const mine = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
		mine.on('message', (answer: ForecastAnswer) => {
			asked?.resolve(answer);
			mine.unref();
			proceed();
		});
		const fall = (cause: string): void => {
			if (worker !== mine) return;
			worker = null;
			asked?.reject(new ForecastFault('crashed', `the forecast's worker ended (${cause}); the next question starts another`));
			proceed();
		};
		mine.on('error', (error: unknown) => fall(error instanceof Error ? error.message : String(error)));
		mine.on('exit', (code) => fall(`exit ${code}`));
		return mine;
	}

	return {
		forecast(input, seed, draws) {
			return new Promise((resolve, reject) => {
				if (closed) return reject(new ForecastFault('closed', 'the forecaster is closed'));
				const waiting: Waiting = { question: { input, seed, draws }, resolve, reject };
				if (asked === null) return ask(waiting);
				next?.reject(new ForecastFault('superseded', 'a newer question took its place'));
				next = waiting;
			});
		},
		async close() {
			closed = true;
			const fault = new ForecastFault('closed', 'the forecaster is closed');
			asked?.reject(fault);
			next?.reject(fault);
			asked = null;
			next = null;
			const mine = worker;
			worker = null;
			await mine?.terminate();
		},
	};
}
