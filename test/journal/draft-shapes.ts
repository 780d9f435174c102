// Plain drafts for the journals' tests. Invented figures only.
import type { Draft } from '../../shared/entry.ts';

const AT = Date.UTC(2025, 9, 26, 0, 30);

export const noteDraft = (text: string): Draft => ({ kind: 'mark', mark: { kind: 'note', text }, by: 'commander', at: AT });

export const samplesDraft = (count: number, step = 0): Draft => ({
	kind: 'samples',
	source: 'rclone-1',
	samples: Array.from({ length: count }, (_, i) => ({
		subject: `archive/a-${i % 50}` as const,
		measure: 'archive.bytesMoved' as const,
		value: 1e9 + step * 977 + i * 13,
		at: AT + step * 10,
	})),
});
