// UPSes by NUT: upsd's answers whole, byte by byte, cut and wounded; several UPSes as one room; and a real upsd with a dummy UPS that goes on
// battery, loses its driver, is killed and comes back.
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, Reader } from '../../server/connectors/connector.ts';
import { nutConnector } from '../../server/connectors/nut.connector.ts';
import { errorIn, figuresOf, takeLine, type VariableName, variableIn } from '../../server/connectors/nut-answer.ts';
import { startPoller } from '../../server/connectors/poller.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { startUps, type Ups, upsdPath } from '../kit/facility-tools.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { chanceOf, startTalker, wound } from './probe-kit.ts';

const settings = (port: number, change: object = {}): Record<string, unknown> => ({
	facility: 'ced',
	host: '127.0.0.1',
	port,
	ups: ['a'],
	...change,
});

type Told = Readonly<Record<string, string | number>>;
const well: Told = {
	'device.mfr': MARKER,
	'ups.status': 'OL CHRG',
	'battery.runtime': 1800,
	'battery.charge': '98.5',
	'ups.load': 35,
	'ambient.temperature': '23.4',
	'ambient.humidity': 41,
	'ups.temperature': 31,
	'ups.id': `${MARKER} \\"in cima\\" \\\\`,
};
const listOf = (ups: string, told: Told): string =>
	`BEGIN LIST VAR ${ups}\n${Object.entries(told)
		.map(([name, value]) => `VAR ${ups} ${name} "${value}"\n`)
		.join('')}END LIST VAR ${ups}\n`;

type Say = (command: string) => string | readonly Buffer[];
/** Answers each command as told; `heard` gathers them. */
const upsd =
	(say: Say, heard: string[] = []) =>
	(socket: Socket): void => {
		let rest = '';
		socket.on('data', (chunk: Buffer) => {
			const lines = (rest + chunk.toString()).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) {
				heard.push(line);
				const answer = say(line);
				if (typeof answer === 'string') socket.write(answer);
				else for (const piece of answer) socket.write(piece);
			}
		});
	};
const saysOf =
	(all: Readonly<Record<string, Told | string>>): Say =>
	(command) => {
		if (command === 'LOGOUT') return 'OK Goodbye\n';
		const name = command.replace('LIST VAR ', '');
		const told = all[name] ?? 'ERR UNKNOWN-UPS\n';
		return typeof told === 'string' ? told : listOf(name, told);
	};

