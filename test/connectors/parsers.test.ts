// Every parser of outside data against bad input: a named row for each cause, then seeded noise. None throws, none lets text through.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatusHeartbeat } from '../../server/connectors/gatus-heartbeat.ts';
import { kumaHeartbeat } from '../../server/connectors/kuma-heartbeat.ts';
import { MAX_SAMPLE_ROWS, parseSamples } from '../../server/connectors/parse-samples.ts';
import { countersRow, exactRow, slotRow, subscriptionRow, writersRow } from '../../server/connectors/postgres-rows.ts';
import { rcloneExecuteId, rclonePid, rcloneSize, rcloneStats } from '../../server/connectors/rclone-answers.ts';
import { MARKER } from '../contracts/connector-contract.ts';

const row = { subject: 'archive/pacs', measure: 'archive.bytesMoved', value: 5, at: '2025-10-26T02:30:00+02:00' };
const bodyOf = (...rows: readonly unknown[]): string => JSON.stringify({ samples: rows });
const speaker = { source: 'nagios', service: 'ris' };
const runs = process.env.REGIA_SCALE === 'full' ? 20_000 : 500;
const seeded = { seed: 20_251_021, numRuns: runs };

describe('samples', () => {
	test('are read from JSON and from lines, each with its index', () => {
		const reading = { ...row, at: Date.parse('2025-10-26T00:30:00Z') };
		const both = [
			{ index: 0, reading },
			{ index: 1, reading: { ...reading, unit: 'B' } },
		];
		expect(parseSamples(bodyOf(row, { ...row, unit: 'B' }), 'json')).toEqual({ ok: true, count: 2, rows: both, malformed: [] });
		const lines = `\uFEFF${JSON.stringify(row)}\r\n\n${JSON.stringify({ ...row, unit: 'B' })}\n`;
		expect(parseSamples(lines, 'ndjson')).toEqual({ ok: true, count: 2, rows: both, malformed: [] });
	});

	test('tell the two half past twos of October apart', () => {
		const parsed = parseSamples(bodyOf(row, { ...row, at: '2025-10-26T02:30:00+01:00' }), 'json');
		const [first, second] = parsed.ok ? parsed.rows : [];
		expect((second?.reading.at ?? 0) - (first?.reading.at ?? 0)).toBe(3_600_000);
	});

	test.each([
		['a text for a row', MARKER, /a row is an object/],
		['null for a row', null, /a row is an object/],
		['a list for a row', [row], /a row is an object/],
		['no subject', { ...row, subject: undefined }, /^subject:/],
		['an empty subject', { ...row, subject: '' }, /^subject:/],
		['a subject without end', { ...row, subject: 'a'.repeat(101) }, /^subject:/],
		['a number for a measure', { ...row, measure: 7 }, /^measure:/],
		['no measure', { ...row, measure: undefined }, /^measure:/],
		['a value in quotes', { ...row, value: '5' }, /^value:/],
		['null for a value', { ...row, value: null }, /^value:/],
		['yes for a value', { ...row, value: true }, /^value:/],
		['no value', { ...row, value: undefined }, /^value:/],
		['an empty unit', { ...row, unit: '' }, /^unit:/],
		['a number for a unit', { ...row, unit: 1 }, /^unit:/],
		['no moment', { ...row, at: undefined }, /^at:/],
		['a moment without an offset', { ...row, at: '2025-10-26T02:30:00' }, /^at:/],
		['a moment in seconds', { ...row, at: 1_761_438_600 }, /^at:/],
		['a day that is none', { ...row, at: '2025-02-30T02:30:00Z' }, /^at:/],
		['an hour that is none', { ...row, at: '2025-10-26T25:30:00Z' }, /^at:/],
		['a date alone', { ...row, at: '2025-10-26' }, /^at:/],
		['a key that nobody knows', { ...row, patient: MARKER }, /nothing else/],
		['a key that means another thing to JavaScript', JSON.parse(`{"__proto__":1,${JSON.stringify(row).slice(1)}`), /nothing else/],
	] as const)('refuse %s, and keep the rows beside it', (_, bad, message) => {
		const parsed = parseSamples(bodyOf(row, bad, row), 'json');
		expect(parsed).toMatchObject({ ok: true, count: 3, malformed: [{ index: 1, code: 'malformed', message: expect.stringMatching(message) }] });
		if (parsed.ok) expect(parsed.rows.map(({ index }) => index)).toEqual([0, 2]);
		expect(JSON.stringify(parsed)).not.toContain(MARKER);
	});

	test.each([
		['a line that is not JSON', `${JSON.stringify(row)}\n{${MARKER}`, /a line is one object/],
		['a line cut short', `${JSON.stringify(row)}\n${JSON.stringify(row).slice(0, -1)}`, /a line is one object/],
		['a list on a line', `${JSON.stringify(row)}\n[]`, /a row is an object/],
		['two objects on a line', `${JSON.stringify(row)}\n${JSON.stringify(row)}${JSON.stringify(row)}`, /a line is one object/],
	] as const)('refuse %s alone', (_, text, message) => {
		expect(parseSamples(text, 'ndjson')).toMatchObject({ ok: true, count: 2, malformed: [{ index: 1, message: expect.stringMatching(message) }] });
	});

	test.each([
		['nothing', '', 'json', 'malformed'],
		['no JSON', `{"samples":[${MARKER}`, 'json', 'malformed'],
		['a list without its name', JSON.stringify([row]), 'json', 'malformed'],
		['no list', '{"samples":{}}', 'json', 'malformed'],
		['an empty list', '{"samples":[]}', 'json', 'malformed'],
		['something beside the list', `{"samples":[],"note":"${MARKER}"}`, 'json', 'malformed'],
		['lists within lists without end', '['.repeat(200_000), 'json', 'malformed'],
		['only empty lines', '\n\r\n \n', 'ndjson', 'malformed'],
		['a row too many', bodyOf(...Array.from({ length: MAX_SAMPLE_ROWS + 1 }, () => row)), 'json', 'too-large'],
		['a line too many', `${JSON.stringify(row)}\n`.repeat(MAX_SAMPLE_ROWS + 1), 'ndjson', 'too-large'],
	] as const)('cannot be read from a body with %s', (_, text, format, code) => {
		const parsed = parseSamples(text, format);
		expect(parsed).toMatchObject({ ok: false, code });
		expect(JSON.stringify(parsed)).not.toContain(MARKER);
	});

	test('may be as many as the limit', () => {
		expect(parseSamples(`${JSON.stringify(row)}\n`.repeat(MAX_SAMPLE_ROWS), 'ndjson')).toMatchObject({
			ok: true,
			count: MAX_SAMPLE_ROWS,
			malformed: [],
		});
	});
});

