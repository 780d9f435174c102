// npm run bench: Regia measured beside the bare libraries on the same machine in the same run. Prints one table; asserts nothing. --quick: smaller.
import { cpus, loadavg, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchColdStart } from './cold-start.ts';
import { benchEr } from './er.ts';
import { benchFanOut } from './fan-out.ts';
import { benchForecast } from './forecast.ts';
import { benchIngest } from './ingest.ts';
import { benchIngestHttp } from './ingest-http.ts';
import { type Row, tableOf } from './table.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
const rounds = values.quick ? 3 : 5;
const seconds = values.quick ? 2 : 5;

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
	'cold-start': () => benchColdStart(rounds),
	ingest: () => benchIngest({ rounds, batches: values.quick ? 600 : 4000 }),
	'ingest-http': () => benchIngestHttp({ rounds, batches: values.quick ? 300 : 1000, pushes: values.quick ? 1000 : 4000 }),
	er: () => benchEr({ rounds, messages: values.quick ? 6000 : 20_000 }),
	forecast: () => benchForecast({ nights: values.quick ? 160 : 800, draws: values.quick ? 400 : 1000, rounds }),
	'fan-out-few': () => benchFanOut({ clients: values.quick ? 200 : 1000, seconds: values.quick ? 1 : seconds, rounds }),
	'fan-out-many': () => benchFanOut({ clients: values.quick ? 1000 : 5000, seconds, rounds }),
};
if (values.only !== undefined && !Object.hasOwn(benches, values.only)) {
	console.error(`--only ${values.only}: there is ${Object.keys(benches).join(', ')}`);
	process.exit(2);
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
const began = performance.now();
const loadBefore = load();
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
	if (values.only !== undefined && values.only !== name) continue;
	process.stderr.write(`${name} …\n`);
	rows.push(...(await bench()));
}
const cores = cpus();
console.log(
	[
		`Regia beside bare libraries · ${values.quick ? 'quick' : 'full'} scale · ${rounds} interleaved rounds · median (lowest–highest)`,
		`Node ${process.version} · ${process.platform} ${release()} · ${cores.length} × ${cores[0]?.model ?? 'unknown'} · ${Math.round(totalmem() / 2 ** 30)} GiB · load ${loadBefore} before, ${load()} after · ${Math.round((performance.now() - began) / 1000)} s`,
		'',
		tableOf(rows),
	].join('\n'),
);
