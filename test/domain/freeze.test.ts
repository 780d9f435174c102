// A frozen sheet over a real journal: the same at any later time, another as soon as the record says otherwise, and never more than may be told.
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { canonicalJson, digestOfFrozen, freezeSheet, verifyFrozen } from '../../server/domain/freeze.ts';
import { pressFigures } from '../../server/domain/press-figures.ts';
import { openMemoryJournal } from '../../server/journal/memory-journal.ts';
import { readPlan } from '../../server/plan-file.ts';
import { boardOf } from '../../server/projections/fold.ts';
import { foldTo } from '../../server/recorder.ts';
import type { Draft } from '../../shared/entry.ts';
import { type FrozenSheet, SHEET_FORM, type SheetContent } from '../../shared/press.ts';
import { scaled } from '../faults/kit/scale.ts';
import { soundPlan } from '../plan/sound-plan.ts';

const SECOND = 1000;
const read = readPlan(soundPlan, 'plan.yaml', await loadRegistry());
if (!read.ok) throw new Error('the sound plan is not sound');
const { plan, digest } = read;
const START = plan.cutover.window.start;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const content: SheetContent = {
	template: 'milestone',
	title: { it: 'La notte', en: 'The night' },
	heroes: [{ key: 'archives.moved', caption: null }],
	chart: 'archives.moved',
	lists: [{ title: { it: 'Servizi', en: 'Services' }, keys: ['service.state/cartella', 'archives.done', 'archives.moved'] }],
	sentences: [],
	facts: true,
	incident: null,
};

/** A reading every half minute; `bend` changes one figure of the record's copy. */
function draftAt(i: number, bend = 0): Draft {
	const at = START + i * 30 * SECOND;
	const sample = (
		subject: `archive/${string}` | `service/${string}`,
		measure: 'archive.bytesMoved' | 'archive.bytesTotal' | 'service.upNew',
		value: number,
	) => ({
		subject,
		measure,
		value,
		at,
	});
	return {
		kind: 'samples',
		source: 'copia',
		samples: [
			sample('archive/cce-db', 'archive.bytesTotal', 1.8e12),
			sample('archive/cce-db', 'archive.bytesMoved', 1e11 + i * 1e10 + bend),
			sample('service/cartella', 'service.upNew', i % 7 === 0 ? 0 : 1),
		],
	};
}

const FROZEN_AT = 41;
async function recordOf(count: number, bends: Readonly<Record<number, number>> = {}) {
	const journal = openMemoryJournal();
	await journal.append({ kind: 'plan', plan, text: soundPlan, digest, by: 'prova', rehearsal: false }, START);
	for (let i = 1; i <= count; i += 1) await journal.append(draftAt(i, bends[i]), START + i * 30 * SECOND);
	return journal;
}

async function viewOf(journal: Awaited<ReturnType<typeof recordOf>>, seq: number) {
	const facts = await foldTo(journal, seq);
	return { board: boardOf(facts), press: facts.plan?.press ?? null, at: facts.seen + 4 * SECOND };
}
async function frozenOf(journal: Awaited<ReturnType<typeof recordOf>>, seq = FROZEN_AT): Promise<FrozenSheet> {
	const view = await viewOf(journal, seq);
	const made = freezeSheet({ id: '7f3k-92qd', content, view, position: { seq, hash: (await journal.hashAt(seq)) ?? '' } });
	if (!made.ok) throw new Error(made.message);
	return made.value;
}

