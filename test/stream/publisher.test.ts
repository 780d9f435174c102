// The publisher alone, over boards in memory: deltas that chain, a way on from every kept position, audiences that see what they may.
import { beforeEach, describe, expect, test } from 'vitest';
import { createPublisher, type Publisher } from '../../server/stream/publisher.ts';
import type { Board } from '../../shared/board.ts';
import type { Position } from '../../shared/entry.ts';
import { audiences } from '../../shared/events.ts';
import { applyFrame, type DeltaFrame, type Followed, type Frame } from '../../shared/frame.ts';
import { measures } from '../../shared/measures.ts';
import { archiveLiteral, boardLiteral, figure } from '../kit/board-literal.ts';

const BEATS_KEPT = 300;
const hashOf = (seq: number): string => seq.toString(16).padStart(12, '0');
const at = (seq: number, epoch = 'k7'): Position => ({ epoch, seq, hash: hashOf(seq) });

/** A record in memory: every step moves one archive. */
function memory() {
	let seq = 1;
	let epoch = 'k7';
	let board: Board = boardLiteral();
	const positions: Position[] = [at(1)];
	const publisher = createPublisher({
		board: () => ({ position: at(seq, epoch), board }),
		clock: () => ({ now: 1_000_000 + seq, real: 1_000_000, speed: 1 }),
		journal: () => ({ writes: true, since: 0 }),
		rhythmMs: 1000,
	});
	return {
		publisher,
		positions,
		board: () => board,
		show(next: Board, by = 1) {
			seq += by;
			board = next;
			positions.push(at(seq, epoch));
		},
		step() {
			const id = Object.keys(board.archives)[seq % Object.keys(board.archives).length] ?? '';
			const before = board.archives[id];
			if (!before) throw new Error('the literal has no archives');
			const archive = { ...before, figures: { ...before.figures, bytesMoved: figure(seq * 1000) } };
			this.show({ ...board, archives: { ...board.archives, [id]: archive } });
		},
		newEpoch() {
			epoch = 'k8';
			seq = 1;
		},
	};
}

let record: ReturnType<typeof memory>;
let publisher: Publisher;
beforeEach(() => {
	record = memory();
	publisher = record.publisher;
});

const follow = (frames: readonly Frame[], from: Followed | null = null): Followed | null => {
	let state = from;
	for (const frame of frames) {
		state = applyFrame(state, frame);
		if (state === null) return null;
	}
	return state;
};

describe('the chain of deltas', () => {
	test('brings a screen from its first snapshot to the newest board, frame by frame', () => {
		const frames: Frame[] = [publisher.resume('wall', null)];
		for (let n = 0; n < 20; n += 1) {
			record.step();
			frames.push(publisher.beat('wall'));
		}
		expect(follow(frames)).toEqual({ position: at(21), board: record.board() });
		expect(frames.map((frame) => frame.kind)).toEqual(['snapshot', ...Array.from({ length: 20 }, () => 'delta')]);
	});

	test('goes on when nothing changed: an empty frame with the time', () => {
		const frame = publisher.beat('wall');
		expect(frame).toMatchObject({ from: 1, to: 1, ops: [], now: 1_000_001, journal: { writes: true } });
	});

	test('advances seq where an audience sees nothing of what changed', () => {
		record.step();
		expect(publisher.beat('field')).toMatchObject({ from: 1, to: 2, ops: [] });
	});

	test('is broken by one lost frame, and the screen sees that', () => {
		const frames: Frame[] = [publisher.resume('wall', null)];
		for (let n = 0; n < 3; n += 1) {
			record.step();
			frames.push(publisher.beat('wall'));
		}
		expect(follow(frames.filter((_, n) => n !== 2))).toBeNull();
	});

	test('of one audience does not move another on', () => {
		record.step();
		publisher.beat('wall');
		expect(publisher.position('wall')).toEqual(at(2));
		expect(publisher.position('desk')).toEqual(at(1));
	});
});

