// Asks a region's or a house's feed of counts, in JSON or CSV: how many are in each emergency room. Knows no visit, and keeps no text of it.
import { subjectOf } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { countsOf, sitesOf } from './counts-readings.ts';
import { feedRows } from './counts-rows.ts';
import { type CountsFeed, countsSettings, feedOf } from './counts-settings.ts';
import { heartbeatReadings } from './heartbeat.ts';
import { treeOf, valueIn } from './json-tree.ts';

const MAX_BYTES = 8_388_608;

/** Of which instant each site's last figures were, as journalled. */
function recalled(memory: unknown): Record<string, number> {
	const entries = Object.entries(treeOf(valueIn(memory, 'at')) ?? {});
	return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

async function look(feed: CountsFeed, context: ReaderContext, signal: AbortSignal): Promise<Look> {
	const { id: source, targets } = context;
	const secret = feed.tokenFrom === undefined ? null : context.secret(feed.tokenFrom);
	if (secret === undefined) return { ok: false, why: 'unauthorised' };
	const accept = feed.format === 'csv' ? 'text/csv, */*;q=0.1' : 'application/json';
	const headers = { accept, 'user-agent': 'regia', ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) };
	const answer = await ask({ url: feed.url, headers, signal, maxBytes: MAX_BYTES, targets });
	if (!answer.ok) return { ok: false, why: blindBy(answer.cause) };
	const { status } = answer;
	if (status === 401 || status === 403) return { ok: false, why: 'unauthorised' };
	if (status === 404 || status === 410) return { ok: false, why: 'not-found' };
	if (status === 429 || status === 503) return { ok: false, why: 'unreachable' };
	if (status !== 200) return { ok: false, why: 'bad-answer' };
	if (answer.cut) return { ok: false, why: 'too-large' };
	const rows = feedRows(answer.bytes, feed);
	if (rows === null) return { ok: false, why: 'bad-answer' };
	const now = context.now();
	const modifiedAt = Date.parse(answer.headers['last-modified'] ?? '');
	const before = recalled(context.memory);
	const counted = countsOf(rows, feed, { now, modifiedAt: Number.isFinite(modifiedAt) ? modifiedAt : null, before });
	const isNews = Object.entries(counted.at).some(([site, at]) => before[site] !== at);
	return {
		ok: true,
		readings: [...counted.readings, ...heartbeatReadings({ source }, true, null, now)],
		...(counted.refused.length === 0 ? {} : { events: [], refused: counted.refused }),
		...(feed.at === 'fetch' || !isNews ? {} : { memory: { at: { ...before, ...counted.at } } }),
	};
}

export const countsConnector: ConnectorKind = {
	kind: 'counts',
	polled: true,
	settings: countsSettings,
	subjects: (settings) => sitesOf(feedOf(settings)).map((site) => subjectOf('site', site)),
	open(settings, context): Reader {
		const feed = feedOf(settings);
		return {
			read: (signal) => look(feed, context, signal),
			async close() {},
		};
	},
};
