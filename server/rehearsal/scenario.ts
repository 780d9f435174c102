// The contract of a scenario: an invented night as pure functions of seed and virtual time, so that it goes on from any moment.
import type { WireMark } from '../../shared/mark.ts';

/** A sample as senders write it: `at` in ISO 8601 UTC. */
export type WireSample = { readonly subject: string; readonly measure: string; readonly value: number; readonly at: string };
export type Batch = { readonly source: string; readonly samples: readonly WireSample[] };

/** What a sender of HL7 says: whole messages as text, each segment ended by a carriage return, in its order. `source` is the plan's. */
export type MessageBatch = { readonly source: string; readonly messages: readonly string[] };

/** A feed's count of who is in an emergency room: the body of POST /api/er/:site/count, under the source's token. */
export type SiteCount = { readonly source: string; readonly site: string; readonly count: Readonly<Record<string, unknown>> };

/** `by`: a team's id where its lead makes the mark, a site's where its ward does, else the name of another commander than the rehearsal's own. */
export type ScenarioMark = { readonly mark: WireMark; readonly by?: string };

export type Scenario = {
	readonly id: string;
	/** The plan's file beside the scenario. */
	readonly planFile: string;
	/** Virtual time, ms UTC. Both are due instants. */
	readonly start: number;
	readonly end: number;
	/** The first instant after `after` at which anything is due; null once nothing is. */
	due(after: number): number | null;
	/** What the sources say at a due instant, always in the same order; empty where it is none. */
	batchesAt(instant: number): readonly Batch[];
	/** What wards' systems send over MLLP at a due instant, in order; left out: nothing ever. */
	messagesAt?(instant: number): readonly MessageBatch[];
	/** What feeds of counts send at a due instant, in order; left out: nothing ever. */
	countsAt?(instant: number): readonly SiteCount[];
	/** What people mark at a due instant, in order. */
	marksAt(instant: number): readonly ScenarioMark[];
};

/** What a `*.scenario.ts` file exports. `planFrom`: its plan is the file's, with its dates moved to another night. */
export type ScenarioKind = { readonly id: string; readonly planFile: string; planFrom?(text: string): string; open(seed: number): Scenario };
