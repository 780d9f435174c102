// Reads an exporter by itself, as Prometheus would scrape it: the series that the plan names, each a measure of a subject. A series that is
// not shown, is no number, or comes twice is blind. What the exporter dates is as old as that; the rest is of this moment.
import * as z from 'zod/mini';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import { type Answer, ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { type Exposed, readExposition } from './exposition.ts';
import { figureOf, subjectsIn } from './figure-target.ts';
import { heartbeatReadings } from './heartbeat.ts';
import { indexSeries, type SeriesIndex, seriesRules } from './series-rules.ts';
import { webAddress } from './settings.ts';
import { newsIn } from './told.ts';
import { authorizationOf, signInFields } from './web-sign-in.ts';

const scrapeSettings = z.strictObject({
	/** Of the exporter, as http://10.0.0.5:9199/ups_metrics. */
	url: webAddress,
	...signInFields,
	series: seriesRules,
});
type ScrapeSettings = z.infer<typeof scrapeSettings>;

const MAX_BYTES = 8_388_608;
const ACCEPT = 'text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1';

/** Null where it is an exposition, as far as HTTP can tell. */
function refusalOf(answer: Answer): BlindCode | null {
	if (!answer.ok) return blindBy(answer.cause);
	if (answer.status === 401 || answer.status === 403) return 'unauthorised';
	if (answer.status === 404) return 'not-found';
	if (answer.status !== 200) return 'bad-answer';
	if (answer.cut) return 'too-large';
	// Where HTTP does not say how long it is, only its last line break says that it is whole: half a number is a number too.
	const isBounded = answer.headers['content-length'] !== undefined || answer.headers['transfer-encoding'] !== undefined;
	return isBounded || answer.body.endsWith('\n') ? null : 'bad-answer';
}

function readingsOf(mine: ScrapeSettings, index: SeriesIndex, samples: readonly Exposed[], now: number): readonly Reading[] {
	const found = mine.series.map((one) => new Map<string, Exposed[]>(subjectsIn(one).map((subject) => [subject, []])));
	for (const sample of samples) for (const { nth, subject } of index.meant(sample.name, sample.labels)) found[nth]?.get(subject)?.push(sample);
	return mine.series.flatMap((one, nth) =>
		[...(found[nth] ?? [])].map(([subject, [sample, ...others]]): Reading => {
			const blind = (why: BlindCode): Reading => ({ subject, measure: one.measure, value: null, at: now, why });
			if (sample === undefined) return blind('not-found');
			// Of several none is more so than another.
			const value = others.length > 0 ? null : figureOf(sample.value, one);
			return value === null ? blind('bad-answer') : { subject, measure: one.measure, value, at: sample.at ?? now };
		}),
	);
}

async function look(mine: ScrapeSettings, index: SeriesIndex, context: ReaderContext, signal: AbortSignal): Promise<Look> {
	const all = (why: BlindCode): Look => ({
		ok: false,
		why,
		readings: mine.series.flatMap((one) =>
			subjectsIn(one).map((subject) => ({ subject, measure: one.measure, value: null, at: context.now(), why })),
		),
	});
	const auth = authorizationOf(mine, context);
	if (auth === undefined) return all('unauthorised');
	const headers = { accept: ACCEPT, 'user-agent': 'regia', ...(auth === null ? {} : { authorization: auth }) };
	const asked = context.now();
	const answer = await ask({ url: mine.url, headers, signal, maxBytes: MAX_BYTES, targets: context.targets });
	const refusal = refusalOf(answer);
	if (refusal !== null || !answer.ok) return all(refusal ?? 'bad-answer');
	const isOpenMetrics = /^application\/openmetrics-text\b/i.test(answer.headers['content-type'] ?? '');
	const read = readExposition(answer.body, index.wants, isOpenMetrics);
	if (!read.ok) return all('bad-answer');
	const readings = readingsOf(mine, index, read.samples, asked);
	// What the exporter dates may be what it told before.
	const { news, memory } = newsIn(
		readings.filter((one) => one.at !== asked),
		context.memory,
	);
	const beat = heartbeatReadings({ source: context.id }, true, null, context.now());
	const fresh = readings.filter((one) => one.at === asked);
	return { ok: true, readings: [...fresh, ...news, ...beat], ...(memory === undefined ? {} : { memory }) };
}

export const prometheusScrapeConnector: ConnectorKind = {
	kind: 'prometheus-scrape',
	polled: true,
	settings: scrapeSettings,
	subjects: (settings) => [...new Set(scrapeSettings.parse(settings).series.flatMap(subjectsIn))],
	open(settings, context): Reader {
		const mine = scrapeSettings.parse(settings);
		const index = indexSeries(mine.series);
		return {
			read: (signal) => look(mine, index, context, signal),
			async close() {},
		};
	},
};
