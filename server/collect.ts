// Starts a poller for every polled source of the plan and hands its looks to the recorder; knows kinds only by their contract.
import type { Plan } from '../shared/plan.ts';
import type { ConnectorKind, Look } from './connectors/connector.ts';
import { type Poller, startPoller } from './connectors/poller.ts';
import { openTargets } from './connectors/targets.ts';
import type { Batch } from './domain/batch.ts';
import type { Recorder } from './recorder.ts';

export type Collection = {
	/** Asks a source for an exact look; false where there is none to be had. */
	exact(source: string): Promise<boolean>;
	stop(): Promise<void>;
};

/** Thrown into the poller where the journal can't write: the look is dropped and the source read again at the next beat. */
class NotRecorded extends Error {}

const batchOf = (source: string, may: readonly string[], look: Look): Batch =>
	look.ok
		? { source, may, readings: look.readings, ...(look.memory === undefined ? {} : { memory: look.memory }) }
		: { source, may, readings: look.readings ?? [], why: look.why };

export function collect(plan: Plan, kinds: ReadonlyMap<string, ConnectorKind>, recorder: Recorder, now: () => number): Collection {
	const pollers = new Map<string, Poller>();
	const targets = openTargets(plan.access.targets);
	for (const [id, source] of Object.entries(plan.sources)) {
		const kind = kinds.get(source.kind);
		const settings = source.settings ?? {};
		if (!kind?.polled || kind.isPolled?.(settings) === false) continue;
		const reader = kind.open(settings, {
			id,
			source,
			secret: (name) => process.env[name],
			get memory() {
				return recorder.facts().sources[id]?.memory;
			},
			now,
			targets,
		});
		const may = [...kind.subjects(settings), `source/${id}`];
		const { canary } = source;
		const poller = startPoller({
			reader,
			source,
			now,
			random: Math.random,
			async emit(look) {
				const outcome = await recorder.submit(batchOf(id, may, look));
				if (!outcome.ok) throw new NotRecorded(outcome.message);
			},
			canaryAnswers: () => (canary === undefined ? null : (pollers.get(canary)?.answersNow() ?? null)),
		});
		pollers.set(id, poller);
	}
	return {
		async exact(source) {
			const poller = pollers.get(source);
			return poller !== undefined && (await poller.readExact()) !== null;
		},
		async stop() {
			await Promise.all([...pollers.values()].map((poller) => poller.stop()));
		},
	};
}
