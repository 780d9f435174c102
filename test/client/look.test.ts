// @vitest-environment happy-dom
// Colours, letter sizes and laid words: contrast in both themes, the floor of three walls, no word over another.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartSpec, timeTicks, valueTicks } from '../../client/tiles/charts/chart-spec.ts';
import { pathOf } from '../../client/tiles/charts/path-chart.tsx';
import { placeLabels } from '../../client/tiles/place-labels.ts';
import { floorOf, wallSize } from '../../client/views/display-size.ts';

const css = readFileSync(join(process.cwd(), 'client/views/tokens.css'), 'utf8');
const block = (start: number): Record<string, string> =>
	Object.fromEntries(
		[...css.slice(start, css.indexOf('}', start)).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
	);
const themes = { dark: block(css.indexOf(':root {')), light: block(css.indexOf('[data-theme="light"]')) };

function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
		const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
		return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a = '', b = ''): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
	return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(themes))('theme %s', (_name, tokens) => {
	test.each(['ink', 'mid', 'watch', 'bad', 'verified', 'data'])('%s reads on every surface', (ink) => {
		for (const surface of ['bg', 'panel']) expect(contrast(tokens[ink], tokens[surface]), surface).toBeGreaterThanOrEqual(4.5);
	});

	test.each([
		['mid', 'blind-bg'],
		['ink', 'blind-bg'],
		['ink', 'watch-bg'],
		['watch', 'watch-bg'],
		['mid', 'watch-bg'],
		['ink', 'bad-bg'],
		['bad', 'bad-bg'],
		['mid', 'bad-bg'],
		['on-data', 'data'],
	])('%s reads on %s', (ink, surface) => {
		expect(contrast(tokens[ink], tokens[surface])).toBeGreaterThanOrEqual(4.5);
	});

	test.each(['data', 'verified', 'watch', 'bad', 'edge'])('%s is seen as a mark', (mark) => {
		for (const surface of ['bg', 'panel', 'blind-bg']) expect(contrast(tokens[mark], tokens[surface]), surface).toBeGreaterThanOrEqual(3);
	});
});

test.each([
	[98, '3840x2160', 5, 30],
	[55, '1920x1080', 5, 53],
	[65, '1920x1080', 4, 36],
])('%s inches, %s, from %s m: about %s px in a layout of 1920', (diagonalInches, resolution, distanceMetres, px) => {
	const display = { diagonalInches, resolution, distanceMetres };
	expect(Math.round(floorOf(display))).toBe(px);
	expect(wallSize(display, { width: 3840, height: 2160 }).rootPx).toBeGreaterThanOrEqual(floorOf(display) * 2);
});

test('words are laid over their place, beside it, on another row, or left out', () => {
	const at = (id: string, place: number) => ({ id, at: place, width: 0.2 });
	const placed = placeLabels([at('a', 0.5), at('b', 0.62), at('c', 0.52), at('d', 0.51), at('e', 0.99)], [[], []]);
	expect(placed.a).toEqual({ level: 0, left: 0.4, width: 0.2 });
	expect(placed.b).toEqual({ level: 0, left: 0.62, width: 0.2 });
	expect(placed.c).toEqual({ level: 1, left: 0.52 - 0.1, width: 0.2 });
	expect(placed.d).toBeUndefined();
	expect(placed.e).toEqual({ level: 1, left: 0.8, width: 0.2 });
	// Between two others: 0.3–0.5 is free, and neither over 0.35 (0.25–0.45) nor beside it (0.35–0.55, 0.15–0.35) is.
	const taken = [
		[
			{ from: 0.1, to: 0.3 },
			{ from: 0.5, to: 0.7 },
		],
	];
	expect(placeLabels([at('f', 0.35)], taken).f?.left).toBeCloseTo(0.35 - 0.25 * 0.2, 9);
	// A word that may stand only over its place is left out where that is taken.
	expect(placeLabels([{ ...at('g', 0.35), isFixed: true }], taken)).toEqual({});
});

test('a gap in a trend is a gap in its path, also when thinned', () => {
	const trend: Record<string, number> = {};
	for (let bucket = 0; bucket < 400; bucket += 1) if (bucket < 100 || bucket > 180) trend[bucket] = bucket;
	const spec = chartSpec(trend, 1000, 0, 399_000, 0, 100);
	expect(spec.points).toHaveLength(100);
	expect(spec.points.filter((point) => point.value === null)).toHaveLength(20);
	expect(pathOf(spec, 400).match(/M/g)).toHaveLength(2);
	expect(pathOf(chartSpec({}, 1000, 0, 5000), 1)).toBe('');
});

test('axes have round ticks', () => {
	expect(valueTicks(18.4e12)).toEqual([0, 5e12, 10e12, 15e12, 20e12]);
	expect(timeTicks(0, 7 * 3_600_000).length).toBe(8);
});

test('a value holds for as long as it is fresh, and no longer', () => {
	const trend = { 0: 1, 10: 2 };
	const values = chartSpec(trend, 1000, 0, 14_000, 3000).points.map((point) => point.value);
	expect(values).toEqual([1, 1, 1, 1, null, null, null, null, null, null, 2, 2, 2, 2, null]);
});
