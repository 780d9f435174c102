// Reckons on from an exact count by what the servers say was inserted and deleted since, and how much of the proof is left. Pure.
import * as z from 'zod/mini';

const count = z.int().check(z.gte(0));
const sideSchema = z.object({
	stamp: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
	/** Counted, and reckoned on since. */
	rows: count,
	/** The counters as last seen. */
	inserted: count,
	deleted: count,
	live: count,
	upkeep: count,
	/** Deleted since the count. */
	gone: count,
});
const proofSchema = z.object({
	/** What is still proven of what was counted equal. */
	verified: count,
	/** Whether that is less than the count said. */
	lowered: z.boolean(),
	/** Null where the server's counters say nothing. */
	source: z.nullable(sideSchema),
	target: z.nullable(sideSchema),
});
const memorySchema = z.object({
	v: z.literal(1),
	/** The position as last shown. */
	moved: count,
	/** Whether anything was ever said to be verified: then it has to be taken back where it no longer holds. */
	claimed: z.boolean(),
	proof: z.nullable(proofSchema),
});
export type Side = z.infer<typeof sideSchema>;
export type Proof = z.infer<typeof proofSchema>;
/** Travels as the connector's memory: figures, and digests of which tables and statistics they belong to. */
export type Memory = z.infer<typeof memorySchema>;

export type Counters = Pick<Side, 'inserted' | 'deleted' | 'live' | 'upkeep'> & { readonly stamp: string | null };

/** A memory that can't be read may have claimed anything. */
export function recall(memory: unknown): Memory {
	const parsed = memorySchema.safeParse(memory);
	return parsed.success ? parsed.data : { v: 1, moved: 0, claimed: memory !== undefined && memory !== null, proof: null };
}

/** A side as counted, with the counters of the same moment. */
export function sideOf(rows: number, { stamp, inserted, deleted, live, upkeep }: Counters): Side | null {
	return stamp === null ? null : { stamp, rows, inserted, deleted, live, upkeep, gone: 0 };
}

/**
 * Null where the counters are no longer those of the count. Inserted and deleted count what was rolled back as well; live rows don't, but an
 * analyze or a vacuum puts an estimate in their place, and they stop at 0: the smaller change is what is really there.
 */
export function proceed(side: Side, { stamp, inserted, deleted, live, upkeep }: Counters): Side | null {
	if (stamp !== side.stamp || inserted < side.inserted || deleted < side.deleted || upkeep < side.upkeep) return null;
	const written = inserted - side.inserted - (deleted - side.deleted);
	const change = upkeep === side.upkeep ? Math.min(written, live - side.live) : written;
	return { stamp, rows: Math.max(0, side.rows + change), inserted, deleted, live, upkeep, gone: side.gone + deleted - side.deleted };
}

/** Null where nothing vouches any more that what was counted is still there. `counted`: both sides are counted at every look. */
export function proceedProof(proof: Proof, source: Counters, target: Counters, counted: boolean): Proof | null {
	if (proof.source === null || proof.target === null) return counted ? proof : null;
	const [there, here] = [proceed(proof.source, source), proceed(proof.target, target)];
	if (there === null || here === null) return null;
	// A row deleted here is perhaps not the one deleted there: each may take another one out of what was counted equal.
	const lost = 2 * (Math.max(there.gone, here.gone) - Math.max(proof.source.gone, proof.target.gone));
	return lower({ ...proof, source: there, target: here }, proof.verified - lost);
}

/** No more is verified than `most`; what was taken back comes back only with another count. */
export function lower(proof: Proof, most: number): Proof {
	return most >= proof.verified ? proof : { ...proof, verified: Math.max(0, most), lowered: true };
}

export type Landing = { next(committed: number, copying: number): number };
const LASTING = 3;

/** Between the end of a COPY and the report of its rows they are in neither figure: the position stands still for a few looks. */
export function landing(): Landing {
	let shown = 0;
	let copied = 0;
	let patience = 0;
	return {
		next(committed, copying) {
			if (copying < copied) patience = LASTING;
			copied = copying;
			const now = committed + copying;
			if (now < shown && patience > 0) patience -= 1;
			else {
				shown = now;
				patience = 0;
			}
			return shown;
		},
	};
}
