// One frame → what of it goes to the door of visits, and what its sender is told. Knows neither socket nor journal; keeps nothing but
// when each sender's last message was made, and which of late had the same number.
import type { MessageRefusalCode } from '../../shared/er.ts';
import type { ErEvent } from '../domain/er-event.ts';
import { readAdt } from './hl7-adt.ts';
import { type Hl7Message, readMessage } from './hl7-message.ts';
import type { AnswerCode } from './mllp-answer.ts';
import type { Frame } from './mllp-framer.ts';
import type { Sender, Senders } from './mllp-sender.ts';
import type { VisitKeys } from './visit-keys.ts';

const NUMBERS_KEPT = 20_000;

export type Heard = {
	readonly message: Hl7Message | null;
	/** Null: nobody of the plan; there is no lamp that it could light. */
	readonly sender: Sender | null;
	readonly code: AnswerCode;
	readonly events: readonly ErEvent[];
	readonly refused: MessageRefusalCode | null;
	/** What makes it the same message. */
	readonly digest: string;
	/** An acknowledgement to something: nobody answers that. */
	readonly isAnswer: boolean;
};

export type ReaderCounts = {
	/** Same number and moment, other content: taken, and said. */
	readonly sameNumber: number;
	/** Moments in the hour that clocks show twice. */
	readonly doubledHour: number;
	readonly unknownSender: number;
};

export type MllpReader = { read(frame: Frame, peer: string, heardAt: number): Heard; counts(): ReaderCounts };

export type ReaderSetup = {
	readonly senders: Senders;
	readonly keys: VisitKeys;
	/** MSH-11 that is taken: P; a rehearsal's T as well. */
	readonly processing: readonly string[];
};

export function createMllpReader({ senders, keys, processing }: ReaderSetup): MllpReader {
	const before = new Map<string, number>();
	const numbers = new Map<string, string>();
	const counts = { sameNumber: 0, doubledHour: 0, unknownSender: 0 };
	const fallbacks = new Set(senders.all.map(({ charset }) => charset));
	const usual = fallbacks.size === 1 ? [...fallbacks][0] : undefined;

	/** MSH names the sender, whose character set reads the rest: with several in the plan it is read twice. */
	function open(bytes: Buffer): { read: ReturnType<typeof readMessage>; sender: Sender | null } {
		const read = readMessage(bytes, usual ?? 'windows-1252');
		const sender = read.message === null ? null : senders.find(read.message.text('MSH-3'), read.message.text('MSH-4'));
		const isRead = sender === null || sender.charset === (usual ?? 'windows-1252');
		return { read: isRead ? read : readMessage(bytes, sender.charset), sender };
	}

	function noteNumber(message: Hl7Message, digest: string): void {
		const number = keys.digest(['number', message.echo(3), message.echo(4), message.echo(10), message.echo(7)]);
		const known = numbers.get(number);
		if (known !== undefined && known !== digest) counts.sameNumber++;
		numbers.delete(number);
		numbers.set(number, digest);
		if (numbers.size > NUMBERS_KEPT) numbers.delete(numbers.keys().next().value ?? '');
	}

	return {
		read(frame, peer, heardAt) {
			const { read, sender } = open(frame.bytes);
			const { message } = read;
			// All bytes: the number, the sender and the moment are among them, so that this is as exact as their digest beside the content's.
			const digest = keys.digest([frame.bytes]);
			const base = { message, sender, digest, isAnswer: message?.text('MSH-9')?.toUpperCase() === 'ACK' };
			const refuse = (code: MessageRefusalCode): Heard => ({ ...base, code, events: [], refused: code });
			if (sender === null) {
				counts.unknownSender++;
				const code = frame.kind === 'too-large' ? 'too-large' : read.ok ? 'unknown-sender' : read.code;
				return { ...base, code, events: [], refused: null };
			}
			if (!sender.permits(peer)) return refuse('not-permitted');
			if (frame.kind === 'too-large') return refuse('too-large');
			if (frame.kind === 'cut') return refuse('malformed');
			if (!read.ok) return refuse(read.code);
			if (!processing.includes(read.message.text('MSH-11')?.toUpperCase() ?? '')) return refuse('not-production');
			noteNumber(read.message, digest);
			const adt = readAdt(read.message, { sender, keys, heardAt, before: before.get(sender.source) ?? null });
			if (!adt.ok) return refuse(adt.code);
			if (adt.sentAt !== null) before.set(sender.source, adt.sentAt);
			if (adt.isDoubled) counts.doubledHour++;
			return { ...base, code: 'taken', events: adt.events, refused: null };
		},
		counts: () => ({ ...counts }),
	};
}
