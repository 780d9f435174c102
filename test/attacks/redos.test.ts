// No pattern of the product takes more than linear time: each is found in the sources, fed what such patterns choke on, and timed beside a
// linear pattern over the same text in the same run.
import { describe, expect, test } from 'vitest';
import { readSources } from '../house/sources.ts';

type Found = { readonly where: string; readonly source: string; readonly flags: string };

const literal =
	/(?<=[(,=:[!&|?{;]\s*|return\s+|=>\s*)\/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])*)\/([dgimsuvy]*)/g;

const patternsIn = (path: string, text: string): readonly Found[] =>
	text
		.split('\n')
		.filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line))
		.flatMap((line) => [...line.matchAll(literal)].map((match) => ({ where: path, source: match[1] ?? '', flags: match[2] ?? '' })));

const patterns = readSources()
	.filter(({ path }) => /^(?:shared|server)\//.test(path))
	.flatMap(({ path, text }) => patternsIn(path, text));

const PUMPS = ['a', 'A', '0', ' ', '-', '.', '/', '_', '%', ';', '*', '[', '\\', '\n', '\t', '0.', 'a-', 'a.', '; ', ' 0', '\n ', '/a', 'é', '😀'];
const ENDS = ['', '!', '\n', '\u0000', ' !'];
const SIZES = [28, 1000, 40_000];

/** Prefixes that get past a pattern's beginning: its own plain words. */
function beginningsOf(source: string): readonly string[] {
	const plain = source.replace(/\\([/.?$*+()[\]{}|^-])/g, '$1').replace(/^\^/, '');
	const words = plain.split(/[([{\\|?*+^$)\]}]/).filter((word) => word.length > 0 && word.length < 40);
	return ['', ...new Set(words.slice(0, 3))];
}

const timeOf = (run: () => void, times: number): number => {
	let best = Number.POSITIVE_INFINITY;
	for (let n = 0; n < times; n += 1) {
		const from = performance.now();
		run();
		best = Math.min(best, performance.now() - from);
	}
	return best;
};

/** A linear look at the whole text, of the same length. */
const linear = new Map(SIZES.map((size) => [size, timeOf(() => /^(?:[^!]|!)*~$/.test('a'.repeat(size)), 5)]));
/** Quadratic time is thousands of times the linear one at the largest size, and constant factors are not. */
const WORST_RATIO = 150;
const NOISE_MS = 2;

function worstOf({ source, flags }: Found): { readonly ratio: number; readonly text: string } {
	let worst = { ratio: 0, text: '' };
	const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
	for (const size of SIZES) {
		for (const beginning of beginningsOf(source)) {
			for (const pump of new Set([...PUMPS, beginning.slice(-12) || 'a'])) {
				for (const end of ENDS) {
					const text = beginning + pump.repeat(Math.ceil(size / pump.length)) + end;
					const limit = (linear.get(size) ?? 0) + NOISE_MS;
					let took = timeOf(() => pattern.test(text), 1);
					if (took > limit)
						took = Math.min(
							took,
							timeOf(() => pattern.test(text), 3),
						);
					const ratio = took / limit;
					if (ratio > worst.ratio) worst = { ratio, text: `${JSON.stringify(beginning + pump)} × ${size} + ${JSON.stringify(end)}` };
					if (ratio > WORST_RATIO) return worst;
				}
			}
		}
	}
	return worst;
}

describe('patterns', () => {
	test('are found where they stand', () => {
		const sample = "const a = /x+y/g; f(/[/\\]]+/.test(b)); // /no/\nreturn /\\d{3}/u;\nconst url = 'http://a/b/';\nc ? /q/ : d / e / f;";
		expect(patternsIn('x.ts', sample).map(({ source }) => source)).toEqual(['x+y', '[/\\]]+', '\\d{3}', 'q']);
		expect(patterns.length).toBeGreaterThan(25);
	});

	test('that choke are caught', () => {
		for (const source of ['^(?:a+)+$', '\\s+$']) expect(worstOf({ where: 'planted', source, flags: '' }).ratio, source).toBeGreaterThan(10);
	});

	test.each([...new Map(patterns.map((one) => [one.source, one])).values()].map((one) => [`${one.where} /${one.source}/${one.flags}`, one] as const))(
		'%s takes linear time',
		(_name, one) => {
			const { ratio, text } = worstOf(one);
			expect(ratio, text).toBeLessThan(10);
		},
	);
});
