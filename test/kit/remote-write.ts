// Writes prometheus.WriteRequest as bytes, by hand: for tests that send as Prometheus does. Knows nothing of the server.

/** A value as a number, or as the bits of one (for the marker of a series that has ended). */
export type OutSample = readonly [value: number | bigint, at: number];
export type OutSeries = { readonly labels: Readonly<Record<string, string>>; readonly samples: readonly OutSample[] };

/** The NaN by which Prometheus says that a series has ended. */
export const STALE = 0x7ff0000000000002n;

function varint(value: number): Buffer {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) return Buffer.of(...bytes, rest);
		bytes.push((rest % 128) | 128);
	}
}

export const bytesField = (field: number, bytes: Buffer): Buffer => Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);

function sample([value, at]: OutSample): Buffer {
	const bits = Buffer.alloc(8);
	if (typeof value === 'bigint') bits.writeBigUInt64LE(value);
	else bits.writeDoubleLE(value);
	return Buffer.concat([Buffer.of(0x09), bits, Buffer.of(0x10), varint(at)]);
}

export const writeRequest = (all: readonly OutSeries[]): Buffer =>
	Buffer.concat(
		all.map(({ labels, samples }) =>
			bytesField(
				1,
				Buffer.concat([
					...Object.entries(labels).map(([name, value]) =>
						bytesField(1, Buffer.concat([bytesField(1, Buffer.from(name)), bytesField(2, Buffer.from(value))])),
					),
					...samples.map((one) => bytesField(2, sample(one))),
				]),
			),
		),
	);
