// All archives in one figure: moved, verified, rate. As old as its oldest input, which it names (staleness travels).
import { type ByteUnit, byteUnitFor, formatAge, formatBytesIn, formatRate, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { labelOf, silenceOf } from '../store/selectors.ts';
import heroStyles from './hero.module.css';
import { Hero } from './hero.tsx';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

/** Younger than this, the oldest input is not worth a line. */
const OLDEST_SHOWN_MS = 30_000;

function movedModel(judged: BoardNow, words: Words, language: Language) {
	const { rollup } = judged;
	const isBlind = rollup.standing === 'blind';
	const unit = byteUnitFor(rollup.total ?? rollup.moved ?? 0);
	const decimals = unit === 'B' ? 0 : (rollup.total ?? 0) > 0 ? 1 : 2;
	const oldest = rollup.oldest === null ? null : labelOf(judged, rollup.oldest.subject);
	const isDone = rollup.of > 0 && rollup.done === rollup.of && !isBlind;
	return {
		figure: formatBytesIn(rollup.moved, unit, language, decimals),
		total: rollup.total === null ? '' : `${words.of} ${totalIn(rollup.total, unit, language, decimals)} ${unit}`,
		verified: `${words.verifiedShort} ${formatBytesIn(rollup.verified, unit, language, decimals)}`,
		rate: rollup.rate === null ? UNKNOWN : formatRate(rollup.rate, language),
		growing: rollup.totalGrowing && !isBlind,
		counted: rollup.counted === rollup.of ? null : fill(words.archives.counted, { counted: rollup.counted, of: rollup.of }),
		oldest:
			!isBlind && oldest !== null && rollup.ageMs !== null && rollup.ageMs >= OLDEST_SHOWN_MS
				? { age: fill(words.age.asOf, { age: formatAge(rollup.ageMs, language) }), name: oldest }
				: null,
		veil: isBlind ? silenceOfInput(oldest, rollup.ageMs, words, language) : null,
		isDone,
	};
}

/** A whole total needs no decimals, and is short of room beside what is moved. */
function totalIn(total: number, unit: ByteUnit, language: Language, decimals: number): string {
	const whole = formatBytesIn(total, unit, language, 0);
	const exact = formatBytesIn(total, unit, language, decimals);
	return /[.,]0+$/.test(exact) && decimals > 0 ? whole : exact;
}

/** The input's name comes first and is short of words around it: it must be read whole. */
function silenceOfInput(name: string | null, ageMs: number | null, words: Words, language: Language): string {
	if (name === null) return silenceOf(null, words, language);
	return ageMs === null ? `${name}: ${words.wall.neverHeard}` : fill(words.age.of, { name, age: formatAge(ageMs, language) });
}

export function MovedTile() {
	const { words, language } = useWords();
	const model = useJudged((judged) => movedModel(judged, words, language));
	if (model === null) return null;
	const aside = model.counted ?? (model.growing ? words.totalGrowing : undefined);
	return (
		<TileFrame name="moved" title={words.moved} kind="hero" veil={model.veil} aside={aside}>
			<Hero figure={model.figure} rest={model.total}>
				<span className={heroStyles.parts}>
					<span className={heroStyles.part}>
						{model.isDone && <Shape of="confirmed" />} {model.verified}
					</span>
					{!model.isDone && <span className={heroStyles.part}>{`\u00a0· ${model.oldest?.age ?? model.rate}`}</span>}
					{!model.isDone && model.oldest !== null && <span className={heroStyles.part}>{`\u00a0· ${model.oldest.name}`}</span>}
				</span>
			</Hero>
		</TileFrame>
	);
}
