// The time that is left of the window, by the server's clock, and how much of it the forecast leaves. Knows no task.
import { formatAge, formatCountdown, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ForecastNow } from '../../shared/judge-night.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Hero } from './hero.tsx';
import { Remark } from './remark.tsx';
import { TileFrame } from './tile-frame.tsx';

function windowModel({ cutover, forecast }: BoardNow, words: Words, language: Language) {
	if (cutover === null) return null;
	const { tPlusMs, remainingMs } = cutover;
	const isBefore = tPlusMs < 0;
	const isOver = remainingMs < 0;
	return {
		title: isBefore ? words.cutover.windowStartsIn : isOver ? words.cutover.windowOver : words.cutover.windowEndsIn,
		figure: formatCountdown(Math.abs(isBefore ? tPlusMs : remainingMs)),
		isOver,
		context: marginOf(forecast, words, language),
	};
}

type Context = { readonly standing: Standing; readonly text: string };

function marginOf({ reason, marginMs, standing, ageMs }: ForecastNow, words: Words, language: Language): Context {
	const w = words.wall;
	if (reason === 'finished') return { standing: 'good', text: w.allDone };
	if (marginMs === null) return { standing: 'blind', text: fill(w.noForecast[reason ?? 'blind'], { age: formatAge(ageMs, language) }) };
	return { standing, text: fill(marginMs < 0 ? w.overrun : w.margin, { time: formatCountdown(Math.abs(marginMs)) }) };
}

export function WindowTile() {
	const { words, language } = useWords();
	const model = useJudged((judged) => windowModel(judged, words, language));
	if (model === null) {
		return (
			<TileFrame name="window" title={words.cutover.windowEndsIn} kind="hero">
				<Hero figure="—">{words.cutover.none}</Hero>
			</TileFrame>
		);
	}
	const { standing, text } = model.context;
	return (
		<TileFrame name="window" title={model.title} kind="hero" standing={model.isOver ? 'watch' : 'good'}>
			<Hero figure={model.figure}>
				<Remark of={standing} text={text} />
			</Hero>
		</TileFrame>
	);
}
