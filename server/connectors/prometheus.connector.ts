// Asks Prometheus what the plan wants to know, as instant queries: each answer is a measure of a subject, as old as its own sample.
//
// An instant query dates everything with the moment of the question, and goes on telling a series for five minutes after its last sample.
// So each query is put twice: its values, and when they were sampled: timestamp(query), which is right for a plain selector. For an
// expression Prometheus knows no such moment, and the plan names the selector that it stands on (`sampledAt`).
import * as z from 'zod/mini';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import { parseSubject } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { rounded, subjectsIn } from './figure-target.ts';
import { heartbeatReadings } from './heartbeat.ts';
import { type Element, type PrometheusAnswer, readPrometheus } from './prometheus-answer.ts';
import { webAddress } from './settings.ts';
import { newsIn } from './told.ts';
import { authorizationOf, signInFields } from './web-sign-in.ts';

const text = z.string().check(z.minLength(1, 'a text that is not empty'), z.maxLength(2000, 'a text of at most 2000 characters'));
const subject = z.string().check(z.refine((one: string) => parseSubject(one).ok, 'a subject of the plan, as service/ris'));

const querySettings = z
	.strictObject({
		/** PromQL. */
		query: text,
		/** PromQL that gives the unix time of its samples, with the same labels; left out: timestamp(query). */
		sampledAt: z.optional(text),
		/** Whom the one element is about; or whom each is, by what a label says. */
		subject: z.optional(subject),
		label: z.optional(z.string().check(z.regex(/^[A-Za-z_]\w{0,99}$/, 'the name of a label'))),
		subjects: z.optional(z.record(text, subject)),
		measure: z.string().check(z.refine(isMeasure, 'a measure of the list, as service.latency')),
		/** What the value is multiplied with to be in the measure's unit: 1000 for seconds where it is ms. */
		scale: z._default(z.number('a number').check(z.refine((one: number) => Number.isFinite(one) && one !== 0, 'a number other than 0')), 1),
	})
	.check(
		z.refine((one) => (one.subject === undefined) !== (one.subjects === undefined), {
			path: ['subject'],
			error: 'either subject, or label and subjects (what the label says → subject)',
		}),
		z.refine((one) => (one.label === undefined) === (one.subjects === undefined), {
			path: ['label'],
			error: 'label beside subjects, and only there',
		}),
		z.refine(
			(one) => {
				const kind = isMeasure(one.measure) ? measureOf(one.measure).kind : null;
				return subjectsIn(one).every((about) => kind === null || about.startsWith(`${kind}/`));
			},
			{ path: ['measure'], error: 'a measure of what the subject is: service.… of a service' },
		),
	);
type Query = z.infer<typeof querySettings>;

const prometheusSettings = z.strictObject({
	/** Of the server, as http://prometheus:9090; what stands before /api/v1 where it is behind a proxy. */
	url: webAddress.check(z.refine((one: string) => URL.parse(one)?.search === '' && !one.includes('#'), 'an address without ? and #')),
	...signInFields,
	queries: z.array(querySettings).check(z.minLength(1, 'at least one query'), z.maxLength(50, 'at most 50 queries')),
});
type PrometheusSettings = z.infer<typeof prometheusSettings>;

const MAX_BYTES = 4_194_304;
/** Questions under way at once: the server has others to answer. */
const AT_ONCE = 4;

type Put = (query: string) => Promise<PrometheusAnswer & { readonly isNobody?: boolean }>;

/** `isNobody`: there is no Prometheus there, so that nothing else need be asked. */
function openPut(mine: PrometheusSettings, auth: string | null, context: ReaderContext, signal: AbortSignal): Put {
	const time = String(context.now() / 1000);
	const headers = { accept: 'application/json', 'user-agent': 'regia', ...(auth === null ? {} : { authorization: auth }) };
	return async (query) => {
		const url = `${mine.url.replace(/\/$/, '')}/api/v1/query?${new URLSearchParams({ query, time })}`;
		const answer = await ask({ url, headers, signal, maxBytes: MAX_BYTES, targets: context.targets });
		if (!answer.ok) return { ok: false, why: blindBy(answer.cause), isNobody: true };
		if (answer.status === 401 || answer.status === 403) return { ok: false, why: 'unauthorised', isNobody: true };
		if (answer.cut) return { ok: false, why: 'too-large' };
		const read = readPrometheus(answer.body);
		// 400, 422 and 503 come with Prometheus's own words; what has none is not its answer.
		if (read.ok && answer.status !== 200) return { ok: false, why: 'bad-answer' };
		if (!read.ok && answer.status === 404) return { ok: false, why: 'not-found', isNobody: true };
		return read;
	};
}

