// Channels: what waits to be told over each, what was told, and whether it fails. Sends nothing, and decides nothing (domain/notice.ts does).
import { type ChannelFacts, NOTICES_ON_BOARD, type NoticeFacts, type ToldFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';

type Rows = Readonly<Record<string, NoticeFacts>>;
/** `made`: when the last message came into the outbox, so that a clock that jumps back does not put a later one before it. */
export type ChannelCell = { live: ChannelFacts; retired: boolean; isSilent: boolean; made: number };
export type ChannelCells = Record<string, ChannelCell>;
type ChannelEntry = Extract<AutoDraft, { what: 'notices' | 'delivered' | 'channel' }>;
type Notice = Extract<ChannelEntry, { what: 'notices' }>['notices'][number];

const fresh = {
	outbox: { count: 0, rows: {} },
	told: {},
	flood: null,
	delivered: 0,
	deliveredAt: null,
	refused: 0,
	failingSince: null,
	why: null,
} as const;

/** In a rehearsal a channel is silent unless the plan says otherwise. */
export function planChannels(cells: ChannelCells, plan: Plan, rehearsal: boolean): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.channels[id] === undefined;
	for (const [id, { label, kind, inRehearsal }] of Object.entries(plan.channels)) {
		const isSilent = rehearsal && !inRehearsal;
		const before = cells[id];
		cells[id] = { live: { ...fresh, ...before?.live, label, kind }, retired: false, isSilent, made: before?.made ?? 0 };
	}
}

const DAY_MS = 86_400_000;
/** Of alarms that are over; those that last are bounded by the alarms themselves. */
const MOST_TOLD = 500;
const MOST_TESTS = 5;

/** Begins with when it is due: the order of the keys is the order of sending. */
const keyOf = (due: number, seq: number, index: number): string =>
	`${String(due).padStart(14, '0')}-${String(seq).padStart(10, '0')}-${String(index).padStart(4, '0')}`;

export function applyChannelMark(cells: ChannelCells, { mark, seq, seen }: Entry & MarkDraft): void {
	const cell = mark.kind === 'channel' ? cells[mark.channel] : undefined;
	if (cell === undefined || cell.isSilent) return;
	const waiting = Object.values(cell.live.outbox.rows).filter(({ kind }) => kind === 'test');
	if (waiting.length >= MOST_TESTS) return;
	const about = { alarm: null, rule: null, subject: null, priority: null, since: null, notBefore: null, count: null };
	put(cell, { kind: 'test', ...about, at: seen }, keyOf(madeAt(cell, seen), seq, 0));
}

export function applyChannelEntry(cells: ChannelCells, entry: ChannelEntry, seq: number, at: number): void {
	if (entry.what === 'notices') {
		entry.notices.forEach((notice, index) => {
			const cell = cells[notice.channel];
			if (cell) applyNotice(cell, notice, { seq, index, at });
		});
		for (const cell of Object.values(cells)) {
			joinBeyondBound(cell);
			forgetOver(cell, at);
		}
		return;
	}
	const cell = cells[entry.channel];
	if (!cell) return;
	if (entry.what === 'channel') {
		const isFailing = entry.state === 'failing';
		cell.live = { ...cell.live, failingSince: isFailing ? (cell.live.failingSince ?? at) : null, why: isFailing ? entry.why : null };
		return;
	}
	const rows = { ...cell.live.outbox.rows };
	const sent = entry.notices.filter((key) => rows[key] !== undefined);
	for (const key of sent) delete rows[key];
	const { delivered, refused } = cell.live;
	const outcome = entry.refused === undefined ? { delivered: delivered + sent.length, deliveredAt: at } : { refused: refused + sent.length };
	cell.live = { ...cell.live, outbox: outboxOf(rows), ...outcome };
}

type Place = { readonly seq: number; readonly index: number; readonly at: number };

function applyNotice(cell: ChannelCell, { channel: _channel, ...notice }: Notice, { seq, index, at }: Place): void {
	cell.live = { ...cell.live, told: toldAfter(cell.live.told, notice, at), flood: floodAfter(cell.live.flood, notice, at) };
	const isNoted = notice.alarm === null ? notice.kind === 'flood' && notice.count === null : notice.count === 0;
	if (isNoted) return;
	if (notice.kind !== 'digest') {
		put(cell, notice, keyOf(notice.notBefore ?? madeAt(cell, at), seq, index));
		return;
	}
	const due = notice.notBefore ?? at;
	const open = Object.entries(cell.live.outbox.rows).find(
		([key, row]) => row.kind === 'digest' && row.notBefore === due && (at < due || key.includes(`-${String(seq).padStart(10, '0')}-`)),
	);
	const digest = together(open?.[1], notice);
	put(cell, digest, open?.[0] ?? keyOf(at < due ? due : madeAt(cell, at), seq, index));
}

