// What Prometheus writes: Snappy against an unpacker of another hand, the protobuf against bytes made here, and what becomes of each sample.
// Both readers get wounded bytes and bombs.
import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, test } from 'vitest';
import { prometheusWriteConnector } from '../../server/connectors/prometheus-write.connector.ts';
import { unpackSnappy } from '../../server/connectors/snappy.ts';
import { createWriteReader, MOST_UNPACKED_BYTES, type Written } from '../../server/connectors/write-readings.ts';
import { readWriteRequest } from '../../server/connectors/write-request.ts';
import { planSchema } from '../../shared/plan.ts';
import { MARKER } from '../contracts/connector-contract.ts';
import { bytesField, type OutSeries, STALE, writeRequest } from '../kit/remote-write.ts';
import { chanceOf, wound } from './probe-kit.ts';

const runs = process.env.REGIA_SCALE === 'full' ? 20_000 : 1000;
const seeded = { seed: 20_210_814, numRuns: runs };
const MOST = 1_000_000;

describe('a block of Snappy', () => {
	const content = fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		// What repeats is packed as copies, near and far.
		fc
			.tuple(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 }), fc.array(fc.nat(5), { maxLength: 3000 }))
			.map(([parts, order]) => new Uint8Array(Buffer.concat(order.map((nth) => parts[nth % parts.length] ?? Buffer.alloc(0))))),
	);
	test('gives what another packer put in', () => {
		let copied = 0;
		fc.assert(
			fc.property(content, (bytes) => {
				const packed = new Uint8Array(compress(bytes));
				const unpacked = unpackSnappy(packed, MOST);
				expect(unpacked).toEqual({ ok: true, bytes: Buffer.from(bytes) });
				if (packed.length < bytes.length) copied += 1;
			}),
			seeded,
		);
		expect(copied).toBeGreaterThan(runs / 10);
	});

	const block = (length: number, ...elements: readonly number[]): Uint8Array => Uint8Array.of(length, ...elements);
	test.each<readonly [string, Uint8Array, string | null]>([
		['nothing in it', block(0), ''],
		['a literal', block(3, 0x08, 97, 98, 99), 'abc'],
		['a literal with its length in a byte', block(3, 0xf0, 2, 97, 98, 99), 'abc'],
		['a literal with its length in four bytes', block(3, 0xfc, 2, 0, 0, 0, 97, 98, 99), 'abc'],
		['a copy that overlaps itself', block(9, 0x04, 97, 98, 0x0d, 2), 'ababababa'],
		['a copy with two bytes', block(6, 0x08, 97, 98, 99, 0x0a, 3, 0), 'abcabc'],
		['a copy with four bytes', block(6, 0x08, 97, 98, 99, 0x0b, 3, 0, 0, 0), 'abcabc'],
		['no length', Uint8Array.of(), null],
		['half a length', Uint8Array.of(0x80), null],
		['a length without end', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1), null],
		['less than it declares', block(4, 0x08, 97, 98, 99), null],
		['more than it declares', block(2, 0x08, 97, 98, 99), null],
		['a literal that is cut', block(3, 0x08, 97, 98), null],
		['a literal length that is cut', block(3, 0xf4), null],
		['a copy from before its beginning', block(6, 0x08, 97, 98, 99, 0x0a, 4, 0), null],
		['a copy from nowhere', block(6, 0x08, 97, 98, 99, 0x0a, 0, 0), null],
		['a copy that is cut', block(6, 0x08, 97, 98, 99, 0x0a, 3), null],
		['a copy beyond its end', block(5, 0x08, 97, 98, 99, 0x0a, 3, 0), null],
	])('with %s', (_what, packed, expected) => {
		const unpacked = unpackSnappy(packed, MOST);
		expect(unpacked.ok ? unpacked.bytes.toString() : unpacked.why).toBe(expected ?? 'torn');
	});

	test('that declares more than is allowed, or more than its bytes could hold, is refused before there is room for it', () => {
		const declares = (length: number): Uint8Array => {
			const bytes: number[] = [];
			for (let rest = length; ; rest = Math.floor(rest / 128)) {
				bytes.push(rest > 127 ? (rest % 128) | 128 : rest);
				if (rest <= 127) return Uint8Array.of(...bytes, 0, 0, 0);
			}
		};
		const before = process.memoryUsage().arrayBuffers;
		const began = performance.now();
		for (let nth = 0; nth < 10_000; nth += 1) {
			expect(unpackSnappy(declares(4_294_967_295), MOST_UNPACKED_BYTES)).toEqual({ ok: false, why: 'too-large' });
			expect(unpackSnappy(declares(15_999_999), MOST_UNPACKED_BYTES)).toEqual({ ok: false, why: 'torn' });
		}
		expect(performance.now() - began).toBeLessThan(8000);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
	});

	test('wounded 30,000 times is what it declares, or torn', () => {
		const below = chanceOf(11);
		const sound = Buffer.from(compress(Buffer.from('room_celsius room_celsius ups_load room_celsius '.repeat(20))));
		const seen = { whole: 0, torn: 0 };
		for (let nth = 0; nth < 30_000; nth += 1) {
			const unpacked = unpackSnappy(wound(sound, below), 4096);
			seen[unpacked.ok ? 'whole' : 'torn'] += 1;
			if (unpacked.ok) expect(unpacked.bytes.length).toBeLessThanOrEqual(4096);
		}
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
	});

	test('of 16 MB takes seconds at most, on a busy machine', () => {
		const packed = new Uint8Array(compress(Buffer.alloc(15_900_000, 'abcdefg')));
		const began = performance.now();
		expect(unpackSnappy(packed, MOST_UNPACKED_BYTES).ok).toBe(true);
		expect(performance.now() - began).toBeLessThan(8000);
	});
});

