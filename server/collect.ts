// Starts a poller for every polled source of the plan and hands its looks to the recorder; knows kinds only by their contract.
import type { Plan } from '../shared/plan.ts';
import type { ConnectorKind, Look } from './connectors/connector.ts';
import { type Poller, startPoller } from './connectors/poller.ts';
import { openTargets } from './connectors/targets.ts';
import type { VisitKeys } from './connectors/visit-keys.ts';
import type { Batch } from './domain/batch.ts';
import type { ErMessage } from './domain/er-batch.ts';
import type { ErEvent } from './domain/er-event.ts';
import type { ErDoor } from './er-door.ts';
import type { Recorder } from './recorder.ts';
import { watchSight } from './sight.ts';

export type Collection = {
	/** Asks a source for an exact look; false where there is none to be had. */
	exact(source: string): Promise<boolean>;
	stop(): Promise<void>;
};

/** Thrown into the poller where the journal can't write: the look is dropped and the source read again at the next beat. */
class NotRecorded extends Error {}

const batchOf = (source: string, may: readonly string[], look: Look): Batch =>
	look.ok
		? { source, may, readings: look.readings, ...(look.memory === undefined || look.events !== undefined ? {} : { memory: look.memory }) }
		: { source, may, readings: look.readings ?? [], why: look.why };

/** What it must know again is kept with its events alone: read once more after a failure, they are told once more. */
const messageOf = (
	source: string,
	events: readonly ErEvent[],
	{ refused, heard, memory }: Look & { readonly ok: true },
	heardAt: number,
): ErMessage => ({
	source,
	message: null,
	events,
	heardAt,
	answer: 'kept',
	...(refused === undefined ? {} : { refused }),
	...(heard === undefined ? {} : { heard }),
	...(memory === undefined ? {} : { memory }),
});

export type CollectParts = {
	readonly plan: Plan;
	readonly kinds: ReadonlyMap<string, ConnectorKind>;
	readonly recorder: Recorder;
	readonly er: Pick<ErDoor, 'take'>;
	readonly visitKeys: VisitKeys;
	now(): number;
};

export function collect({ plan, kinds, recorder, er, visitKeys, now }: CollectParts): Collection {
	const pollers = new Map<string, Poller>();
	const sight = watchSight({ canaries: plan.observer.canaries, pollers, sources: () => recorder.facts().sources, now });
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
			visitKeys,
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
				if (!look.ok || look.events === undefined || look.readings.length > 0) {
					const outcome = await recorder.submit(batchOf(id, may, look));
					if (!outcome.ok) throw new NotRecorded(outcome.message);
				}
				if (!look.ok || (look.events === undefined && look.heard === undefined)) return;
				const taken = await er.take(messageOf(id, look.events ?? [], look, now()));
				if (!taken.ok) throw new NotRecorded(taken.code);
			},
			canaryAnswers: () => (canary === undefined ? sight.canSee(id) : (pollers.get(canary)?.answersNow() ?? null)),
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
