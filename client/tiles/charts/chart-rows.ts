// The archive chart's rows: tonight, where it is expected to go and the rehearsal, on one line of instants. Pure; knows no drawing.
import type { BandPoint, ChartPoint, ChartSpec } from './chart-spec.ts';

export type ChartRow = {
	readonly at: number;
	readonly moved: number | null;
	readonly verified: number | null;
	readonly band: readonly [low: number, high: number] | null;
	readonly ghost: number | null;
};

/** The rehearsal's value at an instant: straight between two points that both stand, and nothing in a gap or beyond either end. */
export function valueAt(points: readonly ChartPoint[], at: number): number | null {
	const next = points.findIndex((point) => point.at >= at);
	const after = points[next];
	if (after === undefined) return null;
	if (after.at === at) return after.value;
	const before = points[next - 1];
	if (before === undefined || before.value === null || after.value === null) return null;
	return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at);
}

type Curves = { readonly moved: ChartSpec; readonly verified: ChartSpec; readonly band: readonly BandPoint[]; readonly ghost: readonly ChartPoint[] };

/** After the last row of tonight the rehearsal goes on in the same steps, up to `to`. */
export function chartRows({ moved, verified, band, ghost }: Curves, to: number): readonly ChartRow[] {
	const low = band.map((one) => ({ at: one.at, value: one.low }));
	const high = band.map((one) => ({ at: one.at, value: one.high }));
	/** At every row between its ends: one without it would cut it. */
	const bandAt = (at: number): ChartRow['band'] => {
		const [from, upTo] = [valueAt(low, at), valueAt(high, at)];
		return from === null || upTo === null ? null : [from, upTo];
	};
	const row = (at: number, rest: Partial<ChartRow> = {}): ChartRow => {
		return { at, moved: null, verified: null, band: bandAt(at), ghost: valueAt(ghost, at), ...rest };
	};
	const rows = moved.points.map(({ at, value }, i) => row(at, { moved: value, verified: verified.points[i]?.value ?? null }));
	const last = moved.points.at(-1)?.at ?? to;
	const end = Math.min(to, ghost.at(-1)?.at ?? last);
	for (let at = last + moved.stepMs; moved.stepMs > 0 && at <= end; at += moved.stepMs) rows.push(row(at));
	const known = new Set(rows.map(({ at }) => at));
	for (const { at } of band) if (!known.has(at)) rows.push(row(at));
	// A step back in time would draw a line back.
	return rows.sort((a, b) => a.at - b.at);
}
