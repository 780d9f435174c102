// What every polled connector keeps to: settings with a path for each mistake, known measures, closed codes, bounded looks, no outside text.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectorKind, Look, ReaderContext } from '../../server/connectors/connector.ts';
import { createVisitKeys } from '../../server/connectors/visit-keys.ts';
import { isMeasure } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';
import type { BlindCode } from '../../shared/sample.ts';
import { blindCodes } from '../../shared/sample.ts';
import { freePort } from '../kit/free-port.ts';

/** Stands for a patient in every name, body and error of the outside: it must come out nowhere. */
export const MARKER = 'MARIO-ROSSI-1970';

export type ConnectorContractKit = {
	readonly connector: ConnectorKind;
	/** Settings for something that listens on this port of 127.0.0.1. */
	settings(port: number): Record<string, unknown>;
	readonly mistakes: readonly (readonly [name: string, change: Record<string, unknown>, path: string])[];
	/** What becomes of a target that stays silent, talks garbage, never ends, isn't there. `up` and `down` are a probe's answers, a write probe's among them. */
	readonly faults: { readonly silent: Outcome; readonly garbage: Outcome; readonly endless: Outcome; readonly refused: Outcome };
	/** How an endless answer begins. */
	readonly endlessHead: Buffer | string;
	/** A target in good health; null where the tool is missing. */
	readonly healthy: (() => Promise<{ readonly settings: Record<string, unknown>; end(): Promise<void> }>) | null;
};
type Outcome = BlindCode | 'up' | 'down';

export const contextOf = (memory?: unknown, timeout = '400ms'): ReaderContext => {
	const plan = planSchema.parse({
		programme: { id: 'p', name: 'P' },
		cutover: { id: 'c', name: 'C', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T07:00:00+02:00' } },
		sources: { one: { kind: 'any', label: 'One', timeout } },
	});
	const source = plan.sources.one;
	if (!source) throw new Error('the plan has no source');
	const secret = (name: string): string | undefined => (name === 'KNOWN_SECRET' ? MARKER : undefined);
	return { id: 'one', source, secret, memory, visitKeys: createVisitKeys(new Uint8Array(32).fill(7)), now: () => Date.now() };
};

const outcomeOf = (look: Look): Outcome => {
	if (!look.ok) return look.why;
	const up = look.readings.find(({ measure }) => /^service\.(up|write)/.test(measure) || measure === 'source.beat');
	return up?.value === 1 ? 'up' : 'down';
};

export const assertClean = (look: Look): void => expect(JSON.stringify(look)).not.toMatch(new RegExp(MARKER, 'i'));

type Fault = 'silent' | 'garbage' | 'endless';

function startFaulty(fault: Fault, head: Buffer | string): Promise<{ port: number; end(): Promise<void> }> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		if (fault === 'garbage') socket.on('data', () => socket.end(`${MARKER} is not what you asked for\r\n\r\n`));
		if (fault === 'endless') {
			const filler = Buffer.alloc(65_536, `${MARKER} `);
			const more = (): void => {
				while (socket.writable && socket.write(filler));
			};
			socket.once('data', () => {
				socket.write(head);
				socket.on('drain', more);
				more();
			});
		}
	});
	server.listen(0, '127.0.0.1');
	return once(server, 'listening').then(() => {
		const address = server.address();
		return {
			port: address !== null && typeof address === 'object' ? address.port : 0,
			async end() {
				const closed = once(server, 'close');
				server.close();
				for (const socket of sockets) socket.destroy();
				await closed;
			},
		};
	});
}

export function connectorContract(name: string, kit: ConnectorContractKit): void {
	const { connector } = kit;
	describe(`${name} keeps to the connector contract`, () => {
		test('takes settings that are right, and names its subjects', () => {
			expect(connector.settings.safeParse(kit.settings(5000)).success).toBe(true);
			for (const subject of connector.subjects(kit.settings(5000))) expect(subject).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
			expect(connector.subjects(kit.settings(5000)).length).toBeGreaterThan(0);
		});

		test.each([...kit.mistakes, ['a key nobody knows', { nobodyKnows: 1 }, ''] as const])(
			'refuses settings with %s and leads to the place',
			(_, change, path) => {
				const parsed = connector.settings.safeParse({ ...kit.settings(5000), ...change });
				expect(parsed.success).toBe(false);
				if (!parsed.success) expect(parsed.error.issues.map((issue) => issue.path.join('.'))).toContain(path);
			},
		);

		test.each(['silent', 'garbage', 'endless'] as const)('says what it knows of a target that is %s', async (fault) => {
			const faulty = await startFaulty(fault, kit.endlessHead);
			const reader = connector.open(kit.settings(faulty.port), contextOf());
			try {
				const began = performance.now();
				const look = await reader.read(AbortSignal.timeout(fault === 'silent' ? 250 : 3000));
				expect(outcomeOf(look)).toBe(kit.faults[fault]);
				expect(performance.now() - began).toBeLessThan(4000);
				assertClean(look);
			} finally {
				await reader.close();
				await faulty.end();
			}
		});

		test('says what it knows of a target that refuses', async () => {
			const reader = connector.open(kit.settings(await freePort()), contextOf());
			expect(outcomeOf(await reader.read(AbortSignal.timeout(3000)))).toBe(kit.faults.refused);
			await reader.close();
		});

		test('ends at once when its signal is aborted already', async () => {
			const reader = connector.open(kit.settings(await freePort()), contextOf());
			const outcome = outcomeOf(await reader.read(AbortSignal.abort()));
			expect(['timeout', 'down']).toContain(outcome);
			await reader.close();
		});

		test('can be closed twice', async () => {
			const reader = connector.open(kit.settings(await freePort()), contextOf());
			await reader.close();
			await expect(reader.close()).resolves.toBeUndefined();
		});
	});

	const { healthy } = kit;
	describe.skipIf(healthy === null)(`${name} reads a target in good health`, () => {
		let target: { readonly settings: Record<string, unknown>; end(): Promise<void> } | undefined;
		beforeAll(async () => {
			target = await healthy?.();
		}, 60_000);
		afterAll(() => target?.end());

		test('gives readings of known measures about its own subjects, without outside text', async () => {
			const settings = target?.settings ?? {};
			const reader = connector.open(settings, contextOf(undefined, '5s'));
			const look = await reader.read(AbortSignal.timeout(5000));
			await reader.close();
			expect(look).toMatchObject({ ok: true });
			assertClean(look);
			for (const { measure, subject, value, at } of look.readings ?? []) {
				expect(isMeasure(measure), measure).toBe(true);
				expect([...connector.subjects(settings), 'source/one']).toContain(subject);
				expect(value === null || Number.isFinite(value)).toBe(true);
				expect(Number.isSafeInteger(at)).toBe(true);
			}
			if (look.ok) expect(JSON.parse(JSON.stringify(look.memory ?? null))).toEqual(look.memory ?? null);
		});
	});

	test(`${name} knows only closed codes`, () => {
		for (const outcome of Object.values(kit.faults)) expect([...blindCodes, 'up', 'down']).toContain(outcome);
	});
}