connectorContract('nut', {
	connector: nutConnector,
	settings,
	mistakes: [
		['no room', { facility: undefined }, 'facility'],
		['no UPS', { ups: [] }, 'ups'],
		['a UPS with a line break', { ups: ['a\nLIST UPS'] }, 'ups.0'],
		['a port that is none', { port: 70_000 }, 'port'],
		['a user without a password', { user: 'regia' }, 'passwordFrom'],
		['a password itself', { user: 'regia', passwordFrom: 'parola segreta' }, 'passwordFrom'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'bad-answer', refused: 'unreachable' },
	endlessHead: 'BEGIN LIST VAR a\n',
	healthy: async () => {
		const talker = await startTalker(upsd(saysOf({ a: well })));
		return { settings: settings(talker.port), end: () => talker.end() };
	},
});

const figures = (look: Look): Readonly<Record<string, number | string | undefined>> =>
	Object.fromEntries(
		(look.readings ?? [])
			.filter(({ subject }) => subject === 'facility/ced')
			.map(({ measure, value, why }) => [measure.slice('facility.'.length), value ?? why]),
	);

async function lookAt(talk: (socket: Socket) => void, change: object = {}, timeoutMs = 2000): Promise<Look> {
	const talker = await startTalker(talk);
	const reader = nutConnector.open(settings(talker.port, change), contextOf(undefined, '3s'));
	try {
		const look = await reader.read(AbortSignal.timeout(timeoutMs));
		assertClean(look);
		return look;
	} finally {
		await reader.close();
		await talker.end();
	}
}

const whole = { onBattery: 0, upsRuntime: 1800, upsCharge: 0.985, upsLoad: 0.35, temperature: 23.4, humidity: 0.41 };

describe('a UPS', () => {
	test('is asked for its variables, and for nothing else', async () => {
		const heard: string[] = [];
		expect(figures(await lookAt(upsd(saysOf({ a: well }), heard)))).toEqual(whole);
		expect(heard).toEqual(['LIST VAR a', 'LOGOUT']);
	});

	test.each<readonly [string, Told, object]>([
		['on battery', { 'ups.status': 'OB DISCHRG', 'battery.runtime': 540 }, { onBattery: 1, upsRuntime: 540 }],
		['at its end, with a runtime', { 'ups.status': 'OB LB', 'battery.runtime': 90 }, { onBattery: 1, upsRuntime: 90 }],
		['at its end, without one', { 'ups.status': 'FSD OB LB' }, { onBattery: 1, upsRuntime: 0 }],
		['low while it charges', { 'ups.status': 'OL LB CHRG' }, { onBattery: 0 }],
		['not yet known to upsd', { 'ups.status': 'WAIT' }, { onBattery: 'bad-answer' }],
		['switched off', { 'ups.status': 'OFF' }, { onBattery: 'bad-answer' }],
		['without a word on its power', { 'battery.charge': 50 }, { upsCharge: 0.5 }],
		['with a figure that is none', { 'ups.status': 'OL', 'battery.charge': MARKER }, { onBattery: 0, upsCharge: 'bad-answer' }],
		['with a figure without end', { 'ups.status': 'OL', 'ups.load': '1e999' }, { onBattery: 0, upsLoad: 'bad-answer' }],
		['with sensors that are numbered', { 'ambient.1.temperature': '-3.5', 'ambient.1.humidity': 20 }, { temperature: -3.5, humidity: 0.2 }],
		['whose own warmth is not the room’s', { 'ups.status': 'OL', 'ups.temperature': 44 }, { onBattery: 0 }],
	])('%s', async (_what, told, expected) => {
		expect(figures(await lookAt(upsd(saysOf({ a: told }))))).toEqual(expected);
	});

	test('may give its own warmth where the plan says so', async () => {
		expect(figures(await lookAt(upsd(saysOf({ a: well })), { temperature: 'ups' }))).toEqual({ ...whole, temperature: 31 });
	});

	test.each<readonly [string, string, string]>([
		['is unknown', 'ERR UNKNOWN-UPS\n', 'not-found'],
		['lets nobody in', 'ERR ACCESS-DENIED\n', 'unauthorised'],
		['has no driver', 'ERR DRIVER-NOT-CONNECTED\n', 'unreachable'],
		['is not heard by its driver', 'ERR DATA-STALE\n', 'unreachable'],
		['fails in a way of its own', `ERR ${MARKER}\n`, 'bad-answer'],
		['is another one', listOf('b', well), 'bad-answer'],
		['begins and errs', 'BEGIN LIST VAR a\nERR DATA-STALE\n', 'unreachable'],
		['says a line that is none', `BEGIN LIST VAR a\nVAR a ups.status OL\n`, 'bad-answer'],
		['speaks of another within', listOf('a', well).replace('VAR a ups.load', 'VAR b ups.load'), 'bad-answer'],
		['leaves a quote open', 'BEGIN LIST VAR a\nVAR a ups.status "OL\\"\n', 'bad-answer'],
		['says a line without end', `BEGIN LIST VAR a\nVAR a ups.id "${'x'.repeat(9000)}`, 'bad-answer'],
	])('that %s is blind', async (_what, answer, why) => {
		expect(await lookAt(upsd(saysOf({ a: answer })))).toMatchObject({
			ok: false,
			why,
			readings: [{ measure: 'facility.onBattery', value: null, why }],
		});
	});

	test('is read byte by byte, and with the line breaks of elsewhere', async () => {
		const bytes = [...Buffer.from(listOf('a', well))].map((byte) => Buffer.of(byte));
		expect(figures(await lookAt(upsd((command) => (command === 'LOGOUT' ? '' : bytes))))).toEqual(whole);
		expect(figures(await lookAt(upsd(saysOf({ a: listOf('a', well).replaceAll('\n', '\r\n') }))))).toEqual(whole);
	});

	test('whose answer is cut anywhere tells nothing', async () => {
		const answer = listOf('a', well);
		const cuts = Array.from({ length: 12 }, (_, nth) => Math.floor(((nth + 0.5) * answer.length) / 12));
		for (const at of cuts) {
			const look = await lookAt((socket) => {
				socket.once('data', () => socket.end(answer.slice(0, at)));
			});
			expect(look).toMatchObject({ ok: false, why: 'unreachable' });
		}
	});
});

describe('several UPSes of a room', () => {
	const other: Told = { 'ups.status': 'OB', 'battery.runtime': 300, 'battery.charge': 40, 'ups.load': 80, 'ambient.temperature': 29 };
	test('are as bad as the worst of them', async () => {
		const look = await lookAt(upsd(saysOf({ a: well, b: other })), { ups: ['a', 'b'] });
		expect(figures(look)).toEqual({ onBattery: 1, upsRuntime: 300, upsCharge: 0.4, upsLoad: 0.8, temperature: 29, humidity: 0.41 });
	});

	test('are in doubt while one cannot be read; a battery in use is said all the same', async () => {
		const doubt = { upsRuntime: 'unreachable', upsCharge: 'unreachable', upsLoad: 'unreachable', temperature: 'unreachable' };
		const good = await lookAt(upsd(saysOf({ a: well, b: 'ERR DATA-STALE\n' })), { ups: ['a', 'b'] });
		expect(figures(good)).toEqual({ onBattery: 'unreachable', humidity: 'unreachable', ...doubt });
		const bad = await lookAt(upsd(saysOf({ a: other, b: 'ERR DATA-STALE\n' })), { ups: ['a', 'b'] });
		expect(figures(bad)).toEqual({ onBattery: 1, ...doubt });
	});

	test('that all fail make the look fail', async () => {
		expect(await lookAt(upsd(saysOf({})), { ups: ['a', 'b'] })).toMatchObject({ ok: false, why: 'not-found' });
	});
});

describe('upsd', () => {
	const signs = { user: 'regia', passwordFrom: 'KNOWN_SECRET' };
	test('is shown a name and a password where the plan has them, and says whom it does not let in', async () => {
		const heard: string[] = [];
		const say =
			(password: string): Say =>
			(command) =>
				/^USERNAME/.test(command) ? 'OK\n' : /^PASSWORD/.test(command) ? password : listOf('a', well);
		const lets = upsd(say('OK\n'), heard);
		expect(figures(await lookAt(lets, signs))).toEqual(whole);
		expect(heard.slice(0, 3)).toEqual(['USERNAME regia', `PASSWORD "${MARKER}"`, 'LIST VAR a']);
		expect(await lookAt(upsd(say('ERR INVALID-PASSWORD\n')), signs)).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(await lookAt(lets, { ...signs, passwordFrom: 'NOT_SET' })).toMatchObject({ ok: false, why: 'unauthorised' });
	});

	test('is not asked where the plan does not permit it, nor where its name cannot be found', async () => {
		const talker = await startTalker(upsd(saysOf({ a: well })));
		for (const host of ['127.0.0.1', 'localhost', '127.1']) {
			const reader = nutConnector.open(settings(talker.port, { host }), { ...contextOf(), targets: openTargets(['10.0.0.0/8']) });
			expect(await reader.read(AbortSignal.timeout(2000))).toMatchObject({ ok: false, why: 'not-permitted' });
		}
		expect(talker.connections()).toBe(0);
		await talker.end();
		const nowhere = nutConnector.open(settings(9, { host: 'no-such-host.invalid' }), contextOf());
		expect(await nowhere.read(AbortSignal.timeout(2000))).toMatchObject({ ok: false, why: 'observer-blind' });
	});

	test.skipIf(opensslPath === null)('is asked by TLS where the plan says so and its certificate is trusted, or not at all', async () => {
		const tls = certificate(2);
		const heard: string[] = [];
		const speaks = upsd((command) => (/^(USERNAME|PASSWORD)/.test(command) ? 'OK\n' : saysOf({ a: well })(command)), heard);
		const starts = (socket: Socket): void => {
			socket.once('data', (chunk: Buffer) => {
				expect(chunk.toString()).toBe('STARTTLS\n');
				socket.write('OK STARTTLS\n', () => {
					const secure = new TLSSocket(socket, { isServer: true, ...tls });
					secure.on('error', () => undefined);
					speaks(secure);
				});
			});
		};
		const never = upsd((command) => (command === 'STARTTLS' ? 'ERR FEATURE-NOT-CONFIGURED\n' : listOf('a', well)));
		expect(await lookAt(never, { tls: 'on' })).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(await lookAt(starts, { tls: 'on', ...signs })).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(heard).toEqual([]);
		setDefaultCACertificates([...getCACertificates('default'), tls.cert.toString()]);
		expect(figures(await lookAt(starts, { tls: 'on', ...signs }))).toEqual(whole);
		expect(heard).toEqual(['USERNAME regia', `PASSWORD "${MARKER}"`, 'LIST VAR a', 'LOGOUT']);
	});
});

test('30,000 wounded answers are lines with figures that are finite, or a closed code', () => {
	const below = chanceOf(3493);
	const sound = Buffer.from(listOf('a', well));
	const seen = { lines: 0, known: 0, other: 0, none: 0, errors: 0 };
	for (let nth = 0; nth < 30_000; nth += 1) {
		let rest: Buffer = wound(sound, below);
		const told = new Map<VariableName, string>();
		for (let heard = takeLine(rest); typeof heard !== 'string'; heard = takeLine(rest)) {
			seen.lines += 1;
			expect(heard.length).toBeGreaterThan(0);
			rest = rest.subarray(heard.length);
			if (errorIn(heard.value) !== null) seen.errors += 1;
			const variable = variableIn(heard.value, 'a');
			if (variable === null) seen.none += 1;
			else if (variable === 'other') seen.other += 1;
			else {
				seen.known += 1;
				told.set(variable.name, variable.value);
			}
		}
		for (const value of Object.values(figuresOf(told, below(2) === 0))) expect(value === null || Number.isFinite(value)).toBe(true);
	}
	expect(Math.min(seen.known, seen.other, seen.none)).toBeGreaterThan(1000);
	for (const long of ['\\'.repeat(4000), '"'.repeat(4000), `${'\\"'.repeat(2000)}`]) {
		const began = performance.now();
		expect(variableIn(`VAR a ups.id "${long}"`, 'a')).toBeDefined();
		expect(performance.now() - began).toBeLessThan(1000);
	}
});

describe.skipIf(upsdPath === null)('a real upsd', () => {
	let ups: Ups;
	const rooms: Reader[] = [];
	const told = { 'ups.status': 'OL', 'battery.runtime': 1800, 'battery.charge': 100, 'ups.load': 20, 'ambient.temperature': 22 };
	const openRoom = (change: object = {}): Reader => {
		const reader = nutConnector.open(settings(ups.port, { ups: ['uno', 'due'], ...change }), contextOf(undefined, '3s'));
		rooms.push(reader);
		return reader;
	};
	const look = (reader: Reader): Promise<Look> => reader.read(AbortSignal.timeout(3000));
	beforeAll(async () => {
		ups = await startUps({ uno: told, due: { ...told, 'device.mfr': MARKER, 'ups.id': MARKER } });
	}, 40_000);
	afterAll(async () => {
		await Promise.all(rooms.map((one) => one.close()));
		await ups?.end();
	});

	test('gives figures, goes on battery, is half known, is killed, and is back', async () => {
		const room = openRoom();
		await until('both UPSes are known', async () => figures(await look(room)).onBattery === 0, 20_000);
		expect(figures(await look(room))).toEqual({ onBattery: 0, upsRuntime: 1800, upsCharge: 1, upsLoad: 0.2, temperature: 22 });
		expect(await look(openRoom({ ups: ['tre'] }))).toMatchObject({ ok: false, why: 'not-found' });
		expect(figures(await look(openRoom({ user: 'regia', passwordFrom: 'KNOWN_SECRET' }))).onBattery).toBe(0);
		ups.say('due', { ...told, 'ups.status': 'OB DISCHRG', 'battery.runtime': 700, 'ups.id': MARKER });
		await until('one is on battery', async () => figures(await look(room)).upsRuntime === 700);
		expect(figures(await look(room)).onBattery).toBe(1);
		await ups.killDriver('due');
		const half = await until('the driver is missed', async () => {
			const found = figures(await look(room));
			return found.upsRuntime === 'unreachable' ? found : null;
		});
		expect(half).toMatchObject({ onBattery: 'unreachable', temperature: 'unreachable' });
		const looks: Look[] = [];
		const context = contextOf();
		const poller = startPoller({
			reader: openRoom({ ups: ['uno'] }),
			source: { ...context.source, every: 50, timeout: 2000 },
			now: () => Date.now(),
			random: () => 0,
			emit: async (one) => void looks.push(one),
		});
		await until('a look', () => looks.at(-1)?.ok);
		await ups.kill();
		await until('it is missed', () => looks.at(-1)?.ok === false);
		expect(looks.at(-1)).toMatchObject({ why: 'unreachable', readings: expect.arrayContaining([expect.objectContaining({ value: null })]) });
		await ups.start();
		await until('it is back', () => looks.at(-1)?.ok, 20_000);
		await poller.stop();
		for (const one of looks) assertClean(one);
	}, 40_000);
});
