// ER messages over MLLP: a day of 39 invented emergency rooms, each message acknowledged once it is durable and in the census, beside the
// same sender against a bare MLLP server that keeps nothing. One process sends, and does not wait for one answer before the next message.
import { rmSync } from 'node:fs';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { type SiteLoad, visitsOf } from '../nights/er-generator.ts';
import { messagesOf } from '../nights/er-generator-messages.ts';
import { dialectOf, monthPlan } from '../nights/er-month-plan.ts';
import { openPipe } from '../nights/er-pipe.ts';
import { openPart } from './part.ts';
import type { Row } from './table.ts';

export type ErScale = { readonly rounds: number; readonly messages: number };

const DAY_MS = 86_400_000;
const ZONE_MINUTES = 60;
const SITES = 39;
const VISITS_A_MONTH = 110_000;
const CONNECTIONS = [1, 8, 32] as const;

const sites: readonly SiteLoad[] = Array.from({ length: SITES }, (_, i) => ({ id: `ps-${i + 1}`, visitsAMonth: VISITS_A_MONTH / SITES }));

type Message = { readonly site: string; readonly bytes: Buffer };

/** The last day and a half, so that nothing of it is over; in the order of arrival. */
function messagesUntil(now: number, count: number): readonly Message[] {
	const from = now - 1.5 * DAY_MS;
	const visits = visitsOf({ seed: 39, from, to: now, zoneMinutes: ZONE_MINUTES, sites, cancels: 0.06, merges: 0.036 });
	const wire = { seed: 40, zoneMinutes: ZONE_MINUTES, dialectOf: (site: string) => dialectOf(sites, site), twice: 0.02, late: 0.05 };
	const spoken = messagesOf(visits, { ...wire, latestMs: 3_600_000, looks: [] }).filter(({ arrives }) => arrives < now);
	if (spoken.length < count) throw new RangeError(`${spoken.length} messages in a day and a half, and ${count} are to be sent`);
	return spoken.slice(0, count).map(({ site, bytes }) => ({ site, bytes: bytes() }));
}

/** Messages a second. A site's messages go through one connection, in order. */
async function send(port: number, messages: readonly Message[], connections: number): Promise<number> {
	const pipes = await Promise.all(Array.from({ length: connections }, () => openPipe(port)));
	const shares = pipes.map((_, nth) =>
		messages.filter(({ site }) => Number(site.slice('ps-'.length)) % connections === nth).map(({ bytes }) => bytes),
	);
	const began = performance.now();
	const counts = await Promise.all(pipes.map((pipe, nth) => pipe.send(shares[nth] ?? [])));
	const seconds = (performance.now() - began) / 1000;
	for (const pipe of pipes) pipe.close();
	const taken = counts.reduce((sum, { AA = 0 }) => sum + AA, 0);
	if (taken !== messages.length) throw new Error(`${taken} of ${messages.length} messages were taken: ${JSON.stringify(counts)}`);
	return messages.length / seconds;
}

async function sendToRegia(messages: readonly Message[], connections: number): Promise<number> {
	const data = temporaryFolder('bench-er');
	const regia = await startRegia({ plan: monthPlan(sites, Date.now()), data });
	try {
		return await send(regia.mllpPort(), messages, connections);
	} finally {
		await regia.stop();
		rmSync(data, { recursive: true, force: true });
	}
}

export async function benchEr({ rounds, messages: count }: ErScale): Promise<Row[]> {
	const messages = messagesUntil(Date.now(), count);
	const bare = await openPart<{ port: number }>('bare-mllp-server.ts', []);
	const kinds = CONNECTIONS.map((connections) => ({ connections, regia: [] as number[], other: [] as number[] }));
	try {
		await send(bare.ready.port, messages, 8);
		for (let round = 0; round < rounds; round += 1) {
			for (const { connections, regia, other } of kinds) {
				const sides = [
					async () => regia.push(await sendToRegia(messages, connections)),
					async () => other.push(await send(bare.ready.port, messages, connections)),
				];
				for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
			}
		}
	} finally {
		await bare.end();
	}
	const bytes = Math.round(messages.reduce((sum, one) => sum + one.bytes.length, 0) / count);
	return [
		{ title: `ER messages over MLLP, durable and in the census before AA: ${count.toLocaleString('en')} of ${SITES} sites, ${bytes} bytes each` },
		...kinds.map(({ connections, regia, other }): Row => {
			const what = `messages a second, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
			return { what, regia, beside: 'a bare MLLP echo', other, digits: 0, aim: '3,000 a second' };
		}),
	];
}