const stats = { bytes: 5, totalBytes: 9, transfers: 1, totalTransfers: 2, checks: 0, totalChecks: 0, errors: 0, elapsedTime: 1.5, eta: null };

describe('what rclone answers', () => {
	test('is read without a name in it', () => {
		const transferring = [{ name: MARKER, bytes: 2, size: 6 }, { name: MARKER, size: -1 }, { name: MARKER }];
		const read = rcloneStats(JSON.stringify({ ...stats, transferring, checking: [MARKER], lastError: MARKER }));
		expect(read).toMatchObject({ bytes: 5, elapsedMs: 1500, transferring: 3, checking: 1, bytesInFlight: 2, largestPending: 4 });
		expect(JSON.stringify(read)).not.toContain(MARKER);
		expect(rcloneExecuteId(`{"executeId":"${MARKER}"}`)).toBeNull();
	});

	test.each([
		['no JSON', MARKER],
		['nothing', ''],
		['a list', '[]'],
		['no bytes', JSON.stringify({ ...stats, bytes: undefined })],
		['bytes as text', JSON.stringify({ ...stats, bytes: '5' })],
		['bytes below nothing', JSON.stringify({ ...stats, bytes: -5 })],
		['half a byte', JSON.stringify({ ...stats, bytes: 0.5 })],
		['more bytes than can be counted', JSON.stringify({ ...stats, bytes: 2 ** 60 })],
		['null for a total', JSON.stringify({ ...stats, totalBytes: null })],
		['no transfers', JSON.stringify({ ...stats, transfers: undefined })],
		['errors as a text', JSON.stringify({ ...stats, errors: MARKER })],
		['time below nothing', JSON.stringify({ ...stats, elapsedTime: -1 })],
		['time without end', JSON.stringify(stats).replace('1.5', '1e999')],
		['a text for what is under way', JSON.stringify({ ...stats, transferring: MARKER })],
		['a file with bytes below nothing', JSON.stringify({ ...stats, transferring: [{ bytes: -1, size: 5 }] })],
		['files whose bytes cannot be summed', JSON.stringify({ ...stats, transferring: [{ bytes: 2 ** 53 - 1 }, { bytes: 1 }] })],
	])('is no answer with %s', (_, text) => {
		expect(rcloneStats(text)).toBeNull();
	});

	test('never has fewer to do than done', () => {
		expect(rcloneStats(JSON.stringify({ ...stats, totalBytes: -1, totalTransfers: 0 }))).toMatchObject({ totalBytes: 5, totalTransfers: 1 });
	});
});

