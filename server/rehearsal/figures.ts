// What each source of a night says at a moment: its courses, swayed and spread by chance. All figures are invented.
import { chance } from './chance.ts';
import { courseAt, isWithin, type Knots, stepAt } from './course.ts';
import type { Archive, Night, Service } from './night.ts';
import type { Batch, WireSample } from './scenario.ts';

const MINUTE_MS = 60_000;
/** A source reads its figures up to this long before it sends them. */
const LOOK_BEFORE_MS = 2000;
/** Copies run ahead of and behind their course by up to this, changing over this long; less than its half, so that no position falls. */
const SWAY_MS = 20_000;
const SWAY_EVERY_MS = 120_000;
const GB = 1e9;

/** A moment of the night: `at` as an instant, `start` where minute 0 lies. */
type Moment = { readonly seed: number; readonly start: number; readonly at: number };
type Figures = readonly (readonly [measure: string, value: number])[];

const minuteOf = ({ start, at }: Moment): number => (at - start) / MINUTE_MS;

/** The minute on its course at which an archive stands. */
function swayedMinute({ seed, start, at }: Moment, stream: string): number {
	const knot = Math.floor((at - start) / SWAY_EVERY_MS);
	const part = (at - start) / SWAY_EVERY_MS - knot;
	const before = chance(seed, `sway/${stream}`, knot);
	const after = chance(seed, `sway/${stream}`, knot + 1);
	return (at + SWAY_MS * (2 * (before + (after - before) * part) - 1) - start) / MINUTE_MS;
}

function archiveFigures(archive: Archive, moment: Moment): Figures {
	const minute = swayedMinute(moment, archive.id);
	const bytes = (name: 'total' | 'moved' | 'verified'): number => Math.floor(courseAt(archive[name], minute) * GB);
	const figures: [string, number][] = [];
	for (const [name, title] of [
		['total', 'Total'],
		['moved', 'Moved'],
		['verified', 'Verified'],
	] as const) {
		figures.push([`archive.bytes${title}`, bytes(name)]);
		if (archive.bytesAnItem) figures.push([`archive.items${title}`, Math.floor(bytes(name) / archive.bytesAnItem)]);
	}
	if (archive.delta) {
		figures.push(['archive.deltaMoved', Math.floor(courseAt(archive.delta.moved, minute) * GB)]);
		figures.push(['archive.deltaPending', Math.floor(courseAt(archive.delta.pending, minute) * GB)]);
	}
	if (archive.lags) {
		const pending = archive.delta ? courseAt(archive.delta.pending, minute) : 0;
		figures.push(['archive.lag', Math.round((pending * 3 + 2 * chance(moment.seed, `lag/${archive.id}`, moment.at)) * 10) / 10]);
	}
	if (archive.errors) figures.push(['archive.errors', stepAt(archive.errors, minuteOf(moment))]);
	return figures;
}

/** How many of the minutes from `from` to `minute` lie within the spans. */
const minutesWithin = (spans: Knots, from: number, minute: number): number =>
	spans.reduce((sum, [begins, ends]) => sum + Math.max(0, Math.min(ends, minute) - Math.max(begins, from)), 0);

function serviceFigures({ id, answers, latencyMs, writes }: Service, moment: Moment): Figures {
	const minute = minuteOf(moment);
	const figures: [string, number][] = [];
	for (const side of ['Old', 'New'] as const) {
		const isUp = isWithin(answers[side], minute);
		figures.push([`service.up${side}`, isUp ? 1 : 0]);
		if (!isUp) continue;
		const spread = chance(moment.seed, `latency${side}/${id}`, moment.at);
		figures.push([`service.latency${side}`, Math.round(latencyMs[side] * (0.8 + 0.4 * spread + 2 * spread ** 12))]);
	}
	if (isWithin(answers.New, minute)) {
		const written = minutesWithin(answers.New, writes.from, minute);
		figures.push(['service.recordsNew', Math.floor(written * writes.recordsAMinute)]);
		figures.push(['service.bytesNew', Math.floor(written * writes.bytesAMinute)]);
	}
	return figures;
}

const write = (subject: string, figures: Figures, at: string): WireSample[] => figures.map(([measure, value]) => ({ subject, measure, value, at }));

function batchOf(night: Night, source: string, { seed, start, at: instant }: Moment): Batch {
	const at = instant - Math.floor(chance(seed, `look/${source}`, instant) * LOOK_BEFORE_MS);
	const moment = { seed, start, at };
	const wireAt = new Date(at).toISOString();
	const samples =
		source === night.probedBy
			? night.services.flatMap((one) => write(`service/${one.id}`, serviceFigures(one, moment), wireAt))
			: night.archives.filter((one) => one.source === source).flatMap((one) => write(`archive/${one.id}`, archiveFigures(one, moment), wireAt));
	return { source, samples };
}

/** What every source that speaks says at an instant, always in the same order. */
export const batchesOf = (night: Night, moment: Moment): readonly Batch[] =>
	night.sources.filter((source) => !isWithin(night.silent[source] ?? [], minuteOf(moment))).map((source) => batchOf(night, source, moment));
