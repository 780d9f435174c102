// A past night's curve: exported from a journal, read beside the plan, laid under tonight's at the same T+, and kept off the wall.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { curveOf } from '../../server/domain/curve.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { planCommand } from '../../server/plan-command.ts';
import { exportCurve, readCurve } from '../../server/plan-curve.ts';
import { readPlan } from '../../server/plan-file.ts';
import { boardOf } from '../../server/projections/fold.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import { viewFor } from '../../server/stream/audience.ts';
import type { Board } from '../../shared/board.ts';
import { curvePoints, curveTask, reachedAt } from '../../shared/curve.ts';
import { type Curve, curveSchema } from '../../shared/curve-schema.ts';
import { judge } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import { temporaryFolder } from '../kit/server.ts';
import { play } from './play.ts';

const rehearsals = await loadRehearsals();
const registry = await loadRegistry();
const file = new URL('../../server/rehearsal/san-martino.curve.json', import.meta.url);
const shipped = JSON.parse(readFileSync(file, 'utf8')) as Curve;
const MINUTE = 60_000;
const MAX_BYTES = 30_000;

function open(name: string) {
	const rehearsal = rehearsals.get(name);
	if (!rehearsal) throw new Error(name);
	const read = readPlan(rehearsal.planText, rehearsal.planFile, registry);
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	return { rehearsal, plan: read.plan };
}

describe('the curve that San Martino’s plan names', () => {
	test('is small, and sound by its schema', () => {
		expect(readFileSync(file).length).toBeLessThan(MAX_BYTES);
		expect(curveSchema.safeParse(shipped).error).toBeUndefined();
		expect(open('san-martino').plan.cutover.rehearsal?.curve).toBe('san-martino.curve.json');
	});

	test('is that of the dress rehearsal as it was run, with seed 2', () => {
		const { rehearsal, plan } = open('san-martino-generale');
		let last: Board | null = null;
		for (const { at, facts } of play(rehearsal.open(2), plan)) if (at === plan.cutover.window.end) last = boardOf(facts);
		expect(last && { ...curveOf(last), digest: '' }).toEqual({ ...shipped, digest: '' });
	});
});

const curve: Curve = {
	kind: 'regia-curve',
	v: 1,
	cutover: 'prova',
	digest: 'd',
	rehearsal: true,
	fromMs: MINUTE,
	stepMs: MINUTE,
	archives: { x: { unit: 'B', scale: 10, moved: [1, null, 3, 3, 5], verified: [] } },
	tasks: { t: [-MINUTE, null] },
};

describe('a curve', () => {
	test('lies at the same T+ of the night that it is laid under', () => {
		expect(curvePoints(curve, 'x', 'moved', 1_000_000).map(({ at, value }) => [(at - 1_000_000) / MINUTE, value])).toEqual([
			[1, 10],
			[2, null],
			[3, 30],
			[4, 30],
			[5, 50],
		]);
		expect([curvePoints(curve, 'y', 'moved', 0), curvePoints(curve, 'constructor', 'moved', 0)]).toEqual([[], []]);
		expect([curveTask(curve, 't', 1_000_000), curveTask(curve, 'u', 0)]).toEqual([
			[1_000_000 - MINUTE, null],
			[null, null],
		]);
	});

	test.each([
		[10, 1],
		[20, 2],
		[30, 3],
		[40, 4.5],
		[50, 5],
		[51, null],
		[9, null],
	])('came to %i at minute %s, straight between what was heard', (value, minute) => {
		expect(reachedAt(curve, 'x', 'moved', value)).toBe(minute === null ? null : minute * MINUTE);
	});
});

