// How long going back stays possible, in words: possible, passed, not needed, under way, not known. Pure.
import { formatCountdown, formatMoment, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { RollbackNow } from '../../shared/judge-night.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';

export type RollbackModel = {
	readonly title: string;
	readonly standing: Standing;
	readonly figure: string;
	readonly isWords: boolean;
	/** What makes it amber besides the hour. */
	readonly remark: string | null;
	readonly context: readonly string[];
};

export function rollbackModel(judged: BoardNow, words: Words): RollbackModel {
	const { rollback, cutover, forecast, now } = judged;
	const w = words.wall.back;
	const none = { figure: UNKNOWN, isWords: false, remark: null };
	if (rollback === null) return { ...none, title: words.rollback.possibleFor, standing: 'good', context: [w.notPlanned] };
	const { lastMoment, remainingMs, standing, reason } = rollback;
	const clock = (instant: number): string => formatMoment(instant, zoneOf(judged));
	const parts = partsOf(rollback, words);
	switch (reason) {
		case 'unknown-duration':
			return { ...none, title: words.rollback.possibleFor, standing, context: [w.unknown, ...deciderOf(rollback, words)] };
		case 'finished':
			return { ...none, title: w.title, standing, figure: w.notNeeded, isWords: true, context: [words.wall.allDone] };
		case 'turned-back': {
			if (forecast.reason === 'finished') {
				return { ...none, title: w.title, standing: 'good', figure: w.turnedDone, isWords: true, context: [words.wall.allDone] };
			}
			const since = cutover?.turnedBackAt ?? now;
			// Once it is turned, the forecast is of the way back.
			const at = forecast.finish?.p50 ?? (rollback.parts.rollbackMs === null ? null : since + rollback.parts.rollbackMs);
			const until = at === null ? [] : [fill(w.turnedUntil, { time: clock(at) })];
			return { ...none, title: w.turned, standing, figure: formatCountdown(now - since), context: [...until, ...parts] };
		}
		case 'passed': {
			const at = lastMoment === null ? [] : [fill(w.passedAt, { time: clock(lastMoment) })];
			return { ...none, title: w.title, standing, figure: w.passed, isWords: true, context: [...at, ...parts] };
		}
		default: {
			const remark = reason === 'forward-does-not-fit' || reason === 'forward-unknown' ? w[reason] : null;
			const context = remark === null ? [...parts, ...deciderOf(rollback, words)] : parts;
			return { title: words.rollback.possibleFor, standing, figure: formatCountdown(remainingMs), isWords: false, remark, context };
		}
	}
}

function partsOf({ parts, evidence }: RollbackNow, words: Words): readonly string[] {
	if (parts.rollbackMs === null) return [];
	const w = words.wall.back;
	return [fill(w.lasts, { time: formatCountdown(parts.rollbackMs), evidence: w.evidence[evidence.rollback] })];
}

const deciderOf = ({ decider }: RollbackNow, words: Words): readonly string[] =>
	decider === null ? [] : [fill(words.wall.back.decider, { who: decider })];
