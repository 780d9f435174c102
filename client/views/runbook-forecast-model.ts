// The forecast as its cards say it. Pure: told the board, words and language.
import { formatAge, formatCountdown, formatMoment, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';
import { promisesSpec } from '../tiles/charts/promises-model.ts';
import { sayDuration } from './runbook-model.ts';

const ON_TIME_MS = 60_000;

export function forecastModel(judged: BoardNow, own: RunbookWords, language: Language) {
	const { forecast, runbook } = judged;
	const zone = zoneOf(judged);
	const clock = (at: number): string => formatMoment(at, zone);
	const { finish, reason, marginMs } = forecast;
	const endedAt = reason === 'finished' ? lastEndOf(judged) : null;
	const why = endedAt !== null ? fill(own.forecast.endedAt, { time: clock(endedAt) }) : reason === null ? null : own.forecast.why[reason];
	return {
		standing: forecast.standing,
		why,
		isFinished: reason === 'finished',
		figure: endedAt !== null ? clock(endedAt) : finish === null ? UNKNOWN : clock(finish.p50),
		between: finish === null ? null : fill(own.forecast.between, { p50: clock(finish.p50), p90: clock(finish.p90) }),
		p80: finish === null ? null : fill(own.forecast.p80, { p80: clock(finish.p80) }),
		margin: formatCountdown(marginMs),
		over: marginMs !== null && marginMs < 0 ? fill(own.forecast.over, { time: sayDuration(marginMs) }) : null,
		asOf: forecast.ageMs === null ? null : fill(own.forecast.asOf, { age: formatAge(forecast.ageMs, language) }),
		wider: forecast.blind.length === 0 ? null : fill(own.forecast.wider, { names: forecast.blind.map((one) => nameOf(judged, one)).join(', ') }),
		drivers: forecast.drivers.map(({ subject, label }) => {
			const [kind = '', id = ''] = subject.split('/');
			const task = kind === 'task' ? runbook.tasks[id] : undefined;
			const href = kind === 'task' ? `/runbook/${id}` : kind === 'archive' ? `/archives/${id}` : null;
			return { subject, label, href, isLate: task?.isLate ?? false, at: task?.forecast ? clock(task.forecast[1]) : null };
		}),
		streams: Object.entries(forecast.streams)
			.map(([stream, { factor, aheadMs }]) => ({
				stream,
				isBehind: aheadMs < -ON_TIME_MS,
				aheadMs,
				told:
					Math.abs(aheadMs) < ON_TIME_MS
						? own.forecast.onTime
						: fill(aheadMs > 0 ? own.forecast.ahead : own.forecast.behind, { time: sayDuration(aheadMs) }),
				beside: besideOf(judged.ghost?.streams[stream] ?? null, own),
				factor: fill(own.forecast.factor, { factor: formatNumber(factor, language, 2) }),
			}))
			.sort((a, b) => a.aheadMs - b.aheadMs),
		promises: promisesSpec(judged, zone),
	};
}

/** When the last task of the night ended, whichever way the night went. */
function lastEndOf({ runbook }: BoardNow): number | null {
	const ends = Object.values(runbook.tasks).flatMap(({ endedAt, status }) => (endedAt === null || status === 'skipped' ? [] : [endedAt]));
	return ends.length === 0 ? null : Math.max(...ends);
}

export function besideOf(aheadMs: number | null, own: RunbookWords): string | null {
	if (aheadMs === null) return null;
	const told =
		Math.abs(aheadMs) < ON_TIME_MS
			? own.forecast.onTime
			: fill(aheadMs > 0 ? own.forecast.ahead : own.forecast.behind, { time: sayDuration(aheadMs) });
	return fill(own.forecast.beside, { told });
}

const nameOf = (judged: BoardNow, subject: string): string =>
	subject.startsWith('task/') ? (judged.runbook.tasks[subject.slice('task/'.length)]?.label ?? subject) : labelOf(judged, subject);
