// A ward's system as a good one is: sends on without waiting, and after a lost connection sends again what was not acknowledged.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { adtOf, type Said } from './er-plan.ts';

export type ErSender = {
	/** Messages that were answered AA, by their trigger. */
	acknowledged(): { readonly arrivals: number; readonly departures: number };
	/** Messages that had to be sent again. */
	again(): number;
	/** Answers other than AA, by code. */
	refusals(): Readonly<Record<string, number>>;
	/** Resolves when all that was sent is acknowledged, on whatever connection. */
	stop(): Promise<void>;
	/** Sends nothing more, acknowledged or not. */
	drop(): void;
};

const AT_ONCE = 50;
const RETRY_MS = 25;
const FRAME_END = Buffer.from([0x1c, 0x0d]);
const idOf = ({ trigger, visit }: Said): string => `${trigger}-${visit}`;

export function startErSender(port: number, facility: string): ErSender {
	const unanswered = new Map<string, Said>();
	const count = { arrivals: 0, departures: 0 };
	const refusals: Record<string, number> = {};
	let [next, again, isStopping, isDropped] = [0, 0, false, false];
	let socket: Socket | null = null;
	let done = (): void => undefined;
	const settled = new Promise<void>((resolve) => {
		done = resolve;
	});

	/** Two visits begin, then the first of them ends. */
	function nextSaid(): Said {
		const n = next++;
		const isEnd = n % 3 === 2;
		const at = Date.now() - 3_000_000 + n;
		return { trigger: isEnd ? 'A03' : 'A04', facility, visit: `${facility}-${isEnd ? n - 2 : n}`, at: isEnd ? at + 600_000 : at };
	}

	function feed(): void {
		const pieces: Buffer[] = [];
		while (!isStopping && unanswered.size < AT_ONCE) {
			const said = nextSaid();
			unanswered.set(idOf(said), said);
			pieces.push(adtOf(said));
		}
		if (pieces.length > 0) socket?.write(Buffer.concat(pieces));
		if (isStopping && unanswered.size === 0) done();
	}

	function hear(code: string, id: string): void {
		const said = unanswered.get(id);
		if (code !== 'AA' || !said) {
			refusals[code] = (refusals[code] ?? 0) + 1;
			// Not now: it is sent again with the rest.
			socket?.destroy();
			return;
		}
		unanswered.delete(id);
		if (said.trigger === 'A04') count.arrivals += 1;
		else count.departures += 1;
	}

	function open(): void {
		const mine = connect(port, '127.0.0.1');
		socket = mine;
		let rest = '';
		mine.setNoDelay(true);
		mine.on('connect', () => {
			again += unanswered.size;
			if (unanswered.size > 0) mine.write(Buffer.concat([...unanswered.values()].map(adtOf)));
			feed();
		});
		mine.on('data', (piece) => {
			rest += piece.toString('latin1');
			const frames = rest.split(FRAME_END.toString('latin1'));
			rest = frames.pop() ?? '';
			for (const frame of frames) {
				const [, code = 'none', id = ''] = /MSA\|([A-Z]{2})\|([^|\r]*)/.exec(frame) ?? [];
				hear(code, id);
			}
			if (!mine.destroyed) feed();
		});
		mine.on('error', () => undefined);
		mine.on('close', () => {
			if (isDropped || (isStopping && unanswered.size === 0)) return;
			void pause(RETRY_MS).then(open);
		});
	}
	open();

	return {
		acknowledged: () => ({ ...count }),
		again: () => again,
		refusals: () => ({ ...refusals }),
		async stop() {
			isStopping = true;
			if (unanswered.size === 0) done();
			await settled;
			socket?.destroy();
		},
		drop() {
			isDropped = true;
			isStopping = true;
			socket?.destroy();
		},
	};
}
