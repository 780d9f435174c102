// All archives in one figure: moved, verified, rate. As old as its oldest input, which it names (staleness travels).
import { byteUnitFor, formatAge, formatBytesIn, formatRate, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { labelOf, silenceOf } from '../store/selectors.ts';
import { Hero } from './hero.tsx';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

/** Younger than this, the oldest input is not worth a line. */
const OLDEST_SHOWN_MS = 30_000;

function movedModel(judged: BoardNow, words: Words, language: Language) {
	const { rollup } = judged;
	// A known fault outranks not knowing in `standing`; the sum is unknown all the same.
	const isBlind = rollup.of === 0 || Object.values(judged.archives).some((one) => one.standing === 'blind');
	const unit = byteUnitFor(rollup.total ?? rollup.moved ?? 0);
	const decimals = unit === 'B' ? 0 : (rollup.total ?? 0) > 0 ? 1 : 2;
	const oldest = rollup.oldest === null ? null : labelOf(judged, rollup.oldest.subject);
	const isDone = rollup.of > 0 && rollup.done === rollup.of && !isBlind;
	return {
		figure: formatBytesIn(rollup.moved, unit, language, decimals),
		total: rollup.total === null ? '' : `${words.of} ${formatBytesIn(rollup.total, unit, language, decimals)} ${unit}`,
		verified: `${words.verifiedShort} ${formatBytesIn(rollup.verified, unit, language, decimals)}`,
		rate: rollup.rate === null ? UNKNOWN : formatRate(rollup.rate, language),
		growing: rollup.totalGrowing && !isBlind,
		counted: rollup.counted === rollup.of ? null : fill(words.archives.counted, { counted: rollup.counted, of: rollup.of }),
		oldest:
			!isBlind && oldest !== null && rollup.ageMs !== null && rollup.ageMs >= OLDEST_SHOWN_MS
				? `${fill(words.age.asOf, { age: formatAge(rollup.ageMs, language) })}: ${oldest}`
				: null,
		veil: isBlind ? (oldest === null ? silenceOf(null, words, language) : `${silenceOf(rollup.ageMs, words, language)}: ${oldest}`) : null,
		isDone,
	};
}

export function MovedTile() {
	const { words, language } = useWords();
	const model = useJudged((judged) => movedModel(judged, words, language));
	if (model === null) return null;
	const aside = model.counted ?? (model.growing ? words.totalGrowing : undefined);
	return (
		<TileFrame name="moved" title={words.moved} kind="hero" veil={model.veil} aside={aside}>
			<Hero figure={model.figure} rest={model.total}>
				{model.isDone && <Shape of="confirmed" />} {model.verified} · {model.oldest ?? model.rate}
			</Hero>
		</TileFrame>
	);
}
