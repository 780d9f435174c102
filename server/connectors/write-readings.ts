// What a Prometheus wrote, as readings of the plan's subjects: a series that ended or is no number is blind, a second one for the same measure
// of the same subject is refused and counted. Echoes nothing that was sent.
import type { PlanSource } from '../../shared/plan.ts';
import type { Reading, Refusal } from '../../shared/sample.ts';
import { figureOf } from './figure-target.ts';
import { openVoices, type Voices } from './one-voice.ts';
import { MAX_SAMPLE_ROWS } from './parse-samples.ts';
import { writeSettings } from './prometheus-write.connector.ts';
import { indexSeries, type Meant, type SeriesIndex } from './series-rules.ts';
import { unpackSnappy } from './snappy.ts';
import { readWriteRequest, type WrittenSample } from './write-request.ts';

export type Written =
	| { readonly ok: true; readonly readings: readonly Reading[]; readonly indexes: readonly number[]; readonly refused: readonly Refusal[] }
	| { readonly ok: false; readonly code: 'not-such-a-source' | 'malformed' | 'too-large'; readonly message: string };

export const MOST_UNPACKED_BYTES = 16_000_000;

const refuse = (code: 'malformed' | 'too-large', message: string): Written => ({ ok: false, code, message });
const second = 'another series of this source speaks for this measure of this subject: give the plan a label that tells them apart';

type Ear = { readonly index: SeriesIndex; readonly voices: Voices };

function readingOf({ rule, subject }: Meant, { value, stale, at }: WrittenSample): Reading {
	const { measure } = rule;
	const figure = stale ? null : figureOf(value, rule);
	return figure === null ? { subject, measure, value: null, at, why: stale ? 'not-found' : 'bad-answer' } : { subject, measure, value: figure, at };
}

export function createWriteReader(sources: Readonly<Record<string, PlanSource>>, now: () => number): (packed: Buffer, source: string) => Written {
	const ears = new Map<string, Ear | null>();

	function earOf(source: string): Ear | null {
		let ear = ears.get(source);
		if (ear !== undefined) return ear;
		const planned = Object.hasOwn(sources, source) ? sources[source] : undefined;
		if (planned?.kind !== 'prometheus-write') return null;
		ear = { index: indexSeries(writeSettings.parse(planned.settings ?? {}).series), voices: openVoices() };
		ears.set(source, ear);
		return ear;
	}

	return (packed, source) => {
		const ear = earOf(source);
		if (ear === null) return { ok: false, code: 'not-such-a-source', message: 'the plan has no source of this name with kind: prometheus-write' };
		const unpacked = unpackSnappy(packed, MOST_UNPACKED_BYTES);
		if (!unpacked.ok && unpacked.why === 'too-large')
			return refuse('too-large', `at most ${MOST_UNPACKED_BYTES} bytes unpacked: set queue_config.max_samples_per_send`);
		const request = unpacked.ok ? readWriteRequest(unpacked.bytes, ear.index.wants) : null;
		if (!request?.ok) return refuse('malformed', 'the body is no prometheus.WriteRequest in the block format of Snappy');
		const readings: Reading[] = [];
		const indexes: number[] = [];
		const refused: Refusal[] = [];
		let count = 0;
		for (const { name, labels, key, samples } of request.series) {
			for (const meant of ear.index.meant(name, labels)) {
				const isHeard = ear.voices.speaks(meant.subject, meant.rule.measure, key, now());
				for (const sample of samples) {
					const index = count;
					count += 1;
					if (count > MAX_SAMPLE_ROWS)
						return refuse('too-large', `at most ${MAX_SAMPLE_ROWS} samples for the plan in one request: set queue_config.max_samples_per_send`);
					if (!isHeard) refused.push({ index, code: 'duplicate', message: second });
					else {
						readings.push(readingOf(meant, sample));
						indexes.push(index);
					}
				}
				if (isHeard && samples.at(-1)?.stale === true) ear.voices.ended(meant.subject, meant.rule.measure, key);
			}
		}
		return { ok: true, readings, indexes, refused };
	};
}
