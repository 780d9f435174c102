// A rehearsal in lock-step: the same seed gives the same journal, entry by entry, with what Regia itself wrote down at its place in it.
import { expect, test } from 'vitest';
import type { Entry } from '../../shared/entry.ts';
import { ask } from '../faults/kit/http.ts';
import { readRecord } from '../faults/kit/record.ts';
import { startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

/** Past the first gate of San Martino, which is decided at 19:30 in Genoa. */
const UNTIL = Date.parse('2025-10-21T19:45:00+02:00');

async function rehearse(speed: number): Promise<readonly Entry[]> {
	const regia = await startRegia({ flags: ['--rehearse', 'san-martino', '--speed', String(speed)] });
	try {
		const token = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
		const nowOf = async (): Promise<number> => Date.parse(((await ask(`${regia.url}/api/health`)).json as { now: string }).now);
		await until('a quarter to eight', async () => (await nowOf()) > UNTIL, 120_000);
		return (await readRecord(regia.url, token)).filter(({ seen }) => seen <= UNTIL);
	} finally {
		await regia.stop();
	}
}

test('two rehearsals at different speeds write the same record, gates and forecasts among it', async () => {
	const [first, second] = await Promise.all([rehearse(3600), rehearse(1200)]);
	expect(second).toEqual(first);
	const autos = first.flatMap((entry) => (entry.kind === 'auto' ? [entry.what === 'gate' ? `${entry.gate} ${entry.to}` : entry.what] : []));
	expect(autos.filter((one) => one === 'forecast').length).toBeGreaterThan(30);
	expect(autos).toContain('fermo go');
	// A decision stands right behind the votes that it came from, at their moment.
	const go = first.find((entry) => entry.kind === 'auto' && entry.what === 'gate' && entry.to === 'go');
	const vote = first.findLast((entry) => entry.seq < (go?.seq ?? 0) && entry.kind === 'mark' && entry.mark.kind === 'vote');
	expect([go?.seen, go?.seq]).toEqual([vote?.seen, (vote?.seq ?? 0) + 1]);
	console.info(`lock-step: ${first.length} entries alike, ${autos.length} of them Regia's own`);
});
