// Which words of the timeline find room, and where: gates before phases, what is ahead before what is behind, the way back before hours. Pure.
import { fill, type Words } from '../../shared/words/words.ts';
import { type Placed, placeLabels, type Wanted } from './place-labels.ts';
import type { TimelineModel } from './timeline-model.ts';

/** A letter's mean width and a mark's, in rem of the smallest text. */
const LETTER_REM = 0.44;
const MARK_REM = 1.6;
const SPACE_REM = 0.8;
/** The present's line crosses the words' lower row. */
const LINE_SHARE = 0.004;

type Placing = Readonly<Record<string, Placed>>;
export type TimelineLabels = {
	readonly now: { readonly text: string; readonly left: number; readonly width: number };
	/** By a mark's id. */
	readonly marks: Placing;
	/** Under the line: `back`, `finish`, and hours by their index. */
	readonly below: Placing;
	readonly back: string | null;
	readonly finish: string | null;
};

export function timelineLabels(model: TimelineModel, words: Words, lengthRem: number): TimelineLabels {
	const widthOf = (text: string, extra = SPACE_REM): number => (text.length * LETTER_REM + extra) / lengthRem;
	const text = `${words.now} ${model.nowText}`;
	const width = widthOf(text, 1.2);
	const left = model.now === null ? 0 : Math.min(Math.max(0, model.now - width / 2), 1 - width);
	const behind = model.marks.filter((one) => one.state !== 'coming').reverse();
	const ahead = model.marks.filter((one) => one.state === 'coming');
	const wanted = (['gate', 'phase'] as const).flatMap((kind) => [...ahead, ...behind].filter((one) => one.kind === kind));
	const marks = placeLabels(
		wanted.map(({ id, kind, label, at }): Wanted => ({ id, at, width: widthOf(label, MARK_REM), isFixed: kind === 'phase' && model.hasGates })),
		[
			model.now === null ? [] : [{ from: model.now - LINE_SHARE, to: model.now + LINE_SHARE }],
			model.now === null ? [] : [{ from: left, to: left + width }],
		],
	);
	const back = model.back && fill(words.wall.timeline[model.back.isPassed ? 'backPassed' : 'backBy'], { time: model.back.time });
	const finish = model.finish && `${model.finish.fromTime}–${model.finish.toTime}`;
	const hours = model.hours.map(({ at, text: hour, edge }, index) => ({ id: String(index), at, width: widthOf(hour, 0.6), edge }));
	// The way back gives way to the finish where they are near: beside its line instead of under it.
	const tries = [0, -0.5, 0.5].map((aside) =>
		placeLabels(
			[
				...(model.back && back !== null ? [{ id: 'back', at: model.back.at + aside * widthOf(back), width: widthOf(back) }] : []),
				...hours.filter(({ edge }) => edge === 'end'),
				...(model.finish && finish !== null
					? [{ id: 'finish', at: Math.min(model.finish.from, 1 - (hours.at(-1)?.width ?? 0)), width: widthOf(finish) }]
					: []),
				...hours.filter(({ edge }) => edge === 'start'),
				...hours.filter(({ edge }) => edge === null),
			],
			[[]],
		),
	);
	const below = tries.find((one) => model.finish === null || one.finish !== undefined) ?? tries[0] ?? {};
	return { now: { text, left, width }, marks, below, back, finish };
}
