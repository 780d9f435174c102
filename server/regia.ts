// One running Regia: joins journal, recorder, stream, web and sources. The only file that knows every part; main.ts starts it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collect } from './collect.ts';
import type { ConnectorKind } from './connectors/connector.ts';
import { createIdentify } from './domain/may.ts';
import { needOf } from './domain/ownership.ts';
import type { TokenStore } from './domain/token.ts';
import { joinParts } from './join-parts.ts';
import { JournalError } from './journal/journal.ts';
import { openSqliteJournal } from './journal/sqlite-journal.ts';
import { openTokenStore } from './journal/token-store.ts';
import { followPlan, type PlanText } from './plan-in-force.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import type { RehearsalClock } from './rehearsal/rehearsal-clock.ts';
import { createPublisher } from './stream/publisher.ts';
import { openStream } from './stream/socket-server.ts';
import { createApp, readRoutes } from './web/app.ts';
import { refuseUnreadable } from './web/unreadable-request.ts';

export type RegiaSetup = {
	readonly plan: PlanText;
	readonly kinds: ReadonlyMap<string, ConnectorKind>;
	readonly dataFolder: string;
	readonly host: string;
	readonly port: number;
	readonly rhythmMs: number;
	/** Watched without a token, read-only, under a loopback name. */
	readonly open: boolean;
	/** A rehearsal's clock; null: the real one. */
	readonly clock: RehearsalClock | null;
	readonly log: Logger;
};

export type Regia = {
	readonly url: string;
	readonly tokens: TokenStore;
	readonly recorder: Recorder;
	/** No new work, open commits finish, screens are told; resolves when all is closed. */
	stop(): Promise<void>;
};

const CHECKPOINT_EVERY_MS = 300_000;
const SCREENS_RETRY_MS = 1500;
const clientFolder = join(import.meta.dirname, '../client/dist');

export async function startRegia(setup: RegiaSetup): Promise<Regia> {
	const { log, clock: rehearsal } = setup;
	const now = rehearsal ? () => rehearsal.now() : Date.now;
	const fault = (error: unknown): void => log.error({ err: error }, 'fault');
	const tokens = openTokenStore(setup.dataFolder);
	const journal = await openSqliteJournal(setup.dataFolder);
	const recorder = await openRecorder(journal, now);
	rehearsal?.advanceTo(recorder.facts().seen);
	const plan = await followPlan(recorder, setup.plan, rehearsal !== null);

	const clock = () => ({ now: now(), real: Date.now(), speed: rehearsal?.speed() ?? 1 });
	const publisher = createPublisher({ board: recorder.board, clock, journal: recorder.health, rhythmMs: setup.rhythmMs });
	const identify = createIdentify((secret) => tokens.check(secret), setup.open);
	const routes = await readRoutes();
	const http = createServer({ keepAliveTimeout: 20_000 });
	const sources = rehearsal ? null : collect(plan, setup.kinds, recorder, now);
	const parts = joinParts({
		recorder,
		journal,
		plan,
		tokens,
		clock,
		rehearsal,
		routes,
		sources,
		kinds: setup.kinds,
		clients: () => stream.clients(),
	});
	const app = createApp({ parts, routes, identify, clientFolder, fault });
	http.on('request', app);
	http.on('clientError', refuseUnreadable);
	const stream = openStream(http, {
		publisher,
		identify,
		rhythmMs: setup.rhythmMs,
		fault,
		async mark(mark, by) {
			const outcome = await parts.mark(mark, by);
			return outcome.ok ? { ok: true, seq: outcome.seq } : { ok: false, code: outcome.code, message: outcome.message };
		},
		needOf: (mark) => needOf(mark, recorder.board().board),
		async since(at) {
			const counts = { entries: 0, marks: 0 };
			for await (const entry of journal.read(at.seq)) {
				counts.entries += 1;
				if (entry.kind === 'mark') counts.marks += 1;
			}
			return counts;
		},
		vitals: (screen, vitals) => log.debug({ screen, vitals }, 'screen'),
	});
	const checkpoints = setInterval(() => recorder.checkpoint().catch(ignoreFull), CHECKPOINT_EVERY_MS);

	await new Promise<void>((resolve, reject) => {
		http.once('error', reject);
		http.listen(setup.port, setup.host, resolve);
	});
	const { port, address, family } = http.address() as AddressInfo;
	return {
		url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
		tokens,
		recorder,
		async stop() {
			clearInterval(checkpoints);
			const closed = new Promise<void>((resolve) => http.close(() => resolve()));
			await stream.close(SCREENS_RETRY_MS);
			await sources?.stop();
			http.closeIdleConnections();
			const cut = setTimeout(() => http.closeAllConnections(), 3000);
			await closed;
			clearTimeout(cut);
			await recorder.checkpoint().catch(ignoreFull);
			await recorder.append({ kind: 'auto', what: 'stopped' }).catch(ignoreFull);
			await journal.close();
			tokens.close();
		},
	};

	function ignoreFull(error: unknown): void {
		if (!(error instanceof JournalError)) fault(error);
	}
}
