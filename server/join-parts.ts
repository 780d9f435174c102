// What the web's routes may ask, joined from the parts that answer it.

import type { Plan } from '../shared/plan.ts';
import type { Access } from './access.ts';
import type { Collection } from './collect.ts';
import type { ConnectorKind } from './connectors/connector.ts';
import { createEncounterReader } from './connectors/fhir-push.ts';
import { gatusHeartbeat } from './connectors/gatus-heartbeat.ts';
import { kumaHeartbeat } from './connectors/kuma-heartbeat.ts';
import { parseSamples } from './connectors/parse-samples.ts';
import type { VisitKeys } from './connectors/visit-keys.ts';
import type { People } from './domain/people.ts';
import type { TokenStore } from './domain/token.ts';
import type { ErDoor } from './er-door.ts';
import type { Journal } from './journal/journal.ts';
import type { MarkRoom } from './mark-room.ts';
import { planSchemaOf } from './plan-file.ts';
import { boardOf } from './projections/fold.ts';
import { openPushed } from './pushed.ts';
import { foldTo, type Recorder } from './recorder.ts';
import type { RehearsalClock } from './rehearsal/rehearsal-clock.ts';
import { viewFor } from './stream/audience.ts';
import { createMetrics } from './web/metrics.ts';
import type { PressDoor } from './web/press-door.ts';
import type { Parts, Route } from './web/route.ts';

export type Joined = {
	readonly recorder: Recorder;
	readonly journal: Journal;
	readonly plan: Plan;
	readonly tokens: TokenStore;
	readonly people: People;
	readonly access: Access;
	readonly clock: Parts['clock'];
	readonly rehearsal: RehearsalClock | null;
	readonly marks: MarkRoom;
	readonly press: PressDoor;
	readonly routes: readonly Route[];
	readonly sources: Collection | null;
	readonly er: Pick<ErDoor, 'take'>;
	readonly visitKeys: VisitKeys;
	readonly kinds: ReadonlyMap<string, ConnectorKind>;
	clients(): number;
	hl7(): Readonly<Record<string, number>> | null;
};

const GROWTH_LOOK_MS = 250;
const readers = { kuma: kumaHeartbeat, gatus: gatusHeartbeat };

export function joinParts({
	recorder,
	journal,
	plan,
	tokens,
	people,
	access,
	clock,
	rehearsal,
	marks,
	press,
	routes,
	sources,
	er,
	visitKeys,
	kinds,
	clients,
	hl7,
}: Joined): Parts {
	const { board, health } = recorder;
	const serviceOf = (source: string): string | undefined => {
		const service = plan.sources[source]?.settings?.service;
		return typeof service === 'string' ? service : undefined;
	};
	return {
		submit: (batch) => recorder.submit(batch),
		mark: marks,
		press,
		er: { take: er.take },
		board,
		async boardAt(seq) {
			const [facts, hash] = await Promise.all([foldTo(journal, seq), journal.hashAt(seq)]);
			return { board: boardOf(facts), position: { epoch: journal.head().epoch, seq, hash: hash ?? '' } };
		},
		view: (audience, whole) => viewFor[audience](whole),
		seqAt: (instant) => journal.seqAt(instant),
		async seenAt(seq) {
			for await (const entry of journal.read(seq - 1, seq)) return entry.seen;
			return clock().now;
		},
		entries: (after, until) => journal.read(after, until),
		async grown(seq, signal) {
			while (!signal.aborted && board().position.seq <= seq) await new Promise((resolve) => setTimeout(resolve, GROWTH_LOOK_MS));
		},
		head: () => journal.head(),
		clock,
		journal: health,
		published: () => plan.status ?? null,
		tokens,
		people,
		arms: access.arms,
		pairing: access.pairing,
		audit: access.audit,
		tellChanges: access.tell,
		auditPage: access.auditPage,
		auditRows: access.auditRows,
		readSamples: parseSamples,
		readEncounters: createEncounterReader({ sources: plan.sources, keys: visitKeys, now: () => clock().now }),
		pushed: openPushed({ sources: plan.sources, recorder, keys: visitKeys, now: () => clock().now }),
		readHeartbeat: (shape, query, source) => readers[shape](Object.fromEntries(query), { source, service: serviceOf(source) }, clock().now),
		exact: async (source) => (await sources?.exact(source)) ?? false,
		setSpeed(speed) {
			if (!rehearsal) return null;
			return rehearsal.setSpeed(speed) ? rehearsal.speed() : null;
		},
		clients,
		metrics: createMetrics({ board, clock, journal: health, clients, hl7 }),
		planSchema: () => planSchemaOf(kinds),
		routes: () => routes,
	};
}
