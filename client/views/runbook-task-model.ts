// One task in full, as its panel shows it. Pure: told state, words and language.

import { formatMoment, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { TaskNow } from '../../shared/judge-night.ts';
import { peopleOf } from '../../shared/words/desk-words.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';
import { sayBy } from '../tiles/say-by.ts';
import { sayMark } from '../tiles/say-mark.ts';
import { actualOf, deltaOf, sayDelta, sayDuration, spanOf, teamLabelOf } from './runbook-model.ts';

export function taskModel(state: ScreenState, id: string, words: Words, own: RunbookWords, _language: Language) {
	const { judged } = state;
	if (judged === null) return null;
	const { tasks } = judged.runbook;
	const task = tasks[id];
	if (task === undefined) return null;
	const zone = zoneOf(judged);
	const linked = (ids: readonly string[]) =>
		ids.flatMap((one) => {
			const other = tasks[one];
			if (other === undefined) return [];
			return [{ id: one, label: other.label, state: own.status[other.status], isOver: other.endedAt !== null }];
		});
	const delta = deltaOf(task);
	const team = teamLabelOf(task.team, state);
	return {
		label: task.label,
		kind: [own.kind[task.kind], task.stream].filter((one) => one !== '').join(' · '),
		standing: task.status === 'failed' ? ('bad' as const) : task.isLate ? ('watch' as const) : ('good' as const),
		state: [
			own.status[task.status],
			task.isLate ? own.late : null,
			delta === null ? null : sayDelta(delta),
			task.isCritical && task.endedAt === null ? own.critical : null,
		]
			.filter((one) => one !== null)
			.join(' · '),
		status: task.status,
		gate: task.gate,
		team: task.team,
		whose: team === '' ? (peopleOf(words).roles.commander ?? 'commander') : team,
		facts: factsOf(task, judged, team, zone, words, own),
		after: linked(task.after),
		before: linked(
			Object.entries(tasks)
				.filter(([, other]) => other.after.includes(id))
				.map(([one]) => one),
		),
		...historyOf(judged, id, zone, words),
	};
}

function factsOf(
	task: TaskNow,
	judged: BoardNow,
	team: string,
	zone: string,
	words: Words,
	own: RunbookWords,
): readonly (readonly [string, string])[] {
	const { planned, rehearsed, durationMs, fixed, owner, criterion, restores, archive, reason, reopened } = task;
	const w = own.task;
	const plannedTold = planned === null ? sayDuration(durationMs) : `${spanOf(planned, zone)} · ${sayDuration(durationMs)}`;
	const all: readonly (readonly [string, string | null])[] = [
		[own.columns.team, team === '' ? null : team],
		[w.owner, owner === null ? null : (peopleOf(words).roles[owner] ?? owner)],
		[w.planned, plannedTold],
		[
			w.rehearsed,
			rehearsed === null
				? fill(w.notRehearsed, { planned: sayDuration(durationMs) })
				: fill(w.rehearsedAs, { p50: sayDuration(rehearsed[0]), p90: sayDuration(rehearsed[1]) }),
		],
		[w.actual, actualOf(task, zone, own) || null],
		[w.forecast, task.endedAt === null ? spanOf(task.forecast, zone) || null : null],
		[w.fixed, fixed === null ? null : formatMoment(fixed, zone)],
		[w.criterion, criterion ?? w.noCriterion],
		[w.archive, archive === null ? null : labelOf(judged, `archive/${archive}`)],
		[w.restores, restores === null ? null : labelOf(judged, `service/${restores}`)],
		[own.reason, reason],
		[own.act.reopened, reopened === 0 ? null : fill(reopened === 1 ? w.reopened : w.reopenedMore, { count: reopened })],
	];
	return all.filter((one): one is readonly [string, string] => one[1] !== null);
}

/** Newest first. A mark that was taken back stays to be read. */
function historyOf({ marks, ...judged }: BoardNow, id: string, zone: string, words: Words) {
	const takenBack = new Set(marks.last.flatMap(({ mark }) => (mark.kind === 'undo' ? [mark.seq] : [])));
	return {
		history: marks.last
			.filter(({ mark }) => mark.kind === 'task' && mark.task === id)
			.map(({ seq, at, by, mark }) => ({
				seq,
				time: formatMoment(at, zone, true),
				text: sayMark(mark, { ...judged, marks }, words),
				by: sayBy(by, { ...judged, marks }, words),
				isTakenBack: takenBack.has(seq),
			})),
		isHistoryCut: marks.count > marks.last.length,
	};
}
