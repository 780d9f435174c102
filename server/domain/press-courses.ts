// Courses for charts, from the board's own trends, after the press policy. Pure.
import type { Trend } from '../../shared/board.ts';
import type { PressCourse } from '../../shared/press.ts';
import { type JudgedView, ruleOf } from './press-figure.ts';
import { roundBy } from './press-policy.ts';
import { bytesText, same } from './press-words.ts';

export function pressCoursesOf(view: JudgedView): PressCourse[] {
	const moved = movedCourse(view);
	const { isPublic, roundTo } = ruleOf('facility.temperature', view);
	if (!isPublic) return moved;
	const temperatures = Object.entries(view.board.facilities).map(([id, { label, trends }]): PressCourse => {
		const points = bucketsOf([trends.temperature], view).map(
			([at, [value]]): PressCourse['points'][number] => [at, value === undefined ? null : roundBy(value, roundTo)] as const,
		);
		return { key: `facility.temperature/${id}`, label: same(label), points };
	});
	return [...moved, ...temperatures.filter(({ points }) => points.length > 1)];
}

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
function movedCourse(view: JudgedView): PressCourse[] {
	const { isPublic, roundTo } = ruleOf('archives.moved', view);
	if (!isPublic) return [];
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
	return [{ key: 'archives.moved', label: { it: 'Dati trasferiti', en: 'Data moved' }, points: points.slice(from) }];
}
