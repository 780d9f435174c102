// Reads the protobuf of Prometheus remote-write 1.0 (prometheus.WriteRequest): series with their samples; histograms, exemplars and
// metadata are passed over. Never throws, never looks outside its bytes, decodes labels only of the metrics that are asked for.
import type { Labels } from './series-rules.ts';

/** `stale`: the series has ended (Prometheus' marker, a NaN of its own). `at` in ms UTC. */
export type WrittenSample = { readonly value: number; readonly stale: boolean; readonly at: number };
export type WrittenSeries = { readonly name: string; readonly labels: Labels; readonly key: string; readonly samples: readonly WrittenSample[] };
export type WriteRequest = { readonly ok: true; readonly series: readonly WrittenSeries[] } | { readonly ok: false };

const STALE = 0x7ff0000000000002n;
const MOST_LABELS = 128;
const NAME = Buffer.from('__name__');

class Torn extends Error {}

/** A stretch of the bytes that is read field after field. */
type Span = { readonly bytes: Buffer; at: number; readonly end: number };

/** Beyond 2^53 it is no instant and no length: infinite. */
function varint(span: Span): number {
	let value = 0;
	for (let shift = 0; shift < 70; shift += 7) {
		const byte = span.bytes[span.at];
		if (byte === undefined || span.at >= span.end) throw new Torn();
		span.at += 1;
		value += (byte & 0x7f) * 2 ** shift;
		if (byte < 0x80) return value > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : value;
	}
	throw new Torn();
}

function skip(span: Span, bytes: number): number {
	const from = span.at;
	if (!(bytes <= span.end - from)) throw new Torn();
	span.at = from + bytes;
	return from;
}

const LENGTH_DELIMITED = 2;
const within = (span: Span): Span => {
	const length = varint(span);
	const from = skip(span, length);
	return { bytes: span.bytes, at: from, end: from + length };
};

/** Each field in turn: `wanted` gives those of a number and wire type to `each`, all others are passed over. */
function fields(span: Span, each: (field: number, wire: number) => boolean): void {
	while (span.at < span.end) {
		const tag = varint(span);
		const [field, wire] = [Math.floor(tag / 8), tag % 8];
		if (field === 0 || !Number.isFinite(tag)) throw new Torn();
		if (each(field, wire)) continue;
		if (wire === 0) varint(span);
		else if (wire === 1) skip(span, 8);
		else if (wire === LENGTH_DELIMITED) within(span);
		else if (wire === 5) skip(span, 4);
		else throw new Torn();
	}
}

const empty = (bytes: Buffer): Span => ({ bytes, at: 0, end: 0 });

function readLabel(span: Span): { readonly name: Span; readonly value: Span } {
	let name = empty(span.bytes);
	let value = empty(span.bytes);
	fields(span, (field, wire) => {
		if (wire !== LENGTH_DELIMITED || field > 2) return false;
		if (field === 1) name = within(span);
		else value = within(span);
		return true;
	});
	return { name, value };
}

function readSample(span: Span): WrittenSample {
	let [value, stale, at] = [0, false, 0];
	fields(span, (field, wire) => {
		if (field === 1 && wire === 1) {
			const from = skip(span, 8);
			value = span.bytes.readDoubleLE(from);
			stale = Number.isNaN(value) && span.bytes.readBigUInt64LE(from) === STALE;
		} else if (field === 2 && wire === 0) at = varint(span);
		else return false;
		return true;
	});
	return { value, stale, at };
}

const said = ({ bytes, at, end }: Span): string => bytes.toString('utf8', at, end);
const isName = ({ bytes, at, end }: Span): boolean => end - at === NAME.length && bytes.compare(NAME, 0, NAME.length, at, end) === 0;

function readSeries(span: Span, wants: (name: string) => boolean): WrittenSeries | null {
	const labels: ReturnType<typeof readLabel>[] = [];
	const samples: Span[] = [];
	fields(span, (field, wire) => {
		if (wire !== LENGTH_DELIMITED || field > 2) return false;
		if (field === 2) samples.push(within(span));
		else if (labels.push(readLabel(within(span))) > MOST_LABELS) throw new Torn();
		return true;
	});
	const named = labels.find((one) => isName(one.name));
	const name = named === undefined ? '' : said(named.value);
	if (!wants(name)) return null;
	const all = new Map(labels.map((one) => [said(one.name), said(one.value)]));
	const key = JSON.stringify([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
	return { name, labels: (label) => all.get(label), key, samples: samples.map(readSample) };
}

export function readWriteRequest(bytes: Buffer, wants: (name: string) => boolean): WriteRequest {
	const series: WrittenSeries[] = [];
	const span: Span = { bytes, at: 0, end: bytes.length };
	try {
		fields(span, (field, wire) => {
			if (field !== 1 || wire !== LENGTH_DELIMITED) return false;
			const one = readSeries(within(span), wants);
			if (one !== null) series.push(one);
			return true;
		});
		return { ok: true, series };
	} catch (error) {
		if (error instanceof Torn) return { ok: false };
		throw error;
	}
}
