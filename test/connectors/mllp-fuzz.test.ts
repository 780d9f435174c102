// Mutated frames among good ones, by a fixed seed: nothing falls over, memory stays bounded, and no good message is lost.
import { setImmediate as breathe } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { openConversation } from '../../server/connectors/mllp-conversation.ts';
import { createFramer } from '../../server/connectors/mllp-framer.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { END, framed, HEARD_AT, hl7, identifiers, keys, newReader, personWords, VT, verdictOf } from './hl7-kit.ts';

const MUTATED = scaled(1_000_000, 20_000);
/** A good one follows every so many. */
const GOOD_EVERY = 10;
const HEAP_GROWTH_BYTES = 24 * 1024 * 1024;

/** Mulberry32. */
function chance(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

const templates = [
	hl7(),
	hl7({ 'MSH-9': 'ADT^A03', 'PV1-36': '6', 'PV1-45': '20251021200000' }),
	hl7({ 'MSH-9': 'ADT^A40', MRG: `${identifiers[3]}||||${identifiers[4]}` }),
	hl7({ OBX: '1|CE|11283-9^ACUITY^LN||3', ZPS: '1|4', 'MSH-15': 'AL', 'MSH-16': 'AL' }, '\n'),
	hl7({ 'MSH-18': 'UNICODE UTF-8', 'PV1-3': 'P\\X53\\^BOX\\.br\\', 'PV1-44': '20251026023000' }, '\r\n'),
].map((text) => framed(text));
const spice = [VT, '\x1c', '\r', '\n', '|', '^', '~', '\\', '&', '"', 'MSH', 'PID|', 'FHS|', '\x00', '\xff', '\xef\xbb\xbf', END, `${VT}MSH|`].map(
	(one) => Buffer.from(one, 'latin1'),
);

/** One to four wounds: bytes changed, cut out, doubled, put in, the end lost. It never says a message that begins like a good one's number. */
function mutate(frame: Buffer, below: (most: number) => number): Buffer {
	let bytes = Buffer.from(frame);
	for (let wounds = 1 + below(4); wounds > 0; wounds--) {
		const at = below(bytes.length + 1);
		const length = below(40);
		const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
		const kind = below(6);
		if (kind === 0 && at < bytes.length) bytes[at] = below(256);
		else if (kind === 1) bytes = Buffer.concat([before, behind.subarray(length)]);
		else if (kind === 2) bytes = Buffer.concat([before, before.subarray(-length), behind]);
		else if (kind === 3) bytes = Buffer.concat([before, spice[below(spice.length)] ?? Buffer.alloc(0), behind]);
		else if (kind === 4) bytes = before;
		else bytes = Buffer.concat([behind, before]);
	}
	return bytes;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapUsed = (): number => {
	collect();
	return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

test('mutated frames', { timeout: 1_800_000 }, async () => {
	const below = chance(20_251_021);
	const answered = new Uint8Array(Math.ceil(MUTATED / GOOD_EVERY));
	const verdicts = new Map<string, number>();
	let leaked = 0;
	let handedIn = 0;
	const conversation = openConversation({
		reader: newReader(),
		async take(message) {
			handedIn++;
			const text = JSON.stringify(message).toUpperCase();
			if ([...personWords, ...identifiers].some((word) => text.includes(word))) leaked++;
			return { ok: true };
		},
		now: () => HEARD_AT,
		peer: '127.0.0.1',
		largestFrameBytes: 65_536,
		mostUnanswered: 64,
		write(bytes) {
			const text = bytes.toString('latin1');
			const verdict = verdictOf(text);
			verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
			const number = /\rMSA\|AA\|GOOD(\d+)\r/.exec(text)?.[1];
			if (number !== undefined) answered[Number(number)] = 1;
		},
		stumble: () => expect.fail('the reader stumbled'),
		flow: () => undefined,
	});
	let good = 0;
	let before = 0;
	let most = 0;
	for (let index = 0; index < MUTATED; index++) {
		conversation.hear(mutate(templates[below(templates.length)] ?? Buffer.alloc(0), below));
		if (index % GOOD_EVERY !== 0) continue;
		const said = framed(hl7({ 'MSH-10': `GOOD${good++}` }));
		const cut = below(said.length);
		conversation.hear(said.subarray(0, cut));
		conversation.hear(said.subarray(cut));
		if (index % 2500 !== 0) continue;
		await conversation.settled();
		await breathe();
		if (index === 5000) before = heapUsed();
		else if (before > 0) most = Math.max(most, heapUsed() - before);
	}
	await conversation.settled();
	const missing = [...answered.entries()].filter(([, times]) => times === 0).map(([number]) => number);
	const told = [...verdicts].toSorted((a, b) => b[1] - a[1]).map(([verdict, many]) => `${verdict} ${many}`);
	say('mutated frames', `${MUTATED} mutated, ${good} good, ${handedIn} handed in; heap grew by ${Math.round(most / 1024)} kB; ${told.join(', ')}`);
	expect(missing).toEqual([]);
	expect(leaked).toBe(0);
	expect(most).toBeLessThan(HEAP_GROWTH_BYTES);
	// The wounds are of every sort: a fuzz that is refused at the door alone would prove little.
	for (const verdict of ['AA', 'AE malformed', 'AE batch', 'AE no-visit', 'AR unknown-type', 'AR unknown-sender', 'CA']) {
		expect(verdicts.get(verdict) ?? 0, verdict).toBeGreaterThan(0);
	}
});

test('a frame that never ends, byte by byte, costs what the bound allows', () => {
	const framer = createFramer(65_536);
	framer.push(Buffer.from(VT));
	let most = 0;
	const one = Buffer.from('A');
	const many = scaled(50_000_000, 2_000_000);
	for (let index = 0; index < many; index++) {
		framer.push(one);
		most = Math.max(most, framer.held());
	}
	expect(most).toBeLessThanOrEqual(65_536 + 3);
	expect(framer.push(framed(hl7())).map(({ kind }) => kind)).toEqual(['too-large', 'whole']);
});

test('framer and reader alone', () => {
	const many = scaled(200_000, 20_000);
	const batch = Buffer.concat(Array.from({ length: 200 }, (_, index) => templates[index % 2] ?? framed(hl7())));
	const [framer, reader] = [createFramer(), newReader()];
	let heard = 0;
	const started = performance.now();
	while (heard < many) {
		for (let at = 0; at < batch.length; at += 65_536) {
			for (const frame of framer.push(batch.subarray(at, at + 65_536))) if (reader.read(frame, '127.0.0.1', HEARD_AT).code === 'taken') heard++;
		}
	}
	const seconds = (performance.now() - started) / 1000;
	say('framer and reader alone', `${Math.round(heard / seconds)} messages a second, ${Math.round(batch.length / 200)} bytes each`);
	expect(heard).toBe(Math.ceil(many / 200) * 200);
	expect(keys.digest([''])).toHaveLength(22);
});