describe('San Martino’s night beside its rehearsal', () => {
	const { rehearsal, plan } = open('san-martino');
	const boards = new Map<number, Board>();
	for (const { at, facts } of play(rehearsal.open(1), plan)) {
		const minute = (at - plan.cutover.window.start) / MINUTE;
		if ([5, 360, 255, 433, 479, 540].includes(minute)) boards.set(minute, { ...boardOf(facts), ghost: shipped });
	}
	const ghostAt = (minute: number) => {
		const board = boards.get(minute);
		if (!board) throw new Error(`${minute}`);
		return judge(board, plan.cutover.window.start + minute * MINUTE).ghost;
	};
	/** A bucket of 157 s, the sway of both nights (20 s each), and five digits of 1.8 TB. */
	const NEAR = 3.5;

	test.each([
		// As fast as then.
		[255, 'immagini-ps', 'movedAheadMs', 0],
		// 3.6 TB were moved at 00:50 tonight, and at minute 267 then.
		[360, 'ambulatori-referti', 'movedAheadMs', 267.2 - 350],
		// 1710 GB are verified since 01:55; then it took (1710 − 600) / (1200 / 449) = 415.3 minutes, and the clock runs on.
		[433, 'cartella-database', 'verifiedAheadMs', 415.3 - 433],
		// Verified in full at 02:55 tonight, at minute 449 then: that stands, however late it is.
		[540, 'cartella-database', 'verifiedAheadMs', 449 - 475],
	] as const)('at minute %i the archive %s is %s of %d minutes', (minute, id, name, ahead) => {
		const shown = (ghostAt(minute)?.archives[id]?.[name] ?? Number.NaN) / MINUTE;
		expect(Math.abs(shown - ahead), `${shown}`).toBeLessThanOrEqual(NEAR);
	});

	test('says nothing of an archive that is silent', () => {
		expect(ghostAt(255)?.archives['cartella-documenti']).toEqual({ movedAheadMs: null, verifiedAheadMs: null });
	});

	test.each([
		// Their index ended at minute 313, then at 250; the copy, which is running, would be 332 − 360 by its end.
		[360, 'Referti', 250 - 313],
		[433, 'Immagini', 412 - 412],
		// Counted again since minute 478, then since 452; it would be 464 − 479 by its end.
		[479, 'Dati', 452 - 478],
		// The record was opened at minute 526, then at 500.
		[540, 'Cartella', 500 - 526],
		[5, 'Documenti', 0],
	])('at minute %i the stream %s is %d minutes ahead', (minute, stream, ahead) => {
		expect(ghostAt(minute)?.streams[stream]).toBe(ahead * MINUTE);
	});

	test('has nothing to say where no curve was laid', () => {
		const board = boards.get(360);
		expect(board && judge({ ...board, ghost: null }, plan.cutover.window.start + 360 * MINUTE).ghost).toBeNull();
	});
});

describe('on its way', () => {
	test('it reaches the desk, and no other audience', () => {
		const board = boardLiteral({ ghost: curve });
		const shown = Object.entries(viewFor).filter(([, view]) => view(board).ghost !== null);
		expect(shown.map(([audience]) => audience)).toEqual(['desk']);
	});

	test('it is exported from a journal, as it stands, and read again beside a plan', async () => {
		const { rehearsal, plan } = open('san-martino');
		const data = temporaryFolder('curve');
		const journal = await openSqliteJournal(data);
		const { start } = plan.cutover.window;
		await journal.append({ kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true }, start);
		for (const at of [start, start + 15_000]) {
			for (const { source, samples } of rehearsal.open(1).batchesAt(at)) {
				await journal.append({ kind: 'samples', source, samples: samples.map((one) => ({ ...one, at: Date.parse(one.at) })) as never }, at);
			}
		}
		const out = join(data, 'prova.json');
		// While a Regia has it open.
		expect(await planCommand(['curve', '--data', data, '--out', out])).toMatchObject({ status: 0 });
		await journal.close();
		const named: Plan = { ...plan, cutover: { ...plan.cutover, rehearsal: { curve: 'prova.json' } } };
		const read = await readCurve(named, data);
		if (!('curve' in read) || read.curve === null) throw new Error(JSON.stringify(read));
		expect(Object.keys(read.curve.archives)).toEqual(Object.keys(plan.archives));
		expect(read.curve.archives['immagini-ps']?.moved).toHaveLength(1);
		writeFileSync(out, JSON.stringify({ ...read.curve, stepMs: 0 }));
		expect(await readCurve(named, data)).toMatchObject({ mistake: expect.stringContaining('stepMs') });
		writeFileSync(out, '{');
		expect(await readCurve(named, data)).toMatchObject({ mistake: expect.stringContaining('is not JSON') });
		expect(await readCurve(named, join(data, 'altrove'))).toMatchObject({ mistake: expect.stringContaining('cannot be read') });
		expect(await exportCurve(join(data, 'altrove'))).toMatchObject({ mistake: expect.stringContaining('holds no journal') });
		const checked = join(data, 'notte.yaml');
		writeFileSync(checked, rehearsal.planText);
		expect(await planCommand(['check', checked])).toMatchObject({ status: 2, err: expect.stringContaining('san-martino.curve.json cannot be read') });
		expect(await planCommand(['curve'])).toMatchObject({ status: 2, err: expect.stringContaining('--data') });
	});

	test('a plan may name only a file beside it', () => {
		const { rehearsal } = open('san-martino');
		for (const name of ['../altra.json', '/etc/prova.json', 'prova.yaml', 'a/b.json']) {
			const text = rehearsal.planText.replace('san-martino.curve.json', name);
			expect(readPlan(text, 'p.yaml', registry)).toMatchObject({ ok: false, mistakes: [{ path: 'cutover.rehearsal.curve' }] });
		}
	});

	test('an example stands alone: its plan starts without the curve', async () => {
		const { out } = await planCommand(['example', 'san-martino']);
		const read = readPlan(out, 'p.yaml', registry);
		expect(read.ok && read.plan.cutover.rehearsal).toBeUndefined();
		expect(out).toContain('# rehearsal: { curve: ');
	});
});
