// Independent senders over the real wire: what they send is understood, and they understand what they are answered.
import { createRequire } from 'node:module';
import { Client, HL7_2_5 } from 'node-hl7-client';
import { afterEach, describe, expect, test } from 'vitest';
import type { HandedIn } from '../../server/connectors/mllp-conversation.ts';
import { type MllpListener, openMllpListener } from '../../server/connectors/mllp-listener.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { expectNoPerson, HEARD_AT, identifiers, keys, personWords, senders, tell } from './hl7-kit.ts';

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const one of close) await one();
	close = [];
});

async function listen(tls: { cert: Buffer; key: Buffer } | null = null): Promise<{ listener: MllpListener; handed: HandedIn[] }> {
	const handed: HandedIn[] = [];
	const listener = await openMllpListener({
		senders,
		keys,
		async take(message) {
			handed.push(message);
			return { ok: true };
		},
		now: () => HEARD_AT,
		host: '127.0.0.1',
		port: 0,
		tls,
		isRehearsal: false,
	});
	close.unshift(() => listener.stop());
	return { listener, handed };
}

/** As much of simple-hl7 as is used here: it brings no types. */
type SimpleMessage = {
	addSegment(name: string, ...fields: unknown[]): void;
	readonly segments: readonly { readonly name: string; getField(index: number): string }[];
	getSegment(name: string): { getField(index: number): string; getComponent(field: number, component: number): string };
};
type SimpleClient = { send(message: SimpleMessage, done: (error: Error | null, ack: SimpleMessage) => void): void; close(): void };
type Simple = { Message: new (...header: unknown[]) => SimpleMessage; Server: { createTcpClient(options: object): SimpleClient } };
const simple = createRequire(import.meta.url)('simple-hl7') as Simple;

const [visit = ''] = identifiers.slice(1);
const [name = '', forename = '', fiscal = '', born = ''] = personWords;

describe('simple-hl7', () => {
	const message = (trigger: string, number: string, place: string): SimpleMessage => {
		const one = new simple.Message('PSNET', 'HSM', 'SALA', 'GENOVA', '20251021201500', '', ['ADT', trigger], number, 'P', '2.5');
		one.addSegment('EVN', '', '20251021201500');
		one.addSegment('PID', '1', '', fiscal, '', [name, forename], '', born);
		one.addSegment('PV1', '1', 'E', place.split('^'), ...Array.from({ length: 15 }, () => ''), visit);
		return one;
	};

	test('sends ten messages, and each is answered by its own number', async () => {
		const { listener, handed } = await listen();
		const client = simple.Server.createTcpClient({ host: '127.0.0.1', port: listener.port, keepalive: true });
		close.unshift(async () => client.close());
		const ask = (one: SimpleMessage): Promise<SimpleMessage> =>
			new Promise((resolve, reject) => client.send(one, (error, ack) => (error ? reject(error) : resolve(ack))));
		for (let index = 0; index < 10; index++) {
			const ack = await ask(message(index === 0 ? 'A04' : 'A02', `S${index}`, index === 0 ? 'PS' : 'PS^BOX'));
			expect([ack.getSegment('MSA').getField(1), ack.getSegment('MSA').getField(2)]).toEqual(['AA', `S${index}`]);
		}
		const refused = await ask(message('A99', 'S10', 'PS'));
		expect([refused.getSegment('MSA').getField(1), refused.getSegment('MSA').getField(2)]).toEqual(['AR', 'S10']);
		expect(refused.getSegment('ERR').getComponent(5, 1)).toBe('unknown-type');
		const events = handed.flatMap((one) => one.events);
		expect(events.slice(0, 2).map(tell)).toEqual(['arrive san-martino/waiting 20:15', 'transfer san-martino/treatment 20:15']);
		expect(new Set(events.map((one) => one.visit)).size).toBe(1);
		expectNoPerson(JSON.stringify(handed));
	});
});

describe('node-hl7-client', () => {
	/** Written as this machine's clocks show it. */
	const saidAt = new Date(HEARD_AT - 3 * 3_600_000);
	const message = (number: string, visitClass: 'E' | 'I') =>
		new HL7_2_5()
			.buildMSH({
				msh_3: 'PSNET',
				msh_4: 'HSM',
				msh_5: 'SALA',
				msh_6: 'GENOVA',
				msh_7: saidAt,
				msh_9_1: 'ADT',
				msh_9_2: 'A04',
				msh_10: number,
				msh_11_1: 'P',
			})
			.buildEVN({ evn_1: 'A04', evn_2: saidAt })
			.buildPID({ pid_3: fiscal, pid_5: `${name}^${forename}`, pid_7: born })
			.buildPV1({ pv1_2: visitClass, pv1_3: 'PS^BOX', pv1_19: visit })
			.toMessage();

	async function exchange(tls: { cert: Buffer; key: Buffer } | null): Promise<void> {
		const { listener, handed } = await listen(tls);
		const client = new Client({ host: '127.0.0.1', version: '2.5', ...(tls === null ? {} : { tls: { ca: tls.cert } }) });
		const acks: string[][] = [];
		const connection = client.createConnection({ port: listener.port, version: '2.5' }, async (answer) => {
			const ack = answer.getMessage();
			acks.push(['MSH.9.1', 'MSH.9.2', 'MSH.3', 'MSA.1', 'MSA.2'].map((path) => ack.get(path).toString()));
		});
		let connected = false;
		connection.on('connect', () => {
			connected = true;
		});
		close.unshift(() => connection.close());
		// One at a time: what it queues for later it turns round for ever once it is connected.
		await until('it is connected', () => connected);
		for (let index = 0; index < 10; index++) {
			await connection.sendMessage(message(`N${index}`, 'E'));
			await until('an answer', () => acks.length > index);
		}
		expect(acks).toEqual(Array.from({ length: 10 }, (_, index) => ['ACK', 'A04', 'SALA', 'AA', `N${index}`]));
		expect(handed.flatMap((one) => one.events).map(({ act, area }) => `${act} ${area}`)).toEqual(
			Array.from({ length: 10 }, () => 'arrive treatment'),
		);
		expectNoPerson(JSON.stringify(handed));
	}

	test('sends ten messages, and each is answered by its own number', () => exchange(null));
	test.skipIf(opensslPath === null)('sends them by TLS', () => exchange(certificate(3)));
});
