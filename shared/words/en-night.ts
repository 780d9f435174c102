// The night's words in English.

import type { Shape } from './it.ts';
import type { nightIt } from './it-night.ts';

export const nightEn: Shape<typeof nightIt> = {
	mark: {
		task: {
			started: '{task}: started',
			done: '{task}: done',
			skipped: '{task}: skipped',
			failed: '{task}: failed',
			reopened: '{task}: reopened',
		},
		vote: { go: '{gate}, {position}: go', hold: '{gate}, {position}: hold', back: '{gate}, {position}: back' },
		report: '{team}: reports',
		promised: '{team}: promises by {time}',
		writes: { frozen: 'Writes frozen', 'first-good': 'First good transaction on the new side' },
		turn: { back: 'Turning back', on: 'Going on' },
		undo: 'Entry {seq} taken back',
	},
};
