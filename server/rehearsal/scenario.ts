// The contract of a scenario: an invented night as pure functions of seed and virtual time, so that it goes on from any moment.
import type { WireMark } from '../../shared/mark.ts';

/** A sample as senders write it: `at` in ISO 8601 UTC. */
export type WireSample = { readonly subject: string; readonly measure: string; readonly value: number; readonly at: string };
export type Batch = { readonly source: string; readonly samples: readonly WireSample[] };

/** `by`: a team's id where its lead makes the mark, else the name of another commander than the rehearsal's own. */
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
	/** What people mark at a due instant, in order. */
	marksAt(instant: number): readonly ScenarioMark[];
};

/** What a `*.scenario.ts` file exports. `planFrom`: its plan is the file's, with its dates moved to another night. */
export type ScenarioKind = { readonly id: string; readonly planFile: string; planFrom?(text: string): string; open(seed: number): Scenario };
