// Which topics of a broker are which measure of which subject, and how a payload is a figure: a number, one inside JSON, or a word for on or
// off. Keeps no text of a message. Never throws.
import * as z from 'zod/mini';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import { figureOf, subjectBy, targetChecks, targetFields } from './figure-target.ts';
import { parseTree, valueIn } from './json-tree.ts';

const word = z.string().check(z.minLength(1, 'a word'), z.maxLength(60, 'a word of at most 60 characters'));
const level = z.int('the place of a level, from 1').check(z.gte(1, 'the place of a level, from 1'), z.lte(64, 'at most 64'));
/** Keys with dots between them; a number is a place in a list, from 0. */
const path = z.string().check(z.regex(/^[^.\s]{1,60}(\.[^.\s]{1,60}){0,9}$/, 'keys with dots between them, as temperature.value or sensors.0.t'));

const isFilter = (text: string): boolean =>
	text.length <= 500 && text.split('/').every((one, nth, all) => one === '+' || (one === '#' && nth === all.length - 1) || !/[+#\0]/.test(one));

const topicRule = z
	.strictObject({
		/** With + for one level and # for all below. */
		topic: z
			.string()
			.check(z.minLength(1, 'a topic'), z.refine(isFilter, 'a topic, as ced/+/temperature; + stands for a level, # at the end for the rest')),
		/** The level of the topic that tells the subjects apart, from 1. */
		level: z.optional(level),
		...targetFields,
		/** Where in a JSON payload the value stands; left out: the payload is the value. */
		path: z.optional(path),
		/** Where in a JSON payload its own time stands: ISO with an offset, or unix seconds or milliseconds. */
		at: z.optional(path),
		/** Words for 1 and for 0. */
		on: z.optional(z.array(word).check(z.minLength(1, 'at least one word'), z.maxLength(20, 'at most 20 words'))),
		off: z.optional(z.array(word).check(z.minLength(1, 'at least one word'), z.maxLength(20, 'at most 20 words'))),
	})
	.check(
		...targetChecks('level'),
		z.refine((one) => (one.on === undefined) === (one.off === undefined), { path: ['off'], error: 'on and off together, or neither' }),
	);

export const topicRules = z.array(topicRule).check(z.minLength(1, 'at least one topic'), z.maxLength(100, 'at most 100 topics'));
export type TopicRule = z.infer<typeof topicRule>;

/** Whether a topic is one of those that a filter names (MQTT 3.1.1, 4.7). */
export function matchesTopic(filter: string, topic: string): boolean {
	const [wanted, said] = [filter.split('/'), topic.split('/')];
	// What the broker says of itself is asked for by name alone.
	if (topic.startsWith('$') && !filter.startsWith('$')) return false;
	for (const [nth, one] of wanted.entries()) {
		if (one === '#') return true;
		if (said[nth] === undefined || (one !== '+' && one !== said[nth])) return false;
	}
	return wanted.length === said.length;
}

export const subjectOfTopic = (rule: TopicRule, topic: string): string | undefined =>
	subjectBy(rule, rule.level === undefined ? undefined : topic.split('/')[rule.level - 1]);

const MOST_BYTES = 65_536;
const NUMBER = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?$/i;
const switches = { on: ['on', 'true', '1'], off: ['off', 'false', '0'] } as const;

/** What switches say counts for what is either so or not. */
function wordsOf({ on, off, measure }: TopicRule): { readonly on: readonly string[]; readonly off: readonly string[] } | null {
	if (on !== undefined && off !== undefined) return { on, off };
	return isMeasure(measure) && measureOf(measure).unit === 'bool' ? switches : null;
}

function figureIn(said: unknown, rule: TopicRule): number | null {
	const text = typeof said === 'string' ? said.trim() : typeof said === 'number' || typeof said === 'boolean' ? String(said) : null;
	if (text === null) return null;
	const words = wordsOf(rule);
	const isOneOf = (all: readonly string[]): boolean => all.some((one) => one.toLowerCase() === text.toLowerCase());
	if (words !== null) return isOneOf(words.on) ? 1 : isOneOf(words.off) ? 0 : null;
	return NUMBER.test(text) ? figureOf(Number(text), rule) : null;
}

/** Above it a number counts milliseconds: seconds would be the year 5138. */
const SECONDS_BELOW = 1e11;

function instantOf(said: unknown): number | null {
	if (typeof said === 'number') return said > 0 && said < Number.MAX_SAFE_INTEGER ? Math.round(said < SECONDS_BELOW ? said * 1000 : said) : null;
	if (typeof said !== 'string' || said.length > 40 || !/(?:Z|[+-]\d\d:?\d\d)$/.test(said)) return null;
	const at = Date.parse(said);
	return Number.isFinite(at) ? at : null;
}

/** `value: null`: no figure can be read. `at`: its own time; undefined where the plan knows of none, null where it cannot be read. */
export type Figured = { readonly value: number | null; readonly at?: number | null };

export function readPayload(payload: Uint8Array, rule: TopicRule): Figured {
	if (payload.length > MOST_BYTES) return { value: null };
	const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8');
	const tree = rule.path === undefined && rule.at === undefined ? undefined : parseTree(text);
	const value = figureIn(rule.path === undefined ? text : valueIn(tree, ...rule.path.split('.')), rule);
	return rule.at === undefined ? { value } : { value, at: instantOf(valueIn(tree, ...rule.at.split('.'))) };
}