describe('a screen that comes back', () => {
	test('goes on from any kept position with one frame, which says how many it stands for', () => {
		const states = new Map<number, Followed>([[1, { position: at(1), board: record.board() }]]);
		for (let n = 0; n < 40; n += 1) {
			record.step();
			publisher.beat('wall');
			states.set(n + 2, { position: at(n + 2), board: record.board() });
		}
		for (const [seq, state] of states) {
			const frame = publisher.resume('wall', state.position) as DeltaFrame;
			expect(frame).toMatchObject({ kind: 'delta', from: seq, to: 41 });
			const missed = 41 - seq;
			expect(frame.merged).toBe(missed > 1 ? missed : undefined);
			expect(follow([frame], state)).toEqual({ position: at(41), board: record.board() });
		}
	});

	test.each([
		['has no position', null],
		['has a position of another epoch', at(3, 'k6')],
		['has a hash that this record does not have', { ...at(3), hash: 'ffffffffffff' }],
		['is ahead of the record', at(99)],
		['stood between two beats', at(4)],
	])('gets a snapshot where it %s', (_cause, position) => {
		record.step();
		publisher.beat('wall');
		record.step();
		publisher.beat('wall');
		record.show(record.board(), 2);
		publisher.beat('wall');
		expect(publisher.resume('wall', position)).toMatchObject({ kind: 'snapshot', to: 5, hash: hashOf(5) });
	});

	test(`gets a snapshot once its position is more than ${BEATS_KEPT} beats old`, () => {
		for (let n = 0; n < BEATS_KEPT; n += 1) {
			record.step();
			publisher.beat('wall');
		}
		expect(publisher.resume('wall', at(1)).kind).toBe('snapshot');
		expect(publisher.resume('wall', at(2)).kind).toBe('delta');
	});

	test('is brought to the last beat and not beyond, so that the next beat follows on', () => {
		record.step();
		publisher.beat('wall');
		record.step();
		const state = follow([publisher.resume('wall', at(1))], { position: at(1), board: record.board() });
		expect(state?.position).toEqual(at(2));
		expect(follow([publisher.beat('wall')], state)?.position).toEqual(at(3));
	});

	test('is never given a delta across a change of epoch', () => {
		record.step();
		publisher.beat('wall');
		const before = follow([publisher.resume('wall', null)]);
		record.newEpoch();
		expect(follow([publisher.beat('wall')], before)).toBeNull();
		expect(publisher.resume('wall', before?.position ?? null)).toMatchObject({ kind: 'snapshot', epoch: 'k8', to: 1 });
	});
});

describe('what an audience sees', () => {
	const noted = (board: Board): Board => ({
		...board,
		marks: { count: 1, rows: { 7: { at: 1, by: 'person/turno-1', mark: { kind: 'note', text: 'SOLO-PER-NOI' } } } },
	});

	test.each(['wall', 'desk'] as const)('%s: all of it', (audience) => {
		expect(follow([publisher.resume(audience, null)])?.board).toEqual(record.board());
	});

	test('the press: public measures alone, and neither sources, teams, notes nor displays', () => {
		record.show({
			...noted(record.board()),
			archives: { x: archiveLiteral({ label: 'X', total: 1, moved: 1, verified: 0, source: 'rclone-segreto' }) },
		});
		publisher.beat('press');
		const board = follow([publisher.resume('press', null)])?.board;
		const shown = Object.keys(board?.archives.x?.figures ?? {}).map((name) => `archive.${name}` as keyof typeof measures);
		expect(shown.length).toBeGreaterThan(3);
		expect(shown.filter((name) => measures[name].press !== 'public')).toEqual([]);
		expect(board).toMatchObject({ sources: {}, teams: {}, displays: {}, marks: { count: 0, rows: {} } });
		expect(board?.archives.x).toMatchObject({ team: null, sources: [] });
		expect(JSON.stringify(board)).not.toMatch(/SOLO-PER-NOI|rclone-segreto|errors|transferring/);
	});

	test('the ward: services and the window, and neither archives, sources, teams, notes nor displays', () => {
		record.show(noted(record.board()));
		publisher.beat('field');
		const board = follow([publisher.resume('field', null)])?.board;
		expect(board).toMatchObject({ archives: {}, sources: {}, teams: {}, displays: {}, marks: { count: 0, rows: {} } });
		expect(board?.services).toEqual(record.board().services);
		expect(board?.cutovers).toEqual(record.board().cutovers);
	});

	test('is reduced in deltas as in snapshots', () => {
		const first = Object.fromEntries(audiences.map((audience) => [audience, follow([publisher.resume(audience, null)])]));
		record.show(noted(record.board()));
		for (const audience of ['field', 'press'] as const) {
			const frame = publisher.beat(audience);
			expect(JSON.stringify(frame)).not.toContain('SOLO-PER-NOI');
			expect(follow([frame], first[audience] ?? null)?.position.seq).toBe(2);
		}
		expect(JSON.stringify(publisher.beat('wall'))).toContain('SOLO-PER-NOI');
	});
});
