// The forecast's calibration as a table: how often the truth came before p50, p80, p90; how wide the band was; how far off, beside the others.
import type { Score } from './forecast-honesty.ts';

type Beside = { readonly mine: number; readonly theirs: number; readonly count: number };

export type Calibration = {
	readonly count: number;
	/** Share in which it was told at all. */
	readonly told: number;
	readonly p50: number;
	readonly p80: number;
	readonly p90: number;
	/** Median width from p50 to p90, minutes: an idle forecast covers well and is wide. */
	readonly width: number;
	/** Median distance from the truth, minutes; each of the others on the moments where both told something. */
	readonly error: number;
	readonly naive: Beside;
	readonly proved: Beside;
	readonly tool: Beside;
	readonly plan: Beside;
	readonly falsehoods: number;
};

const MINUTE = 60_000;
const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export function calibrate(scores: readonly Score[]): Calibration {
	const told = scores.flatMap((score) => (score.band === null ? [] : [{ ...score, band: score.band }]));
	const cover = (index: 0 | 1 | 2): number => told.filter(({ truth, band }) => truth <= band[index]).length / told.length;
	const off = (truth: number, at: number): number => Math.abs(truth - at) / MINUTE;
	const beside = (other: 'naive' | 'proved' | 'tool' | 'plan'): Beside => {
		const both = told.filter((score) => score[other] !== null);
		const errors = (pick: (score: (typeof told)[number]) => number) => medianOf(both.map((score) => off(score.truth, pick(score))));
		return { mine: errors(({ band }) => band[0]), theirs: errors((score) => score[other] ?? Number.NaN), count: both.length };
	};
	return {
		count: scores.length,
		told: told.length / scores.length,
		p50: cover(0),
		p80: cover(1),
		p90: cover(2),
		width: medianOf(told.map(({ band }) => (band[2] - band[0]) / MINUTE)),
		error: medianOf(told.map(({ truth, band }) => off(truth, band[0]))),
		naive: beside('naive'),
		proved: beside('proved'),
		tool: beside('tool'),
		plan: beside('plan'),
		falsehoods: scores.filter(({ isFalse }) => isFalse).length,
	};
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(0)} %`);
const minutes = (value: number): string => (Number.isNaN(value) ? '–' : Number.isFinite(value) ? value.toFixed(1) : '∞');
const pair = ({ mine, theirs, count }: Beside): string =>
	count === 0 ? '–' : `${minutes(mine)} / ${minutes(theirs)} (${(mine / theirs).toFixed(2)})`;

const head = [
	'',
	'moments',
	'told',
	'≤ p50',
	'≤ p80',
	'≤ p90',
	'p50–p90 min',
	'off min',
	'off / naive',
	'off / with check',
	'off / tool',
	'off / plan',
];

function lineOf(name: string, scores: readonly Score[]): string[] {
	const c = calibrate(scores);
	const cells = [percent(c.told), percent(c.p50), percent(c.p80), percent(c.p90), minutes(c.width), minutes(c.error)];
	return [name, String(c.count), ...cells, pair(c.naive), pair(c.proved), pair(c.tool), pair(c.plan)];
}

export function calibrationTable(scores: readonly Score[]): string[] {
	const lines: string[][] = [head];
	const fitted = scores.filter(({ isMisfit }) => !isMisfit);
	for (const what of ['finish', 'archive', 'gate', 'service'] as const) {
		const mine = fitted.filter((score) => score.what === what);
		lines.push(lineOf(`${what}, fitted families`, mine));
		if (what !== 'finish' && what !== 'archive') continue;
		if (what === 'finish')
			lines.push(
				lineOf(
					'  nights of copies alone',
					mine.filter(({ isCopiesAlone }) => isCopiesAlone),
				),
			);
		for (const family of new Set(mine.map((score) => score.family)))
			lines.push(
				lineOf(
					`  ${family}`,
					mine.filter((score) => score.family === family),
				),
			);
		for (const share of [...new Set(mine.map((score) => score.share))].toSorted()) {
			lines.push(
				lineOf(
					`  ${share * 100} % of the night gone`,
					mine.filter((score) => score.share === share),
				),
			);
		}
	}
	const misfits = scores.filter(({ isMisfit, what }) => isMisfit && what === 'finish');
	for (const family of new Set(misfits.map((score) => score.family))) {
		lines.push(
			lineOf(
				`misfit: ${family}`,
				misfits.filter((score) => score.family === family),
			),
		);
	}
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
	return lines.map((line) =>
		line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
	);
}
