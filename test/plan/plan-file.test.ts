// What a sound plan becomes, and that no text whatever makes the reader throw.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { planSchemaOf, readPlan } from '../../server/plan-file.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import { bend, soundPlan } from './sound-plan.ts';

const kinds = await loadRegistry();

/** Either a plan, or at least one mistake with a line. */
function isAnswered(text: string): boolean {
	const read = readPlan(text, 'f.yaml', kinds);
	if (read.ok) return typeof read.plan.cutover.id === 'string';
	return read.mistakes.length > 0 && read.mistakes.every((one) => one.line >= 1 && one.column >= 1 && one.message !== '');
}

describe('a sound plan', () => {
	test('is read into ms, bytes and instants, with its digest', () => {
		const read = readPlan(soundPlan, 'notte.yaml', kinds);
		if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
		expect(read.plan.cutover.window.start).toBe(Date.UTC(2025, 9, 21, 17));
		expect(read.plan.archives['cce-db']?.total).toBe(1.8e12);
		expect(read.plan.sources.copia?.every).toBe(15_000);
		expect(read.plan.sources.porta?.timeout).toBe(4000);
		expect(read.digest).toBe(createHash('sha256').update(soundPlan).digest('hex'));
	});

	test('keeps a source’s settings as written, for the connector to read', () => {
		const read = readPlan(soundPlan, 'notte.yaml', kinds);
		expect(read.ok && read.plan.sources.porta?.settings).toEqual({ service: 'cartella', side: 'new', host: '127.0.0.1', port: 443 });
	});

	test('may use an alias', () => {
		const text = bend('{ label: Fornitore A }', '&vendor { label: Fornitore A }').replace('{ label: CED, kind: house }', '*vendor');
		const read = readPlan(text, 'notte.yaml', kinds);
		expect(read.ok && read.plan.teams.ced?.label).toBe('Fornitore A');
	});

	test('may have a window over the doubled hour of October', () => {
		let text = bend('start: 2025-10-21T19:00:00+02:00', 'start: 2025-10-26T02:30:00+02:00');
		text = bend('end: 2025-10-22T05:00:00+02:00', 'end: 2025-10-26T02:30:00+01:00', text).replace(/ {2}phases:[\s\S]*?teams:/, 'teams:');
		const read = readPlan(text, 'notte.yaml', kinds);
		expect(read.ok && read.plan.cutover.window.end - read.plan.cutover.window.start).toBe(3_600_000);
	});

	test('ships with each rehearsal', async () => {
		for (const [name, { planText, planFile }] of await loadRehearsals()) {
			const read = readPlan(planText, planFile, kinds);
			expect(read.ok ? [] : read.mistakes, name).toEqual([]);
		}
	});
});

describe('the reader of plans', () => {
	test('refuses a text of more than 1 MB', () => {
		const read = readPlan(`${soundPlan}# ${'x'.repeat(1_000_000)}`, 'f.yaml', kinds);
		expect(read.ok ? [] : read.mistakes.map((one) => one.message)).toEqual(['the file is larger than 1 MB']);
	});

	test('refuses aliases that multiply', () => {
		const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
		for (const [one, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'])
			bomb.push(`${one}: &${one} [${Array(10).fill(`*${before}`).join(',')}]`);
		const read = readPlan(bomb.join('\n'), 'f.yaml', kinds);
		expect(read.ok).toBe(false);
	});

	test.each([
		['brackets', '['.repeat(20_000)],
		['maps', `${'{a: '.repeat(5000)}`],
		['sequences', '- '.repeat(5000)],
		['balanced brackets', `programme: ${'['.repeat(300)}${']'.repeat(300)}`],
	])('refuses nesting without end: %s', (_, text) => {
		expect(isAnswered(text)).toBe(true);
	});

	test('answers a file of very many keys', () => {
		expect(isAnswered(Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'))).toBe(true);
	});

	test('never throws, and answers any text with a plan or with mistakes that have a line', () => {
		const characters = fc.string({ unit: fc.constantFrom(...'{}[]:,-&*!|>%@`"\'#? \n\tabc01+ é\u0000\ufeff'), maxLength: 200 });
		fc.assert(fc.property(characters, isAnswered), { seed: 20251021, numRuns: 400 });
	});

	test('answers a sound plan that is cut, doubled and written over', () => {
		const place = fc.nat({ max: soundPlan.length });
		const piece = fc.constantFrom(
			'',
			':',
			'- ',
			'\n',
			'  ',
			'\t',
			'{',
			']',
			'"',
			'&a ',
			'*a',
			'!!map ',
			'? ',
			'__proto__: 1\n',
			'<<: *a\n',
			'null',
			'1e999',
			'- - -',
		);
		const bent = fc.tuple(place, fc.nat({ max: 60 }), piece, place, piece).map(([at, length, put, other, more]) => {
			const once = soundPlan.slice(0, at) + put + soundPlan.slice(at + length);
			return once.slice(0, other) + more + once.slice(other);
		});
		fc.assert(fc.property(bent, isAnswered), { seed: 20251022, numRuns: 300 });
	});
});

test('the JSON Schema knows the settings of each kind', () => {
	const text = JSON.stringify(planSchemaOf(kinds));
	for (const kind of kinds.keys()) expect(text).toContain(`{"kind":{"const":"${kind}"}}`);
});
