// Courses for charts, from the board's own trends, after the press policy. Pure.
import type { Trend } from '../../shared/board.ts';
import { figureNow } from '../../shared/figure-now.ts';
import { measureOf } from '../../shared/measures.ts';
import type { InBoth, PressCourse, PressFigure } from '../../shared/press.ts';
import { type JudgedView, namedFor, ruleOf } from './press-figure.ts';
import { roundBy } from './press-policy.ts';
import { agedNote, bytesText, unknownNote } from './press-words.ts';

const temperatureMethod: InBoth = {
	it: 'La temperatura è quella riferita dai sensori del centro dati.',
	en: 'The temperature is the one that the data centre’s sensors report.',
};

/** `figures`: of the same look; what must be known with one of them must be known with its course. */
export function pressCoursesOf(view: JudgedView, figures: readonly PressFigure[]): PressCourse[] {
	const moved = movedCourse(
		view,
		figures.find(({ key }) => key === 'archives.moved'),
	);
	const { isPublic, roundTo } = ruleOf('facility.temperature', view);
	if (!isPublic) return moved;
	const temperatures = Object.entries(view.board.facilities).map(([id, { label, trends, figures: told, staleAfterMs }]): PressCourse => {
		const last = figureNow(told.temperature, staleAfterMs ?? measureOf('facility.temperature').staleAfterMs, view.at);
		const ageMs = last?.ageMs ?? null;
		const points = bucketsOf([trends.temperature], view).map(
			([at, [value]]): PressCourse['points'][number] => [at, value === undefined ? null : roundBy(value, roundTo)] as const,
		);
		return {
			key: `facility.temperature/${id}`,
			label: namedFor(view, `facility/${id}`, label),
			points,
			method: temperatureMethod,
			at: ageMs === null ? null : view.at - ageMs,
			completeness: null,
			note: last !== null && last.unknown === null ? null : ageMs === null ? unknownNote(null) : agedNote(ageMs),
		};
	});
	return [...moved, ...temperatures.filter(({ points }) => points.length > 1)];
}

/** With all that must be known with the figure that it leads to. */
export const courseOf = ({ key, label, method, at, completeness, note }: PressFigure, points: PressCourse['points']): PressCourse => ({
	key,
	label,
	points,
	method,
	at,
	completeness,
	note,
});

/** All buckets from the first that any trend has to the last, without holes between; up to the moment. */
function bucketsOf(
	trends: readonly Trend[],
	{ board: { bucketMs }, at }: JudgedView,
): (readonly [at: number, values: readonly (number | undefined)[]])[] {
	const known = trends.flatMap((one) => Object.keys(one).map(Number)).filter((bucket) => bucket * bucketMs <= at);
	if (known.length === 0) return [];
	const first = known.reduce((a, b) => Math.min(a, b));
	const last = known.reduce((a, b) => Math.max(a, b));
	return Array.from({ length: last - first + 1 }, (_, i) => {
		const bucket = first + i;
		// A bucket holds its last value: it stands at its end, or at the moment where that comes first.
		return [Math.min((bucket + 1) * bucketMs, at), trends.map((one) => one[bucket])] as const;
	});
}

/** The sum of all archives' positions; a position holds until it is told anew, and a bucket in which nobody told anything is a gap. */
function movedCourse(view: JudgedView, figure: PressFigure | undefined): PressCourse[] {
	if (figure === undefined) return [];
	const { roundTo } = ruleOf('archives.moved', view);
	const inBytes = Object.entries(view.now.archives).filter(([, { unit, moved }]) => unit === 'B' && moved !== null);
	const trends = inBytes.map(([id]) => view.board.archives[id]?.trends.moved ?? {});
	const held: (number | undefined)[] = trends.map(() => undefined);
	const points = bucketsOf(trends, view).map(([at, values]): PressCourse['points'][number] => {
		values.forEach((value, i) => {
			if (value !== undefined) held[i] = value;
		});
		const isTold = values.some((one) => one !== undefined);
		if (!isTold || held.includes(undefined)) return [at, null];
		return [
			at,
			bytesText(
				roundBy(
					held.reduce<number>((sum, one) => sum + (one ?? 0), 0),
					roundTo,
					'down',
				),
			).printed,
		];
	});
	const from = points.findIndex(([, value]) => value !== null);
	if (from < 0 || points.length - from < 2) return [];
	return [courseOf(figure, points.slice(from))];
}
