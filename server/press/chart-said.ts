// A chart in one sentence, for whoever does not see it.
import type { SheetChart } from '../../shared/sheet.ts';
import { fill } from '../../shared/words/words.ts';
import type { SheetWords } from './sheet-fault.ts';

export const chartSaid = ({ title, points, levels, ticks }: SheetChart, words: SheetWords): string =>
	fill(words.chart, {
		title,
		ticks: ticks.map(({ label }) => label).join(', '),
		levels: levels.map(({ label }) => label).join(', '),
		gaps: points.some(([, value]) => value === null) ? words.gaps : words.noGaps,
	});