/** One message about several: how many, the most urgent of them, the first moment. */
function together(before: NoticeFacts | undefined, notice: NoticeFacts): NoticeFacts {
	const priorities = [before?.priority, notice.priority].filter((one) => one != null);
	return {
		kind: 'digest',
		alarm: null,
		rule: null,
		subject: null,
		priority: priorities.length === 0 ? null : (Math.min(...priorities) as NonNullable<NoticeFacts['priority']>),
		at: Math.min(before?.at ?? notice.at, notice.at),
		since: null,
		notBefore: before ? before.notBefore : notice.notBefore,
		count: (before?.count ?? 0) + (notice.count ?? 1),
	};
}

function toldAfter(told: ChannelFacts['told'], { kind, alarm, since, count, at }: NoticeFacts, now: number): ChannelFacts['told'] {
	if (alarm === null || since === null) return told;
	const last = told[alarm];
	const isSame = last !== undefined && last[0] === since && last[4] === null;
	const before = isSame ? last[5] : last?.[2] === 'alone' ? (last[4] ?? undefined) : undefined;
	const overBefore = before === undefined ? ([] as const) : ([before] as const);
	let next: ToldFacts;
	if (isSame && (kind === 'off' || kind === 'digest')) next = [since, last[1], last[2], last[3], now, ...overBefore];
	else if (kind === 'off') return told;
	else {
		const how = isSame ? last[2] : kind === 'on' || (kind === 'escalated' && count === null) ? 'alone' : 'counted';
		next = [since, isSame ? last[1] : now, how, kind === 'escalated' ? at : isSame ? last[3] : null, null, ...overBefore];
	}
	return { ...told, [alarm]: next };
}

/** Its beginning stays, and is the instant that the first message about it names. */
function floodAfter(flood: ChannelFacts['flood'], { kind, alarm, at, count }: NoticeFacts, now: number): ChannelFacts['flood'] {
	if (kind !== 'flood') return flood;
	if (alarm === null) return null;
	return count === 0 ? flood : [flood?.[0] ?? at, now];
}

function madeAt(cell: ChannelCell, at: number): number {
	cell.made = Math.max(cell.made, at);
	return cell.made;
}

function put(cell: ChannelCell, notice: NoticeFacts, key: string): void {
	cell.live = { ...cell.live, outbox: outboxOf({ ...cell.live.outbox.rows, [key]: notice }) };
}

/** The end of a flood is one message, however many alarms are left. */
const standsFor = ({ kind, count, alarm }: NoticeFacts): number => (kind === 'flood' && alarm === null ? 1 : Math.max(1, count ?? 1));
const outboxOf = (rows: Rows): ChannelFacts['outbox'] => ({ count: Object.values(rows).reduce((sum, row) => sum + standsFor(row), 0), rows });

/** The least urgent first, of them the oldest. The first in line may be on its way and stays as it is; so does every P1. */
function joinBeyondBound(cell: ChannelCell): void {
	const keys = Object.keys(cell.live.outbox.rows).sort();
	if (keys.length <= NOTICES_ON_BOARD) return;
	const rows = { ...cell.live.outbox.rows };
	const isSingle = ({ kind }: NoticeFacts): boolean => kind === 'on' || kind === 'off';
	const singles = [3, 2].flatMap((priority) => keys.slice(1).filter((key) => rows[key]?.priority === priority && isSingle(rows[key])));
	const open = keys.slice(1).find((key) => rows[key]?.kind === 'digest' && rows[key].notBefore === null);
	// A digest of its own takes a place too.
	const surplus = singles.slice(0, keys.length - NOTICES_ON_BOARD + (open === undefined ? 1 : 0));
	if (surplus.length === 0) return;
	const place = open ?? [...surplus].sort()[0] ?? '';
	let digest = open === undefined ? undefined : rows[open];
	for (const key of surplus) {
		const row = rows[key];
		if (row) digest = together(digest, { ...row, notBefore: null, count: 1 });
		delete rows[key];
	}
	if (digest) rows[place] = digest;
	cell.live = { ...cell.live, outbox: outboxOf(rows) };
}

function forgetOver(cell: ChannelCell, now: number): void {
	const over = Object.entries(cell.live.told).filter(([, one]) => one[4] !== null);
	const newestFirst = over.sort(([, [, a]], [, [, b]]) => b - a);
	const gone = newestFirst.filter(([, [, at]], index) => index >= MOST_TOLD || now - at > DAY_MS);
	if (gone.length === 0) return;
	const told = { ...cell.live.told };
	for (const [key] of gone) delete told[key];
	cell.live = { ...cell.live, told };
}

export const showChannel = (cell: ChannelCell): ChannelFacts => cell.live;
