// The stream's event maps and handshake, shared by both ends. Every client event is acknowledged with a two-armed union.
import * as z from 'zod/mini';
import type { Frame } from './frame.ts';
import { type Mark, type SentMark, sentMarkSchema } from './mark.ts';

export const audiences = ['wall', 'desk', 'field', 'press'] as const;
export type Audience = (typeof audiences)[number];

export const positionSchema = z.strictObject({
	epoch: z.string().check(z.minLength(1), z.maxLength(40)),
	seq: z.int().check(z.nonnegative()),
	hash: z.string().check(z.maxLength(64)),
});

/** `auth` of the handshake. `token` may be left out where a cookie speaks, or where a rehearsal is open. */
export const handshakeSchema = z.strictObject({
	token: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
	audience: z.enum(audiences),
	at: z.optional(z.nullable(positionSchema)),
});

/** What a screen says of itself: what it shows, how long it took to paint, and how far its clock is off (ms). */
export const vitalsSchema = z.strictObject({
	seq: z.int().check(z.nonnegative()),
	paintMs: z.number().check(z.nonnegative()),
	heapBytes: z.nullable(z.number()),
	clockOffsetMs: z.number(),
});
export type Vitals = z.infer<typeof vitalsSchema>;

export const eventSchemas = {
	mark: sentMarkSchema,
	vitals: vitalsSchema,
	resume: positionSchema,
	since: positionSchema,
} as const;
export type EventName = keyof typeof eventSchemas;
export type EventPayload<E extends EventName> = z.infer<(typeof eventSchemas)[E]>;

export type Ack<T extends object = object> = ({ readonly ok: true } & T) | { readonly ok: false; readonly code: string; readonly message: string };

export type ClientEvents = {
	/** A mark, acknowledged when it is durable; with its nonce where it has to be armed first. */
	mark: (mark: Mark | SentMark, ack: (answer: Ack<{ seq: number }>) => void) => void;
	vitals: (vitals: Vitals, ack: (answer: Ack) => void) => void;
	/** "I missed something": the server answers with a frame from this position. */
	resume: (at: EventPayload<'resume'>, ack: (answer: Ack) => void) => void;
	/** "Catch me up": how many entries and marks came since. */
	since: (at: EventPayload<'since'>, ack: (answer: Ack<{ entries: number; marks: number }>) => void) => void;
};

export type ServerEvents = {
	frame: (frame: Frame) => void;
	bye: (bye: { readonly retryMs: number }) => void;
};
