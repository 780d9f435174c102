// The time that is left of the window, by the server's clock. Knows the cutover and nothing else.
import { formatCountdown } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Hero } from './hero.tsx';
import { TileFrame } from './tile-frame.tsx';

function windowModel({ cutover }: BoardNow, words: Words) {
	if (cutover === null) return null;
	const { tPlusMs, remainingMs, phase, phases } = cutover;
	const isBefore = tPlusMs < 0;
	const isOver = remainingMs < 0;
	return {
		title: isBefore ? words.cutover.windowStartsIn : isOver ? words.cutover.windowOver : words.cutover.windowEndsIn,
		figure: formatCountdown(Math.abs(isBefore ? tPlusMs : remainingMs)),
		isOver,
		phase: phases.find((one) => one.id === phase)?.label ?? null,
	};
}

export function WindowTile() {
	const { words } = useWords();
	const model = useJudged((judged) => windowModel(judged, words));
	if (model === null) {
		return (
			<TileFrame name="window" title={words.cutover.windowEndsIn} kind="hero">
				<Hero figure="—">{words.cutover.none}</Hero>
			</TileFrame>
		);
	}
	return (
		<TileFrame name="window" title={model.title} kind="hero" standing={model.isOver ? 'watch' : 'good'}>
			<Hero figure={model.figure}>{model.phase === null ? words.cutover.noPhase : `${words.cutover.phase}: ${model.phase}`}</Hero>
		</TileFrame>
	);
}
