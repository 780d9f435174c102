// The forecast's own thread: one question, one answer. Knows no board, no journal and no clock.
import { parentPort } from 'node:worker_threads';
import { forecast } from './domain/forecast.ts';
import type { ForecastAnswer, ForecastQuestion } from './forecaster.ts';

parentPort?.on('message', ({ input, seed, draws }: ForecastQuestion) => {
	const answer: ForecastAnswer = forecast(input, seed, draws);
	parentPort?.postMessage(answer);
});
