// All that hears of visits, joined: their door, the port for HL7 messages with its certificate, and the rhythm of forgetting.

import { VISIT_LAPSES_MS } from '../shared/er.ts';
import type { Plan } from '../shared/plan.ts';
import { type MllpCounts, openMllpListener } from './connectors/mllp-listener.ts';
import { openSenders } from './connectors/mllp-sender.ts';
import { openVisitKeys, type VisitKeys } from './connectors/visit-keys.ts';
import { type ErDoor, type ErDoorParts, openErDoor } from './er-door.ts';
import { JournalError } from './journal/journal.ts';
import { type TlsFiles, watchTlsFiles } from './web/tls-files.ts';

/** Port null: the usual one, in a rehearsal a free one. `tls` null: plain. */
export type MllpSettings = { readonly port: number | null; readonly host: string; readonly tls: TlsFiles | null };

export type ErRoomParts = Omit<ErDoorParts, 'lapsesAfter'> & {
	readonly plan: Plan;
	readonly dataFolder: string;
	readonly isRehearsal: boolean;
	readonly mllp: MllpSettings;
	told(message: string, error?: unknown): void;
};

export type ErRoom = {
	readonly visitKeys: VisitKeys;
	readonly door: Pick<ErDoor, 'take'>;
	/** On which port; null where the plan has no source of HL7 messages. Rejects with the remedy where it can't be listened on. */
	listen(): Promise<number | null>;
	/** What the port has seen; null while it is not open. */
	counts(): MllpCounts | null;
	/** Forgets what is over, where ten minutes of the board's clock have gone by since it last did. */
	forgetOver(): Promise<void>;
	/** Hears no more messages; resolves when those that it heard are answered. */
	stopListening(): Promise<void>;
	/** Takes nothing more of anybody; resolves when all is answered. */
	close(): Promise<void>;
};

const USUAL_PORT = 2575;
const FORGET_EVERY_MS = 600_000;
/** On the real clock. */
const FORGET_LOOK_MS = 60_000;

export function openErRoom({ plan, dataFolder, isRehearsal, mllp, told, ...parts }: ErRoomParts): ErRoom {
	const { now, fault } = parts;
	const visitKeys = openVisitKeys(dataFolder);
	const door = openErDoor({ ...parts, lapsesAfter: (site) => plan.sites[site]?.visitLapses ?? VISIT_LAPSES_MS });
	let stopListening = async (): Promise<void> => undefined;
	let counts = (): MllpCounts | null => null;
	let forgotAt = Number.NEGATIVE_INFINITY;

	async function listen(): Promise<number | null> {
		const sources = Object.entries(plan.sources).filter(([, { kind }]) => kind === 'mllp');
		if (sources.length === 0) return null;
		const senders = openSenders(Object.fromEntries(sources.map(([id, { settings = {} }]) => [id, settings])));
		const port = mllp.port ?? (isRehearsal ? 0 : USUAL_PORT);
		const tls = mllp.tls && watchTlsFiles(mllp.tls, told, '--mllp-tls-cert and --mllp-tls-key');
		const { host } = mllp;
		const listener = await openMllpListener({
			senders,
			keys: visitKeys,
			take: door.take,
			now,
			host,
			port,
			tls: tls?.current() ?? null,
			isRehearsal,
			told,
		}).catch((error: unknown) => {
			tls?.stop();
			throw new Error(remedyOf(error));
		});
		tls?.follow(listener.renew);
		counts = listener.counts;
		stopListening = async () => {
			tls?.stop();
			await listener.stop();
		};
		return listener.port;
	}

	async function forgetOver(): Promise<void> {
		if (now() - forgotAt < FORGET_EVERY_MS) return;
		forgotAt = now();
		try {
			await door.forget();
		} catch (error) {
			// A full disk: it is forgotten when there is room.
			if (!(error instanceof JournalError)) fault(error);
		}
	}
	// A rehearsal forgets in lock-step, as its clock is set.
	const forgetting = isRehearsal ? undefined : setInterval(() => void forgetOver(), FORGET_LOOK_MS);

	return {
		visitKeys,
		door,
		listen,
		counts: () => counts(),
		forgetOver,
		stopListening: () => stopListening(),
		async close() {
			clearInterval(forgetting);
			await door.close();
		},
	};
}

function remedyOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'EADDRINUSE') return `${text}: stop what listens there, or give another port with --mllp-port (REGIA_MLLP_PORT)`;
	if (code === 'EADDRNOTAVAIL') return `${text}: --mllp-host is no address of this machine`;
	if (code === 'EACCES') return `${text}: give a port above 1023 with --mllp-port (REGIA_MLLP_PORT)`;
	return text;
}