describe('rows of PostgreSQL', () => {
	const slot = { active: true, lag_bytes: '5', streaming: true, lag_seconds: 0.5 };
	test.each([
		['caught up', { ...slot, lag_bytes: '0', lag_seconds: null }, { active: true, lagBytes: 0, lagSeconds: 0 }],
		['behind', slot, { active: true, lagBytes: 5, lagSeconds: 0.5 }],
		['read a moment apart', { ...slot, lag_bytes: '-8' }, { active: true, lagBytes: 0, lagSeconds: 0.5 }],
		['read by nobody', { active: false, lag_bytes: '0', streaming: null, lag_seconds: null }, { active: false, lagBytes: 0, lagSeconds: null }],
		['never confirmed', { active: true, lag_bytes: null, streaming: false, lag_seconds: null }, { active: true, lagBytes: null, lagSeconds: null }],
	] as const)('give a slot that is %s', (_, given, expected) => {
		expect(slotRow(given)).toEqual(expected);
	});

	const counters = { missing: '0', estimate: '7', inserted: '9', deleted: '2', live: '7', upkeep: '0', copying: 0, stamp: 'f'.repeat(64) };
	test('give what is counted as figures', () => {
		expect(countersRow({ ...counters, stamp: null })).toMatchObject({ missing: 0, estimate: 7, inserted: 9, stamp: null });
		expect(exactRow({ ...counters, rows: '5' })).toMatchObject({ rows: 5, deleted: 2 });
	});

	test.each([
		['a count as text that is none', countersRow({ ...counters, estimate: MARKER })],
		['a count below nothing', countersRow({ ...counters, inserted: '-1' })],
		['a count beyond counting', exactRow({ ...counters, rows: '9999999999999999' })],
		['half a row', exactRow({ ...counters, rows: 0.5 })],
		['a counter too few', countersRow({ ...counters, deleted: undefined })],
		['a digest that is text', countersRow({ ...counters, stamp: MARKER })],
		['writers that may be', writersRow({ writing: null })],
		['no row at all', exactRow(undefined)],
		['a slot without a state', slotRow({ ...slot, active: null })],
		['a lag that is no number', slotRow({ ...slot, lag_seconds: Number.NaN })],
		['a lag below nothing', slotRow({ ...slot, lag_seconds: -1 })],
		['a worker of another sort', subscriptionRow({ running: 'yes' })],
	])('are no answer with %s', (_, read) => {
		expect(read).toBeNull();
	});
});

describe('noise', () => {
	const noisyRow = fc.oneof(fc.jsonValue(), fc.record({ ...Object.fromEntries(Object.keys(row).map((key) => [key, fc.jsonValue()])) }));
	test('makes no parser throw, and no row is lost', () => {
		const texts = fc.oneof(
			fc.string(),
			fc.json(),
			fc.string().map((one) => `{"samples":[${one}]}`),
			fc.array(noisyRow).map((all) => bodyOf(...all)),
		);
		fc.assert(
			fc.property(texts, fc.constantFrom('json' as const, 'ndjson' as const), (text, format) => {
				const parsed = parseSamples(text, format);
				if (parsed.ok) expect(parsed.rows.length + parsed.malformed.length).toBe(parsed.count);
				for (const read of [rcloneStats, rclonePid, rcloneExecuteId, rcloneSize]) read(text);
			}),
			seeded,
		);
	});

	test('in rclone figures gives none or whole ones', () => {
		const noisy = fc.record(Object.fromEntries(Object.keys(stats).map((key) => [key, fc.oneof({ weight: 9, arbitrary: fc.nat() }, fc.jsonValue())])));
		let read = 0;
		fc.assert(
			fc.property(noisy, (one) => {
				const figures = rcloneStats(JSON.stringify(one));
				if (figures) read += 1;
				for (const value of Object.values(figures ?? {})) expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
			}),
			seeded,
		);
		expect(read).toBeGreaterThan(0);
	});

	test('in heartbeats and rows gives a refusal or whole readings', () => {
		const anything = fc.oneof(fc.anything(), fc.string(), fc.constantFrom('up', 'true', '5', '1s'));
		fc.assert(
			fc.property(anything, anything, anything, (a, b, c) => {
				for (const result of [
					kumaHeartbeat({ status: a, ping: b, msg: c }, speaker, 1),
					gatusHeartbeat({ success: a, duration: b, error: c }, speaker, 1),
				]) {
					for (const { value } of result.ok ? result.value : []) expect(Number.isFinite(value)).toBe(true);
				}
				for (const read of [countersRow, exactRow, slotRow, subscriptionRow, writersRow])
					read({ rows: a, missing: b, active: c, lag_bytes: a, streaming: b, lag_seconds: c, running: a });
			}),
			seeded,
		);
	});
});
