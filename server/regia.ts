// One running Regia: joins journal, recorder, stream, web and sources. The only file that knows every part; main.ts starts it.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { joinAccess } from './access.ts';
import { collect } from './collect.ts';
import type { ConnectorKind } from './connectors/connector.ts';
import { unknownName } from './domain/admit-mark.ts';
import { defaultLimits, type Limits } from './domain/limits.ts';
import { createIdentify, mayDo, nameOf } from './domain/may.ts';
import { needOf } from './domain/ownership.ts';
import type { TokenStore } from './domain/token.ts';
import { watchDoor } from './domain/watch-door.ts';
import { type MllpSettings, openErRoom } from './er-room.ts';
import { openForecaster } from './forecaster.ts';
import { createPeople } from './identity/people.ts';
import { joinParts } from './join-parts.ts';
import { joinPress } from './join-press.ts';
import { openAccountStore } from './journal/account-store.ts';
import { JournalError } from './journal/journal.ts';
import { openSessionStore } from './journal/session-store.ts';
import { openSqliteJournal } from './journal/sqlite-journal.ts';
import { openTokenStore } from './journal/token-store.ts';
import { openNotifications } from './notifications.ts';
import { followPlan, type PlanText } from './plan-in-force.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import type { RehearsalClock } from './rehearsal/rehearsal-clock.ts';
import { createPublisher } from './stream/publisher.ts';
import { openStream } from './stream/socket-server.ts';
import { keepTimestamps } from './timestamps.ts';
import { createWatchkeeper } from './watchkeeper.ts';
import { createApp, readRoutes } from './web/app.ts';
import { callerOf } from './web/caller.ts';
import { openClientAddresses } from './web/client-address.ts';
import { openDoor } from './web/door.ts';
import type { TlsFiles } from './web/tls-files.ts';

export type RegiaSetup = {
	readonly plan: PlanText;
	readonly kinds: ReadonlyMap<string, ConnectorKind>;
	readonly dataFolder: string;
	readonly host: string;
	readonly port: number;
	/** Certificate and key, read anew when they change; left out or null: plain http. */
	readonly tls?: TlsFiles | null;
	/** Where HL7 messages are listened for, if the plan has a source of them; left out: the usual port on loopback. */
	readonly mllp?: MllpSettings;
	readonly limits?: Limits;
	readonly rhythmMs: number;
	/** How often a session's groups are asked of the identity provider again; left out: every 30 s. */
	readonly recheckMs?: number;
	/** Watched without a token, read-only, under a loopback name. */
	readonly open: boolean;
	/** A rehearsal's clock; null: the real one. */
	readonly clock: RehearsalClock | null;
	/** Whether a mark by this name is the rehearsal's own; left out: all are. */
	readonly isScripted?: (by: string) => boolean;
	readonly log: Logger;
};

export type Regia = {
	readonly url: string;
	/** Where HL7 messages are listened for; null where the plan has no source of them. */
	readonly mllpPort: number | null;
	/** The first administrator's code, where nobody is in charge yet; and whether Regia listens on loopback only until then. */
	readonly claimCode: string | null;
	readonly isHeldBack: boolean;
	readonly tokens: TokenStore;
	readonly recorder: Recorder;
	/** Resolves when all that Regia itself has to write down at this moment is in the record: a rehearsal's clock waits for it. */
	settle(): Promise<void>;
	/** No new work, open commits finish, screens are told; resolves when all is closed. */
	stop(): Promise<void>;
};

