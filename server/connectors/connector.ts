// The contract of a connector: it reads one source and hands on readings. It never admits, journals or judges.
import type { ErRefusalCode } from '../../shared/er.ts';
import type { PlanSource, SettingsSchema } from '../../shared/plan.ts';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import type { ErEvent } from '../domain/er-event.ts';
import type { Targets } from './targets.ts';
import type { VisitKeys } from './visit-keys.ts';

/**
 * One look at a source. `ok: false` is Regia's failure to look (rule 3), with a closed code and no outside text.
 * `events`: what it tells of visits, already without the person; `refused`: a code for each part that could not be taken; `heard`: sites of which it has told all there is by now. `memory`, where given, is committed with the batch and handed back after a restart: small, plain JSON, no outside text.
 */
export type Look =
	| {
			readonly ok: true;
			readonly readings: readonly Reading[];
			readonly events?: readonly ErEvent[];
			readonly refused?: readonly ErRefusalCode[];
			readonly heard?: readonly string[];
			readonly memory?: unknown;
	  }
	| { readonly ok: false; readonly why: BlindCode; readonly readings?: readonly Reading[] };

/** An open source. `read` may reject or overrun: the poller turns both into a blind look. `signal` aborts at the time-out. */
export type Reader = {
	read(signal: AbortSignal): Promise<Look>;
	/** A costlier, exact look, asked for by a person or by the plan's rhythm (exact counts). */
	readExact?(signal: AbortSignal): Promise<Look>;
	/** The plan's rhythm for exact looks, where its settings give one; the poller keeps it. */
	readonly exactEveryMs?: number;
	close(): Promise<void>;
};

export type ReaderContext = {
	readonly id: string;
	readonly source: PlanSource;
	/** The secret named by an environment variable, or undefined where that is not set. Never logged, never journalled. */
	secret(environmentName: string): string | undefined;
	/** What this connector last handed on as `memory`, as journalled: asked again at a later look, what is durable by then; undefined the first time. */
	readonly memory: unknown;
	/** For sources that tell of visits: all that is kept of an identifier. */
	readonly visitKeys?: VisitKeys;
	now(): number;
	/** What the plan lets its sources be looked at; every connection asks it. Left out: anything. */
	readonly targets?: Targets;
};

/** `polled: false`: the source speaks to us (push), and only its settings are checked here. */
export type ConnectorKind = {
	readonly kind: string;
	readonly polled: boolean;
	/** Of a polled kind: whether a source with these settings is; left out: all are. */
	isPolled?(settings: unknown): boolean;
	readonly settings: SettingsSchema;
	/** Subjects it will speak about, so that a plan naming an unknown one is refused at start. */
	subjects(settings: unknown): readonly string[];
	open(settings: unknown, context: ReaderContext): Reader;
};
