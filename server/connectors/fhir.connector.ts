// Asks a FHIR R4 server which emergency Encounters changed since the last look, page by page. What may be pushed is settings only, here.
// Follows a server's links on its own origin alone; keeps none of them in the record, for they may name a resource.
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { type Page, readPage } from './fhir-bundle.ts';
import { openPass, recallPass } from './fhir-pass.ts';
import { type FhirSettings, fhirSettings, sitesOf } from './fhir-settings.ts';
import { heartbeatReadings } from './heartbeat.ts';

const MAX_PAGE_BYTES = 8_388_608;
const PAGES_A_LOOK = 10;
const FEWEST = 10;
/** How often it is said that all is told, where nothing else is. */
const HEARD_EVERY_MS = 60_000;
const RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

type Failure = { readonly ok: false; readonly why: BlindCode; readonly isGone?: boolean; readonly retryAfterMs?: number };
type Told = { readonly ok: true; readonly page: Page } | Failure;

/** Seconds, or a moment. */
function retryAfter(header: string | undefined, now: number): number {
	const ms = header === undefined ? Number.NaN : /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isFinite(ms) ? Math.min(LONGEST_RETRY_MS, Math.max(0, ms)) : RETRY_MS;
}

function failureOf(status: number, retryHeader: string | undefined, now: number): Failure | null {
	if (status === 200) return null;
	if (status === 401 || status === 403) return { ok: false, why: 'unauthorised' };
	if (status === 404 || status === 410) return { ok: false, why: 'not-found', isGone: true };
	if (status === 429 || status === 503) return { ok: false, why: 'unreachable', retryAfterMs: retryAfter(retryHeader, now) };
	// A page that is no more is refused as a bad question by some.
	return { ok: false, why: 'bad-answer', isGone: status === 400 };
}

/** Null where the link leads elsewhere than to the server that was asked. */
function sameOrigin(link: string, base: string): string | null {
	const [url, from] = [URL.parse(link, base), URL.parse(base)];
	if (url === null || url.origin !== from?.origin || url.username !== '' || url.password !== '') return null;
	return url.href;
}

function firstQuestion(base: string, { classes, alsoClasses }: FhirSettings, from: number, count: number): string {
	const query = new URLSearchParams({
		class: [...classes, ...alsoClasses].join(','),
		_lastUpdated: `ge${new Date(from).toISOString()}`,
		_sort: '_lastUpdated',
		_count: String(count),
	});
	return `${base.replace(/\/$/, '')}/Encounter?${query}`;
}

async function askPage(url: string, mine: FhirSettings, context: ReaderContext, signal: AbortSignal): Promise<Told> {
	const secret = mine.tokenFrom === undefined ? null : context.secret(mine.tokenFrom);
	if (secret === undefined) return { ok: false, why: 'unauthorised' };
	const headers = { accept: 'application/fhir+json', 'user-agent': 'regia', ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) };
	const answer = await ask({ url, headers, signal, maxBytes: MAX_PAGE_BYTES, targets: context.targets });
	if (!answer.ok) return { ok: false, why: blindBy(answer.cause) };
	const failure = failureOf(answer.status, answer.headers['retry-after'], context.now());
	if (failure) return failure;
	if (answer.cut) return { ok: false, why: 'too-large' };
	const page = readPage(answer.body);
	return page === null ? { ok: false, why: 'bad-answer' } : { ok: true, page };
}

function openReader(mine: FhirSettings, base: string, context: ReaderContext): Reader {
	const { visitKeys: keys, id: source } = context;
	if (keys === undefined) throw new Error('a fhir source is opened with visit keys');
	const pass = openPass({ rules: { ...mine, source }, keys, reach: mine.reach, overlap: mine.overlap, now: context.now });
	let count = mine.count;
	let notBefore = 0;
	let heardAt = Number.NEGATIVE_INFINITY;

	return {
		async read(signal): Promise<Look> {
			pass.begin(recallPass(context.memory));
			if (context.now() < notBefore) return { ok: false, why: 'unreachable' };
			const gathered = pass.gather();
			const newQuestion = (): string => firstQuestion(base, mine, pass.from, count);
			let question: string | null = pass.next ?? newQuestion();
			let failure: Failure | null = null;
			let pages = 0;
			while (question !== null && pages < PAGES_A_LOOK) {
				const told = await askPage(question, mine, context, signal);
				if (!told.ok) {
					if (told.isGone && pass.next !== null && pages === 0) {
						pass.startOver();
						question = newQuestion();
						continue;
					}
					failure = told;
					break;
				}
				pages += 1;
				gathered.add(told.page.resources);
				const { next } = told.page;
				const link: string | null = next === null ? null : sameOrigin(next, base);
				if (next !== null && link === null) return { ok: false, why: 'not-permitted' };
				question = link;
			}
			if (failure?.retryAfterMs !== undefined) notBefore = context.now() + failure.retryAfterMs;
			if (failure?.why === 'too-large') {
				count = Math.max(FEWEST, Math.floor(count / 2));
				pass.startOver();
			}
			if (failure && pages === 0) return { ok: false, why: failure.why };
			const isGone = failure?.isGone === true || failure?.why === 'too-large';
			const memory = pass.end(gathered, question);
			if (isGone) pass.startOver();
			const readings = heartbeatReadings({ source }, true, null, context.now());
			const { events, refused } = gathered.look;
			// The whole of what changed is told: a site that is quiet is known to be.
			const isHeard = question === null && failure === null && (events.length > 0 || context.now() - heardAt >= HEARD_EVERY_MS);
			if (isHeard) heardAt = context.now();
			return {
				ok: true,
				readings,
				...(events.length + refused.length > 0 ? { events, refused } : {}),
				...(isHeard ? { heard: sitesOf(mine) } : {}),
				...(memory === null ? {} : { memory }),
			};
		},
		async close() {},
	};
}

export const fhirConnector: ConnectorKind = {
	kind: 'fhir',
	polled: true,
	isPolled: (settings) => fhirSettings.parse(settings).url !== undefined,
	settings: fhirSettings,
	subjects: (settings) => sitesOf(fhirSettings.parse(settings)).map((site) => subjectOf('site', site)),
	open(settings, context) {
		const mine = fhirSettings.parse(settings);
		if (mine.url === undefined) throw new Error('a fhir source without an address is not opened: it speaks to us');
		return openReader(mine, mine.url, context);
	},
};
