// Admission: a row a refusal code, each with a cause of its own, and what is let through.
import { describe, expect, it } from 'vitest';
import { admit, FUTURE_LIMIT_MS, LATE_LIMIT_MS } from '../../server/domain/admit.ts';
import type { Reading, RefusalCode } from '../../shared/sample.ts';
import type { SubjectKind } from '../../shared/subject.ts';

const now = Date.parse('2025-10-22T00:13:45Z');
const known = new Set(['archive/cce-db', 'archive/ps-img', 'service/ps', 'source/rclone-1']);
const context = { now, kindOf: (subject: string) => (known.has(subject) ? ((subject.split('/')[0] ?? '') as SubjectKind) : null), may: ['*'] };
const good: Reading = { subject: 'archive/cce-db', measure: 'archive.bytesMoved', value: 5, at: now };

const rows: [cause: string, reading: Partial<Reading>, code: RefusalCode | null, may?: string[]][] = [
	['a good reading', {}, null],
	['exactly at the future limit', { at: now + FUTURE_LIMIT_MS }, null],
	['one ms past the future limit', { at: now + FUTURE_LIMIT_MS + 1 }, 'future'],
	['exactly at the late limit', { at: now - LATE_LIMIT_MS }, null],
	['one ms past the late limit', { at: now - LATE_LIMIT_MS - 1 }, 'late'],
	['a measure that is not in the table', { measure: 'archive.bites' }, 'unknown-measure'],
	['a measure named like an object member', { measure: 'constructor' }, 'unknown-measure'],
	['a subject that the plan lacks', { subject: 'archive/other' }, 'unknown-subject'],
	['a subject of another kind', { subject: 'service/ps' }, 'wrong-subject-kind'],
	['a subject outside the token', {}, 'not-permitted', ['archive/ps-*']],
	['not a number', { value: Number.NaN }, 'not-finite'],
	['infinite', { value: Number.POSITIVE_INFINITY }, 'not-finite'],
	['below the range', { value: -1 }, 'out-of-range'],
	['above the range', { value: 1e19 }, 'out-of-range'],
	['half a byte', { value: 0.5 }, 'out-of-range'],
	['the right unit', { unit: 'B' }, null],
	['another unit', { unit: 'TB' }, 'wrong-unit'],
	['nothing, without a reason', { value: null }, 'malformed'],
	['nothing, with a reason (blind)', { value: null, why: 'timeout' }, null],
	['an instant that is none', { at: Number.NaN }, 'malformed'],
];

describe('admit', () => {
	it.each(rows)('%s', (_cause, change, code, may) => {
		const { admitted, refused } = admit([{ ...good, ...change }], may ? { ...context, may } : context);
		expect(refused.map((one) => one.code)).toEqual(code === null ? [] : [code]);
		expect(admitted.length).toBe(code === null ? 1 : 0);
	});

	it('keeps good rows beside bad ones, and names the bad by their place in what was sent', () => {
		const { admitted, refused } = admit([good, { ...good, value: -1 }, { ...good, at: now - 1 }], context, [0, 3, 4]);
		expect(admitted.map((one) => one.index)).toEqual([0, 4]);
		expect(refused.map((one) => [one.index, one.code])).toEqual([[3, 'out-of-range']]);
	});

	it('never echoes what the sender wrote', () => {
		const { refused } = admit([{ ...good, subject: 'archive/mario-rossi-1970', measure: 'archive.bytesMoved' }], context);
		expect(JSON.stringify(refused)).not.toContain('mario');
	});
});
