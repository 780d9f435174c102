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
		count: '{site}: {present} present, counted by hand',
		paper: { on: '{site}: on paper', off: '{site}: its system is back', entered: '{site}: all that was on paper is entered' },
		diversion: { open: '{site}: open to ambulances', limited: '{site}: ambulances limited', diverted: '{site}: ambulances diverted' },
		bedside: '{site}: respirators or physicians on duty updated',
		undo: 'Entry {seq} taken back',
	},
	refused: {
		'unknown-subject': 'This is not in the plan. Reload the page.',
		'reason-missing': 'Give a reason: it is kept in the record.',
		already: 'It stands so already. Look who marked it.',
		'not-begun': 'There is nothing to end or reopen yet.',
		'not-verified': 'The archive is not verified: wait until it is, or skip or fail the task with a reason.',
		'not-turned': 'This is a step of the way back: the command marks the turn back first.',
		'gate-not-passed': 'A gate before this task has not been passed. Pass the gate first.',
		'gate-not-go': 'The gate does not stand at go. Bring its criteria and votes together first.',
		'gate-closed': 'The gate is closed: no vote is taken. Reopen its task, or give it more time in the plan.',
		'criteria-not-met': 'A criterion is not met: vote go once all of them are.',
		'not-armed': 'The confirmation came late, or was used before. Hold again.',
		'promise-past': 'A promise lies ahead: give a later time.',
		'nothing-to-undo': 'There is nothing to take back here.',
		'not-yours': 'Only who made a mark takes it back. Reopen the task instead.',
		'too-late': 'A mark is taken back within ten seconds. Make a new mark that corrects it.',
		overlaid: 'Something was marked on it since. Take that back first.',
		'count-future': 'The count has a time that is still to come: check the clock.',
		'count-late': 'The count is more than a day old: count again.',
		'boarding-above-present': 'More people wait for a bed than are present: correct the count.',
	},
};
