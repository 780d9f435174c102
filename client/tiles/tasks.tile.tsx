// How many tasks of the runbook are done, how many are late, and how far ahead or behind the night is.
import { UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Hero } from './hero.tsx';
import { Remark } from './remark.tsx';
import { TileFrame } from './tile-frame.tsx';

const MINUTE_MS = 60_000;

function tasksModel({ runbook, forecast, cutover }: BoardNow, words: Words) {
	const w = words.wall.tasks;
	const { total, done, late, failed, aheadMs } = runbook;
	if (total === 0) return null;
	const standing: Standing = failed > 0 ? 'bad' : late > 0 ? 'watch' : 'good';
	// Once all is done nobody is late, and no lead is left to tell.
	const isFinished = forecast.reason === 'finished';
	const quiet = isFinished ? words.wall.allDone : w.noneLate;
	const remark = failed > 0 ? fill(w.failed, { count: failed }) : late > 0 ? fill(w.late, { count: late }) : quiet;
	return {
		figure: String(done),
		of: `${words.of} ${total}`,
		standing,
		remark,
		// Once the night is turned back it is measured by no plan of the way forward.
		isMeasured: !isFinished && typeof cutover?.turnedBackAt !== 'number',
		ahead: aheadText(aheadMs, words),
	};
}

function aheadText(aheadMs: number | null, words: Words): string | null {
	const w = words.wall.tasks;
	if (aheadMs === null) return null;
	const minutes = Math.floor(Math.abs(aheadMs) / MINUTE_MS);
	return minutes === 0 ? w.onTime : fill(w.ahead, { sign: aheadMs < 0 ? '−' : '+', minutes });
}

export function TasksTile() {
	const { words } = useWords();
	const hasBoard = useJudged(() => true);
	const model = useJudged((judged) => tasksModel(judged, words));
	if (hasBoard === null) return null;
	if (model === null) {
		return (
			<TileFrame name="tasks" title={words.tasks.done} kind="hero">
				<Hero figure={UNKNOWN}>{words.tasks.notYet}</Hero>
			</TileFrame>
		);
	}
	return (
		<TileFrame name="tasks" title={words.tasks.done} kind="hero" standing={model.standing === 'bad' ? 'bad' : 'good'}>
			<Hero figure={model.figure} rest={model.of}>
				<Remark of={model.standing} text={model.remark} />
				{model.isMeasured && (
					<>
						{' · '}
						{model.ahead ?? <span aria-hidden="true">{UNKNOWN}</span>}
						{model.ahead === null && <span className="for-ears">{words.wall.tasks.aheadUnknown}</span>}
					</>
				)}
			</Hero>
		</TileFrame>
	);
}
