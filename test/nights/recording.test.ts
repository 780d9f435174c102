// Every recording keeps folding to the figures that stand beside it, and holds nothing of the machine it was made on.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/entry.ts';
import { figuresOf, foldTo, readRecordings } from './real-night-recording.ts';

const recordings = readRecordings();
const MOST_BYTES = 300_000;

describe('recordings', () => {
	it('are there', () => {
		expect(recordings.map(({ name }) => name)).toContain('real-night');
	});

	describe.each(recordings)('$name', ({ bytes, text, entries, moments }) => {
		it.each(moments.map((one) => [one.name, one] as const))('folds to its figures: %s', (_, { seq, now, figures }) => {
			expect(figuresOf(foldTo(entries, seq), now)).toEqual(figures);
			expect(Object.keys(figures).length).toBeGreaterThan(10);
		});

		it('holds every entry from the first on, in the order of their arrival', () => {
			expect(entries.map((one) => one.seq)).toEqual(entries.map((_, i) => i + 1));
			expect(entries.every((one, i) => one.seen >= (entries[i - 1]?.seen ?? 0))).toBe(true);
			expect(moments.length).toBeGreaterThan(0);
			expect(Math.max(...moments.map((one) => one.seq))).toBeLessThanOrEqual(entries.length);
		});

		it('is small, and names no path, no file and no secret', () => {
			expect(bytes).toBeLessThan(MOST_BYTES);
			expect(text).not.toMatch(/\/(tmp|home|root|work|var|Users)\b|\.dcm|password"\s*:|studio-\d/i);
		});

		it('would be caught where one sample of its last figures were lost', () => {
			const last = moments.at(-1);
			const lost = entries.map((entry): Entry => (entry.kind === 'samples' && entry.source === 'copia' ? { ...entry, samples: [] } : entry));
			expect(last && figuresOf(foldTo(lost, last.seq), last.now)).not.toEqual(last?.figures);
		});
	});
});
