// One kept subscription at a broker: connects where the plan permits it, subscribes, hands on every message, and comes back by itself. The only
// importer of mqtt. Knows no measure.
import { createConnection, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { MqttClient } from 'mqtt';
import type { BlindCode } from '../../shared/sample.ts';
import { blindBy, causeOf } from './cause.ts';
import { listOf, valueIn } from './json-tree.ts';
import { NotPermitted, type Targets } from './targets.ts';

export type Broker = {
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	readonly user?: string | undefined;
	readonly password?: string | undefined;
	readonly clientId: string;
	readonly topics: readonly string[];
	readonly targets: Targets;
	readonly connectWithinMs: number;
	/** `retained`: kept by the broker for whoever subscribes, since nobody knows when. */
	heard(topic: string, payload: Uint8Array, retained: boolean): void;
};

export type Subscription = {
	/** Null while it stands; else why not. Where it is down and none is under way, an attempt is made; rejects never. */
	standing(signal: AbortSignal): Promise<BlindCode | null>;
	close(): Promise<void>;
};

/** Of what has not yet become a whole message. */
const MOST_BYTES = 1_048_576;
const SOONEST_MS = 1000;
const LATEST_MS = 30_000;
/** Of CONNACK (MQTT 3.1.1, table 3.1). */
const refusals: Readonly<Record<number, BlindCode>> = { 3: 'unreachable', 4: 'unauthorised', 5: 'unauthorised' };

/** Whether a broker said no to a topic (SUBACK, 3.9.3), and not something else than was asked. */
const isRefused = (error: Error): boolean => listOf(valueIn(error, 'packet', 'granted')).some((one) => Number(one) >= 128);

export function openSubscription(broker: Broker): Subscription {
	let client: MqttClient | null = null;
	let why: BlindCode | null = 'unreachable';
	/** The attempt under way. */
	let attempt: Promise<void> | null = null;
	let again: NodeJS.Timeout | undefined;
	let pauseMs = SOONEST_MS;
	let isClosed = false;

	function openStream(): ReturnType<typeof createConnection> {
		const { host, port, targets } = broker;
		const where = { host, port, lookup: targets.lookup };
		return broker.tls ? connectTls({ ...where, ...(isIP(host) === 0 ? { servername: host } : {}) }) : createConnection(where);
	}

	/** Settles when it stands, or has failed; `why` says which. Afterwards its end is noticed, and the next attempt is set. */
	async function connect(): Promise<void> {
		if (!broker.targets.mayBe(broker.host)) {
			why = blindBy(causeOf(new NotPermitted()));
			return;
		}
		// Only plans with a broker pay for it.
		const { MqttClient } = await import('mqtt');
		if (isClosed) return;
		const { promise, resolve } = Promise.withResolvers<void>();
		let cause: BlindCode | null = null;
		let unread = 0;
		const mine = new MqttClient(
			() => {
				const stream = openStream();
				stream.on('data', (chunk: Buffer) => {
					unread += chunk.length;
					if (unread > MOST_BYTES) fail('too-large');
				});
				return stream;
			},
			{
				clientId: broker.clientId,
				clean: true,
				protocolVersion: 4,
				keepalive: 20,
				reconnectPeriod: 0,
				connectTimeout: broker.connectWithinMs,
				resubscribe: false,
				...(broker.user === undefined ? {} : { username: broker.user }),
				...(broker.password === undefined ? {} : { password: broker.password }),
			},
		);
		client = mine;
		function fail(code: BlindCode): void {
			cause ??= code;
			mine.end(true);
			mine.stream.destroy();
			ended();
		}
		// A broker may take the connection and never the subscription.
		const late = setTimeout(() => fail('timeout'), broker.connectWithinMs);
		let isOver = false;
		function ended(): void {
			if (isOver) return;
			isOver = true;
			clearTimeout(late);
			if (client === mine) client = null;
			why = cause ?? 'unreachable';
			if (!isClosed) schedule();
			resolve();
		}
		mine.on('packetreceive', () => {
			unread = 0;
		});
		mine.on('message', (topic, payload, packet) => {
			if (!isClosed) broker.heard(topic, payload, packet.retain);
		});
		mine.on('connect', () => {
			mine.subscribe([...broker.topics], { qos: 0 }, (error) => {
				if (error !== null) return fail(isRefused(error) ? 'unauthorised' : 'bad-answer');
				clearTimeout(late);
				why = null;
				pauseMs = SOONEST_MS;
				resolve();
			});
		});
		mine.on('error', (error) => {
			const code = 'code' in error ? error.code : undefined;
			if (typeof code === 'number') fail(refusals[code] ?? 'bad-answer');
			else fail(/connack timeout|keepalive timeout/i.test(error.message) ? 'timeout' : blindBy(causeOf(error)));
		});
		mine.on('close', () => fail('unreachable'));
		return promise;
	}

	function start(): Promise<void> {
		clearTimeout(again);
		again = undefined;
		attempt ??= connect().finally(() => {
			attempt = null;
		});
		return attempt;
	}

	function schedule(): void {
		clearTimeout(again);
		again = setTimeout(() => void start(), pauseMs);
		again.unref();
		pauseMs = Math.min(LATEST_MS, 2 * pauseMs);
	}

	return {
		async standing(signal) {
			if (isClosed || signal.aborted) return signal.aborted ? 'timeout' : 'stopped';
			if (why === null && client !== null) return null;
			const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>();
			const onAbort = (): void => resolve('aborted');
			signal.addEventListener('abort', onAbort);
			const first = await Promise.race([start(), aborted]);
			signal.removeEventListener('abort', onAbort);
			return first === 'aborted' ? 'timeout' : why;
		},
		async close() {
			isClosed = true;
			clearTimeout(again);
			const last = client;
			client = null;
			if (last === null) return;
			last.end(true);
			last.stream.destroy();
		},
	};
}
