// Channels: what waits to be told over each, what was told, and whether it fails. Sends nothing.
import type { ChannelFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';

export type ChannelCell = { live: ChannelFacts; retired: boolean };
export type ChannelCells = Record<string, ChannelCell>;
type ChannelEntry = Extract<AutoDraft, { what: 'notices' | 'delivered' | 'channel' }>;

export function planChannels(cells: ChannelCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.channels[id] === undefined;
	for (const [id, { label, kind }] of Object.entries(plan.channels)) {
		const fresh = { outbox: { count: 0, rows: {} }, told: {}, flood: null, delivered: 0, deliveredAt: null, refused: 0, failingSince: null, why: null };
		cells[id] = { live: { ...fresh, ...cells[id]?.live, label, kind }, retired: false };
	}
}

export function applyChannelEntry(_cells: ChannelCells, _entry: ChannelEntry, _seq: number, _at: number): void {}
export const showChannel = (cell: ChannelCell): ChannelFacts => cell.live;