const AT = 1_760_000_000_000;
const series = (labels: Record<string, string>, ...samples: readonly (readonly [number | bigint, number])[]): OutSeries => ({ labels, samples });

describe('a WriteRequest', () => {
	const all = (name: string): boolean => name !== '';
	test('gives names, labels and samples, and what it does not know is passed over', () => {
		const bytes = Buffer.concat([
			bytesField(3, Buffer.from(MARKER)),
			writeRequest([series({ __name__: 'm', room: 'ced', note: 'è 🌡' }, [21.5, AT], [-0, AT + 1], [STALE, AT + 2], [Number.NaN, AT + 3])]),
			bytesField(200, Buffer.alloc(500)),
			Buffer.of(0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7d, 1, 2, 3, 4, 0x78, 0x80, 0x01),
			writeRequest([series({ __name__: 'n' }, [1, AT])]),
		]);
		const read = readWriteRequest(bytes, all);
		const [first, second, ...rest] = read.ok ? read.series : [];
		expect([first?.name, first?.labels('room'), first?.labels('note'), first?.labels('constructor')]).toEqual(['m', 'ced', 'è 🌡', undefined]);
		expect(first?.samples).toEqual([
			{ value: 21.5, stale: false, at: AT },
			{ value: -0, stale: false, at: AT + 1 },
			{ value: Number.NaN, stale: true, at: AT + 2 },
			{ value: Number.NaN, stale: false, at: AT + 3 },
		]);
		expect([second?.name, rest]).toEqual(['n', []]);
		expect(readWriteRequest(Buffer.alloc(0), all)).toEqual({ ok: true, series: [] });
		expect(readWriteRequest(bytes, (name) => name === 'n')).toMatchObject({ ok: true, series: [{ name: 'n' }] });
	});

	test('is one series in whatever order its labels stand', () => {
		const keys = [
			series({ __name__: 'm', a: '1', b: '2' }),
			series({ b: '2', __name__: 'm', a: '1' }),
			series({ __name__: 'm', a: '12', b: '' }),
		].map((one) => {
			const read = readWriteRequest(writeRequest([one]), all);
			return read.ok ? read.series[0]?.key : undefined;
		});
		expect([keys[0] === keys[1], keys[0] === keys[2]]).toEqual([true, false]);
	});

	const sound = writeRequest([series({ __name__: 'm', room: 'ced' }, [21.5, AT], [22.5, AT + 15_000])]);
	test.each<readonly [string, Buffer]>([
		['a length beyond its end', Buffer.of(0x0a, 50, 1)],
		['a length without end', Buffer.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
		['a field 0', Buffer.of(0x02, 0)],
		['a wire type that is none', Buffer.of(0x0b)],
		['half a number', Buffer.of(0x79, 1, 2, 3)],
		['a length beyond its series', Buffer.of(0x0a, 3, 0x0a, 9, 9, 0x0a, 0)],
		['129 labels', writeRequest([series(Object.fromEntries(Array.from({ length: 129 }, (_, n) => [`l${n}`, 'x'])))])],
	])('with %s is none', (_what, bytes) => {
		expect(readWriteRequest(bytes, all)).toEqual({ ok: false });
	});

	test('cut anywhere is none, or what stands before the cut', () => {
		for (let at = 1; at < sound.length; at += 1) expect(readWriteRequest(sound.subarray(0, at), all)).toEqual({ ok: false });
	});

	test('wounded 30,000 times is series with instants that can be counted, or none', () => {
		const below = chanceOf(12);
		const seen = { read: 0, none: 0, samples: 0 };
		for (let nth = 0; nth < 30_000; nth += 1) {
			const read = readWriteRequest(wound(sound, below), all);
			seen[read.ok ? 'read' : 'none'] += 1;
			for (const one of read.ok ? read.series : []) seen.samples += one.samples.length;
		}
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
	});

	test('of 16 MB of the smallest series, or of one that nests nothing, takes seconds at most, on a busy machine', () => {
		for (const unit of [Buffer.of(0x0a, 0), Buffer.of(0x0a, 4, 0x0a, 2, 0x0a, 0), Buffer.of(0x18, 0)]) {
			const bytes = Buffer.alloc(16_000_000 - (16_000_000 % unit.length), unit);
			const began = performance.now();
			expect(readWriteRequest(bytes, (name) => name === 'm')).toEqual({ ok: true, series: [] });
			expect(performance.now() - began).toBeLessThan(8000);
		}
	});
});

describe('what a Prometheus wrote', () => {
	const rule = { name: 'room_celsius', label: 'room', subjects: { ced: 'facility/ced', nuovo: 'facility/nuovo' }, measure: 'facility.temperature' };
	const battery = { name: 'nut_ups_status', labels: { flag: 'OB' }, subject: 'facility/ced', measure: 'facility.onBattery' };
	const { sources } = planSchema.parse({
		programme: { id: 'p', name: 'P' },
		cutover: { id: 'c', name: 'C', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T07:00:00+02:00' } },
		sources: {
			prom: { kind: 'prometheus-write', label: 'Prometheus', settings: { series: [rule, battery] } },
			push: { kind: 'push', label: 'Push' },
		},
	});
	let now = AT;
	const read = createWriteReader(sources, () => now);
	const room = (name: string, ...samples: readonly (readonly [number | bigint, number])[]): OutSeries =>
		series({ __name__: 'room_celsius', room: name }, ...samples);
	const write = (all: readonly OutSeries[], source = 'prom'): Written => {
		const written = read(Buffer.from(compress(writeRequest(all))), source);
		expect(JSON.stringify(written)).not.toContain(MARKER);
		return written;
	};
	const rows = (written: Written): unknown =>
		written.ok
			? [
					written.readings.map(({ subject, value, why, at }) => [subject, value ?? why, at - AT]),
					written.refused.map(({ index, code }) => [index, code]),
				]
			: written.code;

	test('is what the plan names, and nothing else', () => {
		const others = [series({ __name__: 'node_load1', instance: MARKER }, [3, AT]), room('altro', [40, AT]), room('constructor', [41, AT])];
		expect(
			rows(write([...others, room('ced', [21, AT], [22, AT + 1000]), series({ __name__: 'nut_ups_status', flag: 'OB', ups: MARKER }, [1, AT])])),
		).toEqual([
			[
				['facility/ced', 21, 0],
				['facility/ced', 22, 1000],
				['facility/ced', 1, 0],
			],
			[],
		]);
		expect(rows(write(others))).toEqual([[], []]);
	});

	test('that has ended, is no number or has no end is blind', () => {
		expect(rows(write([room('nuovo', [Number.NaN, AT], [Number.POSITIVE_INFINITY, AT + 1], [STALE, AT + 2])]))).toEqual([
			[
				['facility/nuovo', 'bad-answer', 0],
				['facility/nuovo', 'bad-answer', 1],
				['facility/nuovo', 'not-found', 2],
			],
			[],
		]);
	});

	test('by two servers is one line: the second speaks when the first has ended or is silent', () => {
		now = AT + 1_000_000;
		const by = (replica: string, value: number | bigint): OutSeries => series({ __name__: 'room_celsius', room: 'ced', replica }, [value, now]);
		const accepted = (replica: string, value: number | bigint = 20): number => {
			const written = write([by(replica, value)]);
			return written.ok ? written.readings.length : -1;
		};
		expect([accepted('a'), accepted('b'), accepted('a')]).toEqual([1, 0, 1]);
		expect(rows(write([by('b', 20)]))).toEqual([[], [[0, 'duplicate']]]);
		expect([accepted('a', STALE), accepted('b'), accepted('a')]).toEqual([1, 1, 0]);
		now += 180_000;
		expect([accepted('a'), accepted('b')]).toEqual([1, 0]);
	});

	test.each<readonly [string, Buffer, string, string]>([
		['no Snappy', Buffer.from(MARKER), 'prom', 'malformed'],
		['Snappy without a request in it', Buffer.from(compress(Buffer.from(MARKER))), 'prom', 'malformed'],
		['a bomb', Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0), 'prom', 'too-large'],
		['nothing at all', Buffer.alloc(0), 'prom', 'malformed'],
		['a source of another kind', Buffer.from(compress(writeRequest([]))), 'push', 'not-such-a-source'],
		['a source that the plan has not', Buffer.from(compress(writeRequest([]))), 'constructor', 'not-such-a-source'],
		[
			'too many samples for the plan',
			Buffer.from(compress(writeRequest([room('ced', ...Array.from({ length: 5001 }, (_, n) => [1, AT + n] as const))]))),
			'prom',
			'too-large',
		],
	])('with %s is never taken', (_what, packed, source, code) => {
		const written = read(packed, source);
		expect(written).toMatchObject({ ok: false, code });
		expect(JSON.stringify(written)).not.toContain(MARKER);
	});

	test('is not opened: it speaks to us', () => {
		expect(prometheusWriteConnector.polled).toBe(false);
		expect(() => prometheusWriteConnector.open({ series: [rule] }, undefined as never)).toThrow('speaks to us');
		expect(prometheusWriteConnector.subjects({ series: [rule, battery] })).toEqual(['facility/ced', 'facility/nuovo']);
	});
});
