// One peer's conversation: bytes in, acknowledgements out in the order of its messages, each only once the door has said so (rule 4).
// Knows no socket; told when to go slower, it says so.
import { createHash } from 'node:crypto';
import type { ErRefusalCode } from '../../shared/er.ts';
import type { ErEvent } from '../domain/er-event.ts';
import { type AnswerCode, answerTo, isAnswerCode } from './mllp-answer.ts';
import { createFramer, type Frame } from './mllp-framer.ts';
import type { Heard, MllpReader } from './mllp-reader.ts';

/** As the door of visits has it (er-door.ts). */
export type HandedIn = {
	readonly source: string;
	readonly message: string | null;
	readonly events: readonly ErEvent[];
	readonly refused?: readonly ErRefusalCode[];
	readonly heardAt: number;
	readonly answer: string;
};
export type TakeVisits = (
	message: HandedIn,
) => Promise<{ readonly ok: true; readonly answer?: string; readonly repeated?: boolean } | { readonly ok: false; readonly code: string }>;

export type ConversationSetup = {
	readonly reader: MllpReader;
	readonly take: TakeVisits;
	readonly now: () => number;
	readonly peer: string;
	readonly largestFrameBytes: number;
	/** So many messages wait for their answer at most; what comes meanwhile waits with its sender. */
	readonly mostUnanswered: number;
	write(bytes: Buffer): void;
	/** Our own reading failed: a fault to be counted, without a word of what it was over. */
	stumble(): void;
	/** Whether more may be read of the peer. */
	flow(isOpen: boolean): void;
};

export type Conversation = {
	hear(chunk: Buffer): void;
	/** Whether a frame has begun and not ended. */
	isMidFrame(): boolean;
	/** Messages that have no answer yet. */
	unanswered(): number;
	/** Resolves when all that was heard is answered. */
	settled(): Promise<void>;
	/** The peer is gone, or Regia ends: nothing more is written, and nothing that waits is begun. */
	end(): void;
};

export function openConversation(setup: ConversationSetup): Conversation {
	const { reader, take, now, peer, mostUnanswered } = setup;
	const framer = createFramer(setup.largestFrameBytes);
	const waiting: Frame[] = [];
	let underWay = 0;
	let isEnded = false;
	let isFlowing = true;
	/** Answers leave in the order in which their messages came, whichever is kept first. */
	let lastAnswer: Promise<void> = Promise.resolve();

	function flow(isOpen: boolean): void {
		if (isFlowing === isOpen) return;
		isFlowing = isOpen;
		setup.flow(isOpen);
	}

	/** A message that our own reading stumbles over is refused; its sender would send it for ever, and the others would wait with it. */
	function readSafely(frame: Frame, heardAt: number): Heard | null {
		try {
			return reader.read(frame, peer, heardAt);
		} catch {
			setup.stumble();
			return null;
		}
	}

	async function keep(frame: Frame): Promise<readonly Buffer[]> {
		const heardAt = now();
		const heard = readSafely(frame, heardAt);
		if (heard === null) return answerTo(null, 'malformed', { now: now(), id: numberOf(`${heardAt}`, 'malformed') });
		const { message, sender, code, events, refused, digest } = heard;
		if (heard.isAnswer) return [];
		let answer: AnswerCode = code;
		if (sender !== null) {
			const kept = await take({
				source: sender.source,
				message: digest,
				events,
				...(refused === null ? {} : { refused: [refused] }),
				heardAt,
				answer: code,
			});
			// What was refused stays refused, whether it could be counted or not.
			if (!kept.ok) answer = refused === null ? 'not-now' : code;
			// Said before, it is answered as before, also where it would be read otherwise by now.
			else if (kept.repeated && isAnswerCode(kept.answer)) answer = kept.answer;
		}
		return answerTo(message, answer, { now: now(), id: numberOf(digest, answer) });
	}

	function begin(frame: Frame): void {
		underWay++;
		const answers = keep(frame);
		const before = lastAnswer;
		lastAnswer = (async () => {
			const frames = await answers;
			await before;
			if (!isEnded) for (const bytes of frames) setup.write(bytes);
			underWay--;
			goOn();
		})();
	}

	function goOn(): void {
		while (!isEnded && underWay < mostUnanswered) {
			const next = waiting.shift();
			if (!next) break;
			begin(next);
		}
		if (!isEnded) flow(waiting.length === 0);
	}

	return {
		hear(chunk) {
			if (isEnded) return;
			for (const frame of framer.push(chunk)) waiting.push(frame);
			goOn();
		},
		isMidFrame: () => framer.isMidFrame(),
		unanswered: () => underWay + waiting.length,
		async settled() {
			for (let last: Promise<void> | null = null; last !== lastAnswer; ) {
				last = lastAnswer;
				await last;
			}
		},
		end() {
			isEnded = true;
			waiting.length = 0;
		},
	};
}

/** An acknowledgement's own number: the same for the same message and answer, so that a repeat gets the same one. 19 characters. */
const numberOf = (digest: string, answer: AnswerCode): string =>
	createHash('sha256').update(`${digest} ${answer}`).digest('hex').slice(0, 19).toUpperCase();
