// The publisher: one delta a beat and audience, encoded once; and what a screen needs to follow on from where it stands.
// Told the board, the position and the time; knows no socket.
import type { Board } from '../../shared/board.ts';
import { diff } from '../../shared/delta.ts';
import type { Position } from '../../shared/entry.ts';
import { type Audience, audiences } from '../../shared/events.ts';
import type { DeltaFrame, Followed, Frame, FrameClock, JournalHealth, SnapshotFrame } from '../../shared/frame.ts';
import { isMinute } from '../../shared/judge-minute.ts';
import { viewFor } from './audience.ts';

export type PublisherInputs = {
	board(): Followed;
	clock(): FrameClock;
	journal(): JournalHealth;
	/** The identity provider does not answer. */
	providerDown?(): boolean;
	readonly rhythmMs: number;
};

/** Whatever is configured: in the cutover's minutes a screen is never further behind than this. */
export const MINUTE_RHYTHM_MS = 1000;

/** Beats whose boards are kept, so that a screen that was away gets one merged delta. Unchanged parts are shared between them. */
export const BEATS_KEPT = 300;

export type Publisher = {
	/** The next frame of an audience; every screen of it that stood at the last one may apply it. */
	beat(audience: Audience): DeltaFrame;
	/** What brings a screen at `at` to where the audience's last beat stands: one delta, or a snapshot where that can't be known. */
	resume(audience: Audience, at: Position | null): Frame;
	/** Where the audience's last beat stands. */
	position(audience: Audience): Position;
	/** How long to the next beat. */
	rhythmMs(): number;
};

export function createPublisher({ board, clock, journal, providerDown, rhythmMs }: PublisherInputs): Publisher {
	const chains = new Map(audiences.map((audience) => [audience, [viewed(audience)]]));

	function viewed(audience: Audience): Followed {
		const { position, board: whole } = board();
		return { position, board: viewFor[audience](whole) };
	}

	const rhythmNow = (): number => {
		const { cutovers, follows } = board().board;
		return follows !== null && isMinute(cutovers[follows]) ? Math.min(rhythmMs, MINUTE_RHYTHM_MS) : rhythmMs;
	};
	const chainOf = (audience: Audience): Followed[] => chains.get(audience) ?? [];
	const lastOf = (audience: Audience): Followed => chainOf(audience).at(-1) ?? viewed(audience);
	const head = ({ position }: Followed) => ({
		epoch: position.epoch,
		to: position.seq,
		hash: position.hash,
		...clock(),
		rhythmMs: rhythmNow(),
		journal: journal(),
		...(providerDown?.() ? { providerDown: true as const } : {}),
	});

	const snapshot = (state: Followed): SnapshotFrame => ({ kind: 'snapshot', ...head(state), board: state.board });
	const delta = (from: Followed, to: Followed): DeltaFrame => ({
		kind: 'delta',
		from: from.position.seq,
		...head(to),
		ops: from.board === to.board ? [] : diff(from.board, to.board),
	});

	return {
		beat(audience) {
			const chain = chainOf(audience);
			const last = lastOf(audience);
			const { position, board: whole } = viewed(audience);
			// First what is the same is made one, so that only what is new is compared key by key.
			const next = { position, board: share(last.board, whole) };
			const frame = delta(last, next);
			if (position.seq === last.position.seq) chain[chain.length - 1] = next;
			else chain.push(next);
			if (chain.length > BEATS_KEPT) chain.shift();
			return frame;
		},
		resume(audience, at) {
			const chain = chainOf(audience);
			const last = lastOf(audience);
			if (at === null || at.epoch !== last.position.epoch) return snapshot(last);
			const found = chain.findIndex((one) => one.position.seq === at.seq && one.position.hash === at.hash);
			const from = chain[found];
			if (from === undefined) return snapshot(last);
			const missed = chain.length - 1 - found;
			return missed > 1 ? { ...delta(from, last), merged: missed } : delta(from, last);
		},
		position: (audience) => lastOf(audience).position,
		rhythmMs: rhythmNow,
	};
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `next` with every branch that equals its counterpart in `last` replaced by it, so that kept boards share their memory. */
function share<T extends Board>(last: T, next: T): T {
	return shareTree(last as unknown as Tree, next as unknown as Tree) as unknown as T;
}

function shareTree(last: Tree, next: Tree): Tree {
	if (last === next) return last;
	let same = Object.keys(last).length === Object.keys(next).length;
	const mine: Tree = {};
	for (const key in next) {
		const was = last[key];
		const is = next[key];
		mine[key] = isTree(was) && isTree(is) ? shareTree(was, is) : is;
		if (mine[key] !== was) same = false;
	}
	return same ? last : mine;
}
