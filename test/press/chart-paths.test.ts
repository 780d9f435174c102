// The curve on a sheet is the dashboard's: the same numbers to a thousandth, the same holes.
import { describe, expect, it } from 'vitest';
import { chartSpec } from '../../client/tiles/charts/chart-spec.ts';
import { pathOf } from '../../client/tiles/charts/path-chart.tsx';
import { plotOf } from '../../server/press/chart-paths.ts';
import type { SheetChart } from '../../shared/sheet.ts';
import { sheetLiteral } from './sheet-literal.ts';

const numbers = (path: string): readonly number[] => path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
const commands = (path: string): string => path.replace(/[^A-Za-z]/g, '');
const chart = (points: SheetChart['points'], top: number): Pick<SheetChart, 'points' | 'levels'> => ({ points, levels: [{ value: top, label: '' }] });

const MINUTE = 60_000;
/** A bucket a minute; a dot is a gap. */
const trendOf = (notation: string) => Object.fromEntries([...notation].flatMap((one, i) => (one === '.' ? [] : [[i + 100, Number(one) * 1e12]])));

describe('a curve', () => {
	it.each(['12345678', '11119999', '98761', '12..5678', '1..4..7', '5', '15.3.7', '0000', '90909090'])('of %s is the dashboard’s', (notation) => {
		const spec = chartSpec(trendOf(notation), MINUTE, 100 * MINUTE, (99 + notation.length) * MINUTE);
		const points = spec.points.map(({ at, value }) => [at, value] as const);
		const { line } = plotOf(chart(points, 9e12), 700, 300);
		const theirs = pathOf(spec, 9e12, 700, 300);
		expect(commands(line)).toBe(commands(theirs));
		const [mine, other] = [numbers(line), numbers(theirs)];
		expect(Math.max(0, ...mine.map((one, i) => Math.abs(one - (other[i] ?? Number.NaN))))).toBeLessThanOrEqual(0.001);
	});

	it('of the example is the dashboard’s at the size it has on the sheet', () => {
		const { points } = sheetLiteral().chart ?? { points: [] };
		const spec = { points: points.map(([at, value]) => ({ at, value })), stepMs: 1 };
		expect(numbers(plotOf(chart(points, 150e12), 880, 240).line)).toEqual(numbers(pathOf(spec, 150e12, 880, 240)));
	});

	it('keeps its gaps as gaps, in the line and under it', () => {
		const at = (i: number, value: number | null) => [i * MINUTE, value] as const;
		const { line, area } = plotOf(chart([at(0, 1), at(1, 2), at(2, null), at(3, 3), at(4, 2), at(5, null), at(6, 4)], 4), 600, 100);
		expect(line.match(/M/g)).toHaveLength(3);
		expect(area.match(/M/g)).toHaveLength(3);
		expect(numbers(line)).not.toContain(200);
	});
});
