// The framer by itself: how a stream is chopped changes nothing, small pieces cost no more than large ones, and nothing is kept past a frame.
import { describe, expect, test } from 'vitest';
import { createFramer } from '../../server/connectors/mllp-framer.ts';
import { say, scaled } from '../faults/kit/scale.ts';

const LARGEST = 64;
const words = ['\x0b', '\x0bMSH|', '\x1c\r', '\x1c', '\r', '\n', 'MSH|^~\\&|A', ' ', 'x', '\x0bM', '\x0bMS', 'SH', 'A'.repeat(30), 'B'.repeat(70)];

/** A linear congruential generator: enough to chop with. */
function chance(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

function framesOf(chunks: readonly Buffer[]): { frames: string[]; junk: number } {
	const framer = createFramer(LARGEST);
	const frames = chunks.flatMap((chunk) => framer.push(chunk)).map(({ kind, bytes }) => `${kind} ${bytes.toString('latin1')}`);
	return { frames, junk: framer.junk() };
}

describe('the framer', () => {
	test('finds the same frames however a stream is chopped', () => {
		const below = chance(5);
		const streams = scaled(200_000, 5000);
		const kinds = new Map<string, number>();
		for (let nth = 0; nth < streams; nth++) {
			const stream = Buffer.from(Array.from({ length: 1 + below(14) }, () => words[below(words.length)]).join(''), 'latin1');
			const whole = framesOf([stream]);
			const bytes = framesOf(Array.from(stream, (byte) => Buffer.from([byte])));
			const pieces: Buffer[] = [];
			for (let at = 0; at < stream.length; ) {
				const length = 1 + below(20);
				pieces.push(stream.subarray(at, at + length));
				at += length;
			}
			expect(bytes, JSON.stringify(stream.toString('latin1'))).toEqual(whole);
			expect(framesOf(pieces), JSON.stringify(stream.toString('latin1'))).toEqual(whole);
			for (const frame of whole.frames) kinds.set(frame.split(' ')[0] ?? '', (kinds.get(frame.split(' ')[0] ?? '') ?? 0) + 1);
		}
		say('one stream, three choppings', `${streams} streams: ${[...kinds].map(([kind, many]) => `${kind} ${many}`).join(', ')}`);
		expect([...kinds.keys()].toSorted()).toEqual(['cut', 'too-large', 'whole']);
	});

	test('keeps nothing of a frame that has ended', () => {
		const framer = createFramer(LARGEST);
		framer.push(Buffer.from('\x0bMSH|half'));
		expect([framer.held(), framer.isMidFrame()]).toEqual([8, true]);
		framer.push(Buffer.from(' more\x1c\r'));
		expect([framer.held(), framer.isMidFrame()]).toEqual([0, false]);
		framer.push(Buffer.from(`\x0b${'A'.repeat(200)}`));
		expect(framer.held()).toBeLessThanOrEqual(LARGEST + 1024);
		framer.push(Buffer.from('\x1c'));
		expect([framer.held(), framer.isMidFrame()]).toEqual([0, false]);
	});

	test('leaves a frame alone that was handed out, whatever comes next', () => {
		const framer = createFramer(LARGEST);
		framer.push(Buffer.from('\x0bfir'));
		const [first] = framer.push(Buffer.from('st\x1c\r\x0bsec'));
		framer.push(Buffer.from('ond and longer\x1c\r'));
		expect(first?.bytes.toString()).toBe('first');
	});

	test.each([
		['at the bound', LARGEST, 'whole'],
		['past it by one', LARGEST + 1, 'too-large'],
	])('%s a frame is %s', (_what, length, kind) => {
		expect(createFramer(LARGEST).push(Buffer.from(`\x0b${'A'.repeat(length)}\x1c\r`))[0]?.kind).toBe(kind);
	});
});
