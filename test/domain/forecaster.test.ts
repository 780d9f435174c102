// The forecast's thread: the same answer as in place, the newest question next, a fall that is told and got over.
import { afterEach, describe, expect, it } from 'vitest';
import { forecast } from '../../server/domain/forecast.ts';
import { type Forecaster, openForecaster } from '../../server/forecaster.ts';
import { inputOf, taskOf } from './forecast-nights.ts';

const input = inputOf(0, [taskOf('a', 10), taskOf('b', 20, { after: ['a'] })]);
/** A worker that falls at a seed of 13, and otherwise answers with the seed. */
const falling = new URL(
	`data:text/javascript,${encodeURIComponent("import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ seed }) => { if (seed === 13) throw new Error('planted'); parentPort.postMessage({ seed }); });")}`,
);
const code = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => 'told',
		(fault: { code: unknown }) => fault.code,
	);

describe('the forecaster', () => {
	let open: Forecaster | null = null;
	afterEach(async () => {
		await open?.close();
		open = null;
	});

	it('answers as the forecast does in place', async () => {
		open = openForecaster();
		expect(await open.forecast(input, 5, 100)).toEqual(forecast(input, 5, 100));
	});

	it('keeps one question waiting, the newest', async () => {
		open = openForecaster();
		const asked = [1, 2, 3].map((seed) => code((open as Forecaster).forecast(input, seed, 100)));
		expect(await Promise.all(asked)).toEqual(['told', 'superseded', 'told']);
	});

	it('tells that its worker fell, and starts another', async () => {
		open = openForecaster(falling);
		const fell = code(open.forecast(input, 13, 1));
		const waiting = open.forecast(input, 2, 1);
		expect(await fell).toBe('crashed');
		expect(await waiting).toEqual({ seed: 2 });
		expect(await open.forecast(input, 3, 1)).toEqual({ seed: 3 });
	});

	it('leaves nobody waiting when it is closed', async () => {
		open = openForecaster();
		const asked = [1, 2].map((seed) => code((open as Forecaster).forecast(input, seed, 100)));
		await open.close();
		expect(await Promise.all(asked)).toEqual(['closed', 'closed']);
		expect(await code(open.forecast(input, 3, 1))).toBe('closed');
	});
});
