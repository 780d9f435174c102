// Ingest over HTTP: batches and single pushes, each acknowledged once durable, beside a bare node:http server that commits the same bodies.
import { rmSync } from 'node:fs';
import { startRegia } from '../kit/server.ts';
import { createLoad, planOf, SOURCE, SUBJECTS } from './load.ts';
import { openPart } from './part.ts';
import { requestOf, sendAll } from './sender.ts';
import type { Row } from './table.ts';

export type IngestHttpScale = { readonly rounds: number; readonly batches: number; readonly pushes: number };

const SIZE = { archives: 30, services: 30 };
const HOUR_MS = 3_600_000;

export async function benchIngestHttp({ rounds, batches, pushes }: IngestHttpScale): Promise<Row[]> {
	const regia = await startRegia({ plan: planOf(SIZE) });
	const bare = await openPart<{ port: number }>('bare-commit-server.ts', []);
	const token = regia.token({ kind: 'source', name: SOURCE, subjects: SUBJECTS });
	const load = createLoad(SIZE, 3);
	// Instants of the last hours, ever later, so that every sample is news.
	let at = Date.now() - 20 * HOUR_MS;
	const requests = (count: number, samples: number): Buffer[] =>
		Array.from({ length: count }, () => {
			at += samples === 1 ? 2 : 300;
			const rows = load.next(samples, at).map((one) => ({ ...one, at: new Date(one.at).toISOString() }));
			return requestOf(JSON.stringify({ samples: rows }), token);
		});
	const kinds = [
		{ what: 'requests of 100 samples a second, 4 senders', count: batches, samples: 100, senders: 4, aim: '' },
		{ what: 'single pushes a second, 4 senders', count: pushes, samples: 1, senders: 4, aim: '' },
		{ what: 'single pushes a second, 32 senders', count: pushes, samples: 1, senders: 32, aim: '3,000 a second' },
	].map((kind) => ({ ...kind, regia: [] as number[], other: [] as number[] }));
	try {
		for (let round = -1; round < rounds; round += 1) {
			for (const { count, samples, senders, regia: ours, other } of kinds) {
				const some = requests(round < 0 ? 200 : count, samples);
				const sides = [
					async () => ours.push(await sendAll(regia.port, some, senders)),
					async () => other.push(await sendAll(bare.ready.port, some, senders)),
				];
				for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
				// Round -1 warms both sides.
				if (round < 0) ours.length = other.length = 0;
			}
		}
	} finally {
		await Promise.all([regia.stop(), bare.end()]);
		rmSync(regia.data, { recursive: true, force: true });
	}
	return [
		{ title: 'Durable ingest over HTTP, kept-alive connections' },
		...kinds.map(({ what, regia: ours, other, aim }) => ({ what, regia: ours, beside: 'node:http + node:sqlite', other, digits: 0, aim })),
	];
}