const ASK_GROUPS_EVERY_MS = 30_000;
const CHECKPOINT_EVERY_MS = 300_000;
const usualMllp: MllpSettings = { port: null, host: '127.0.0.1', tls: null };
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
	const access = joinAccess({ recorder, journal, tokens, fault });
	const timestamps = keepTimestamps({ access: setup.plan.plan.access, recorder, journal, log });
	await access.tell();

	const people = createPeople({
		access: plan.access,
		sessions: openSessionStore(setup.dataFolder),
		accounts: openAccountStore(setup.dataFolder),
		hasPersonToken: () => tokens.list().some(({ grant }) => grant.kind === 'person'),
		isRehearsal: rehearsal !== null,
		secret: (name) => process.env[name],
		askEveryMs: setup.recheckMs ?? ASK_GROUPS_EVERY_MS,
		now: Date.now,
		// A disk that is full keeps nobody out: those who come in may be the ones to free it.
		note: async (audit) => void (await recorder.append({ kind: 'audit', at: now(), ...audit }).catch(ignoreFull)),
	});
	const publisher = createPublisher({
		board: recorder.board,
		clock,
		journal: recorder.health,
		providerDown: people.isProviderDown,
		rhythmMs: setup.rhythmMs,
	});
	const identify = createIdentify((secret) => tokens.check(secret), setup.open, people.sessionOf);
	const routes = await readRoutes();
	const limits = setup.limits ?? defaultLimits;
	const watch = watchDoor(limits);
	const told = (message: string, error?: unknown): void => (error === undefined ? log.info(message) : log.error({ err: error }, message));
	const addresses = openClientAddresses(plan.access.trustedProxies);
	const door = openDoor({ limits, watch, tls: setup.tls ?? null, isProxy: addresses.isProxy, told });
	const { http } = door;
	const forecaster = openForecaster();
	const watchkeeper = createWatchkeeper({ plan, recorder, forecaster, now, fault });
	// A rehearsal is looked at in lock-step alone, so that the same seed gives the same journal; but who takes part in it does not wait for that.
	// Twice a beat, so that what is noticed is on its way to the screens within two beats, whichever of the two comes first.
	const looks = rehearsal === null ? setInterval(() => void watchkeeper.tick(), setup.rhythmMs / 2) : undefined;
	const lookAfter = (by: string): void => void ((rehearsal === null || setup.isScripted?.(by) === false) && watchkeeper.tick());
	const er = openErRoom({
		plan,
		recorder,
		journal,
		dataFolder: setup.dataFolder,
		isRehearsal: rehearsal !== null,
		mllp: setup.mllp ?? usualMllp,
		now,
		fault,
		told,
	});
	const sources = rehearsal ? null : collect({ plan, kinds: setup.kinds, recorder, er: er.door, visitKeys: er.visitKeys, now });
	const notices = openNotifications({ plan, recorder, isRehearsal: rehearsal !== null, log, now });
	const { arms } = access;
	const press = await joinPress({ recorder, journal, arms, now, kept: lookAfter, dataFolder: setup.dataFolder, address: () => url(), fault });
	const parts = joinParts({
		recorder,
		journal,
		plan,
		tokens,
		people,
		access,
		clock,
		rehearsal,
		marks: press.marks,
		press: press.press,
		routes,
		sources,
		er: er.door,
		visitKeys: er.visitKeys,
		kinds: setup.kinds,
		clients: () => stream.clients(),
		hl7: er.counts,
	});
	const app = createApp({ parts, routes, identify, clientFolder, limits, watch, door, addresses, fault });
	http.on('request', (request, response) => door.inTurn(request.socket, () => app(request, response)));
	const stream = openStream(http, {
		publisher,
		identify,
		limits,
		known: door.known,
		inTurn: door.inTurn,
		refused: (asked) => watch.refused(addresses.of(asked), performance.now()),
		addressOf: addresses.of,
		fault,
		async mark(sent, { who, credentials, from }) {
			const { board } = recorder.board();
			const unknown = unknownName(sent.mark, await press.press.boardFor(sent.mark, board));
			if (unknown) return unknown;
			const { action, of } = needOf(sent.mark, board);
			if (!mayDo(who, action, of)) return { ok: false, code: 'not-permitted', message: 'This token may not do that.' };
			const outcome = await parts.mark(sent, { by: nameOf(who), caller: callerOf(who, credentials), from });
			return outcome.ok ? { ok: true, seq: outcome.seq } : { ok: false, code: outcome.code, message: outcome.message };
		},
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

	const isHeldBack = people.isUnclaimed() && plan.access.unclaimed === 'loopback' && !['127.0.0.1', '::1', 'localhost'].includes(setup.host);
	await new Promise<void>((resolve, reject) => {
		http.once('error', reject);
		http.listen(setup.port, isHeldBack ? '127.0.0.1' : setup.host, resolve);
	});
	const mllpPort = await er.listen();
	return {
		url: url(),
		mllpPort,
		claimCode: people.claimCode,
		isHeldBack,
		tokens,
		recorder,
		async settle() {
			await watchkeeper.tick();
			await er.forgetOver();
		},
		async stop() {
			clearInterval(checkpoints);
			clearInterval(looks);
			door.close();
			const closed = new Promise<void>((resolve) => http.close(() => resolve()));
			const unheard = er.stopListening();
			await stream.close(SCREENS_RETRY_MS);
			await sources?.stop();
			await unheard;
			await er.close();
			http.closeIdleConnections();
			const cut = setTimeout(() => http.closeAllConnections(), 3000);
			await closed;
			clearTimeout(cut);
			await forecaster.close();
			await press.close();
			await watchkeeper.stop();
			await notices?.stop();
			await recorder.checkpoint().catch(ignoreFull);
			await access.stop();
			people.close();
			await recorder.append({ kind: 'auto', what: 'stopped' }).catch(ignoreFull);
			await timestamps?.stop();
			await journal.close();
			tokens.close();
		},
	};

	function url(): string {
		const { port, address, family } = http.address() as AddressInfo;
		return `${door.isSecure ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
	}

	function ignoreFull(error: unknown): void {
		if (!(error instanceof JournalError)) fault(error);
	}
}