const failureOf = (values: PrometheusAnswer, times: PrometheusAnswer): BlindCode | null => (values.ok ? (times.ok ? null : times.why) : values.why);

function readingsOf(one: Query, values: PrometheusAnswer, times: PrometheusAnswer, now: number): readonly Reading[] {
	const { measure } = one;
	const about = subjectsIn(one);
	const blind = (which: string, why: BlindCode): Reading => ({ subject: which, measure, value: null, at: now, why });
	if (!values.ok || !times.ok) return about.map((which) => blind(which, failureOf(values, times) ?? 'bad-answer'));
	const sampled = new Map(times.elements.map(({ key, value }) => [key, value]));
	const mine = new Map<string, Element[]>(about.map((which) => [which, []]));
	for (const element of values.elements) {
		const said = one.label === undefined ? undefined : element.label(one.label);
		const which = one.subject ?? (said !== undefined && Object.hasOwn(one.subjects ?? {}, said) ? one.subjects?.[said] : undefined);
		if (which !== undefined) mine.get(which)?.push(element);
	}
	return [...mine].map(([which, [element, ...others]]) => {
		if (element === undefined) return blind(which, 'not-found');
		// Of several none is more so than another.
		if (others.length > 0 || element.value === null) return blind(which, 'bad-answer');
		const seconds = sampled.get(element.key) ?? null;
		const value = rounded(element.value * one.scale, measure);
		return seconds === null || !Number.isFinite(value)
			? blind(which, 'bad-answer')
			: { subject: which, measure, value, at: Math.round(seconds * 1000) };
	});
}

async function look(mine: PrometheusSettings, context: ReaderContext, signal: AbortSignal): Promise<Look> {
	const auth = authorizationOf(mine, context);
	const all = (why: BlindCode): Look => ({
		ok: false,
		why,
		readings: mine.queries.flatMap((one) =>
			subjectsIn(one).map((which) => ({ subject: which, measure: one.measure, value: null, at: context.now(), why })),
		),
	});
	if (auth === undefined) return all('unauthorised');
	const put = openPut(mine, auth, context, signal);
	const now = context.now();
	const readings: Reading[] = [];
	const failures: (BlindCode | null)[] = [];
	for (let from = 0; from < mine.queries.length; from += AT_ONCE) {
		const some = mine.queries.slice(from, from + AT_ONCE);
		const answers = await Promise.all(
			some.map(async (one) => [await put(one.query), await put(one.sampledAt ?? `timestamp(${one.query})`)] as const),
		);
		for (const [nth, [values, times]] of answers.entries()) {
			const nobody = [values, times].find((answer) => !answer.ok && answer.isNobody);
			if (nobody && !nobody.ok) return all(nobody.why);
			failures.push(failureOf(values, times));
			const one = some[nth];
			if (one) readings.push(...readingsOf(one, values, times, now));
		}
	}
	// Nothing that was asked could be answered: it is the source that fails.
	const [first] = failures;
	if (first && failures.every((one) => one !== null)) return { ok: false, why: first, readings };
	const { news, memory } = newsIn(readings, context.memory);
	const beat = heartbeatReadings({ source: context.id }, true, null, context.now());
	return { ok: true, readings: [...news, ...beat], ...(memory === undefined ? {} : { memory }) };
}

export const prometheusConnector: ConnectorKind = {
	kind: 'prometheus',
	polled: true,
	settings: prometheusSettings,
	subjects: (settings) => [...new Set(prometheusSettings.parse(settings).queries.flatMap(subjectsIn))],
	open(settings, context): Reader {
		const mine = prometheusSettings.parse(settings);
		return {
			read: (signal) => look(mine, context, signal),
			async close() {},
		};
	},
};
