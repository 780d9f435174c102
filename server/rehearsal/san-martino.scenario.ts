// San Martino's night, ten hours from 19:00: what each source says and what the room marks, at any moment of it.
// All figures are invented. Knows no server; its plan stands in san-martino.plan.yaml.
import type { Mark } from '../../shared/mark.ts';
import { chance } from './chance.ts';
import { courseAt, isWithin, stepAt } from './course.ts';
import { type Archive, archives, marks, probedBy, type Service, services, silent, sourceOrder } from './san-martino.night.ts';
import type { Batch, ScenarioKind, WireSample } from './scenario.ts';

const MINUTE_MS = 60_000;
const RHYTHM_MS = 15_000;
const START = Date.parse('2025-10-21T19:00:00+02:00');
const END = Date.parse('2025-10-22T05:00:00+02:00');

/** A source reads its figures up to this long before it sends them. */
const LOOK_BEFORE_MS = 2000;
/** Copies run ahead of and behind their course by up to this, changing over this long; less than its half, so that no position falls. */
const SWAY_MS = 20_000;
const SWAY_EVERY_MS = 120_000;

const minuteOf = (instant: number): number => (instant - START) / MINUTE_MS;
const GB = 1e9;

/** The moment on its course at which an archive stands at `at`. */
function swayed(seed: number, stream: string, at: number): number {
	const knot = Math.floor((at - START) / SWAY_EVERY_MS);
	const part = (at - START) / SWAY_EVERY_MS - knot;
	const before = chance(seed, `sway/${stream}`, knot);
	const after = chance(seed, `sway/${stream}`, knot + 1);
	return at + SWAY_MS * (2 * (before + (after - before) * part) - 1);
}

type Figures = readonly (readonly [measure: string, value: number])[];

function archiveFigures(seed: number, archive: Archive, at: number): Figures {
	const minute = minuteOf(swayed(seed, archive.id, at));
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
		figures.push(['archive.lag', Math.round((pending * 3 + 2 * chance(seed, `lag/${archive.id}`, at)) * 10) / 10]);
	}
	if (archive.errors) figures.push(['archive.errors', stepAt(archive.errors, minuteOf(at))]);
	return figures;
}

function serviceFigures(seed: number, service: Service, at: number): Figures {
	const minute = minuteOf(at);
	const isUp = { Old: minute < service.stopped, New: minute >= service.restored && !isWithin(service.blips, minute) };
	const figures: [string, number][] = [];
	for (const side of ['Old', 'New'] as const) {
		figures.push([`service.up${side}`, isUp[side] ? 1 : 0]);
		if (!isUp[side]) continue;
		const spread = chance(seed, `latency${side}/${service.id}`, at);
		figures.push([`service.latency${side}`, Math.round(service.latencyMs[side] * (0.8 + 0.4 * spread + 2 * spread ** 12))]);
	}
	return figures;
}

const write = (subject: string, figures: Figures, at: string): WireSample[] => figures.map(([measure, value]) => ({ subject, measure, value, at }));

function batchOf(seed: number, source: string, instant: number): Batch {
	const at = instant - Math.floor(chance(seed, `look/${source}`, instant) * LOOK_BEFORE_MS);
	const wireAt = new Date(at).toISOString();
	const samples =
		source === probedBy
			? services.flatMap((one) => write(`service/${one.id}`, serviceFigures(seed, one, at), wireAt))
			: archives.filter((one) => one.source === source).flatMap((one) => write(`archive/${one.id}`, archiveFigures(seed, one, at), wireAt));
	return { source, samples };
}

const isDue = (instant: number): boolean => instant >= START && instant <= END && (instant - START) % RHYTHM_MS === 0;
const head = { id: 'san-martino', planFile: 'san-martino.plan.yaml' } as const;

export const sanMartino: ScenarioKind = {
	...head,
	open: (seed) => ({
		...head,
		start: START,
		end: END,
		due(after) {
			const next = after < START ? START : START + (Math.floor((after - START) / RHYTHM_MS) + 1) * RHYTHM_MS;
			return next > END ? null : next;
		},
		batchesAt: (instant) =>
			isDue(instant)
				? sourceOrder.filter((source) => !isWithin(silent[source] ?? [], minuteOf(instant))).map((source) => batchOf(seed, source, instant))
				: [],
		marksAt: (instant): readonly Mark[] => marks.filter(([minute]) => START + minute * MINUTE_MS === instant).map(([, mark]) => mark),
	}),
};