describe('a sheet of one place of the record', () => {
	it('is the same, byte for byte, after ten thousand more entries', async () => {
		const journal = await recordOf(FROZEN_AT);
		const today = await frozenOf(journal);
		const more = scaled(50_000, 10_000);
		for (let i = FROZEN_AT + 1; i <= FROZEN_AT + more; i += 1) await journal.append(draftAt(i % 150), START + i * 30 * SECOND);
		const later = await frozenOf(journal);
		expect(journal.head().seq).toBe(FROZEN_AT + more + 1);
		expect(canonicalJson(later)).toBe(canonicalJson(today));
		expect(digestOfFrozen(later, sha256)).toBe(digestOfFrozen(today, sha256));
		expect(today.figures.map(({ key, text }) => [key, text.it])).toEqual([
			['archives.moved', '500\u00a0GB'],
			['service.state/cartella', 'attivo'],
			['archives.done', '0 su 1'],
		]);
	});

	it('has another digest when one figure of the record is another, and says which', async () => {
		const frozen = await frozenOf(await recordOf(FROZEN_AT));
		const bent = await recordOf(FROZEN_AT, { 40: 1e9 });
		expect(digestOfFrozen(await frozenOf(bent), sha256)).not.toBe(digestOfFrozen(frozen, sha256));
		expect(verifyFrozen(frozen, await viewOf(await recordOf(FROZEN_AT), FROZEN_AT))).toEqual([]);
		expect(verifyFrozen(frozen, await viewOf(bent, FROZEN_AT))).toEqual(['archives.moved', 'course/archives.moved']);
	});

	it('finds a figure changed by one on the sheet itself', async () => {
		const frozen = await frozenOf(await recordOf(FROZEN_AT));
		const view = await viewOf(await recordOf(FROZEN_AT), FROZEN_AT);
		for (const { key } of frozen.figures) {
			const figures = frozen.figures.map((one) => (one.key === key ? { ...one, value: (one.value ?? 0) + 1 } : one));
			expect(verifyFrozen({ ...frozen, figures }, view)).toEqual([key]);
			expect(digestOfFrozen({ ...frozen, figures }, sha256)).not.toBe(digestOfFrozen(frozen, sha256));
		}
		expect(verifyFrozen({ ...frozen, plan: { ...frozen.plan, digest: 'x' } }, view)).toEqual(['plan']);
	});

	it('of the first form keeps its words, and is held to its figures and its course alone', async () => {
		const view = await viewOf(await recordOf(FROZEN_AT), FROZEN_AT);
		const { form: _form, policy: _policy, course, figures, ...rest } = await frozenOf(await recordOf(FROZEN_AT));
		const words = { it: 'Come si diceva allora.', en: 'As it was put then.' };
		if (course === null) throw new Error('no course');
		const { key, label, points } = course;
		const old: FrozenSheet = { ...rest, course: { key, label, points }, figures: figures.map((one) => ({ ...one, method: words, note: words })) };
		expect(verifyFrozen(old, view)).toEqual([]);
		expect(verifyFrozen({ ...old, form: SHEET_FORM }, view)).toEqual([...figures.map((one) => one.key), 'course/archives.moved']);
		const bent = await viewOf(await recordOf(FROZEN_AT, { 40: 1e9 }), FROZEN_AT);
		expect(verifyFrozen(old, bent)).toEqual(['archives.moved', 'course/archives.moved']);
		expect(verifyFrozen({ ...old, course: { key, label, points: points.slice(1) } }, view)).toEqual(['course/archives.moved']);
	});

	it('has with its chart all that its figure has', async () => {
		const journal = await recordOf(FROZEN_AT);
		const view = await viewOf(journal, FROZEN_AT);
		for (const later of [0, 3 * 3_600_000]) {
			const made = pressFigures({ ...view, at: view.at + later });
			const figure = made.figures.find(({ key }) => key === 'archives.moved');
			const course = made.courses.find(({ key }) => key === 'archives.moved');
			expect(figure?.note === null).toBe(later === 0);
			expect(course).toMatchObject({ method: figure?.method, at: figure?.at, completeness: figure?.completeness, note: figure?.note });
		}
	});

	it.each([
		['an unknown figure', { heroes: [{ key: 'archives.lost', caption: null }] }, 'unknown-figure'],
		['a figure that may not be told', { heroes: [{ key: 'sites.presentTotal', caption: null }] }, 'unknown-figure'],
		['a course that is none', { chart: 'archives.done' }, 'unknown-course'],
	])('is not made of %s', async (_, rest, code) => {
		const view = await viewOf(await recordOf(3), 3);
		expect(freezeSheet({ id: 'x', content: { ...content, ...rest }, view, position: { seq: 3, hash: '' } })).toMatchObject({ ok: false, code });
	});

	it('is not made before there is a plan', async () => {
		const view = await viewOf(openMemoryJournal(), 0);
		expect(freezeSheet({ id: 'x', content, view, position: { seq: 0, hash: '' } })).toMatchObject({ ok: false, code: 'no-plan' });
	});
});

describe('the canonical form', () => {
	it('is the same in whatever order keys were set, and reads back as what it was', () => {
		const shuffled = (value: unknown): unknown =>
			Array.isArray(value)
				? value.map(shuffled)
				: typeof value === 'object' && value !== null
					? Object.fromEntries(
							Object.entries(value)
								.reverse()
								.map(([key, one]) => [key, shuffled(one)]),
						)
					: value;
		fc.assert(
			fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
				const text = canonicalJson(value);
				expect(canonicalJson(shuffled(value))).toBe(text);
				expect(canonicalJson(JSON.parse(text))).toBe(text);
			}),
			{ numRuns: scaled(20_000, 1000), seed: 3 },
		);
	});

	it.each([
		[{ b: 1, a: [null, 'è', 1.5] }, '{"a":[null,"è",1.5],"b":1}'],
		[{ a: undefined, b: {} }, '{"b":{}}'],
	])('of %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text));

	it('refuses what JSON would change without a word', () => {
		for (const value of [Number.NaN, Number.POSITIVE_INFINITY, [() => 1]]) expect(() => canonicalJson(value)).toThrow('cannot hold');
	});
});
