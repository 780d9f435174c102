// The ward's counts: POST /api/er/:site/count by hand or from a feed of counts, and GET /api/er/:site for the phone that sends them.
import * as z from 'zod/mini';
import type { CountAnswer, FieldSite } from '../../shared/field.ts';
import { judgeSite } from '../../shared/judge-site.ts';
import { countSchema } from '../../shared/mark.ts';
import { type MarkRefusal, markRefusals } from '../../shared/mark-refusal.ts';
import { matchesGlob, subjectOf } from '../../shared/subject.ts';
import { presentOf } from '../domain/admit-count.ts';
import { mayDo, nameOf, type Who } from '../domain/may.ts';
import { feedSchema, readingsOf } from './feed-counts.ts';
import { readJson } from './read-json.ts';
import { refusedMark } from './refused-mark.ts';
import { keyOf, type Parts, problem, type Reply, type Request, type Route, unwritten } from './route.ts';

const zoneOr = 'Europe/Rome';
const noSuchSite = (): Reply => problem(404, 'unknown-site', 'No such site', 'the plan has no site of this id: ask whoever runs Regia');
const notYours = (): Reply =>
	problem(403, 'not-your-site', 'Not your site', 'This link or role counts at another site: ask whoever runs Regia for one of this site.');

/** A ward's link is for its own site alone, whatever else there is. */
function speaksFor(who: Who, site: string): boolean {
	if (who.kind === 'field') return who.name === site;
	if (who.kind === 'source') return who.subjects.some((glob) => matchesGlob(glob, subjectOf('site', site)));
	return mayDo(who, 'counts.make', { site });
}

const factsOf = (site: string, parts: Parts) => {
	const { sites } = parts.board().board;
	return Object.hasOwn(sites, site) ? sites[site] : undefined;
};

async function takeCount(request: Request, parts: Parts, site: string): Promise<Reply> {
	const read = await readJson(request, countSchema);
	if ('problem' in read) return read;
	if (!speaksFor(request.who, site)) return notYours();
	if (factsOf(site, parts) === undefined) return noSuchSite();
	const { id } = read.value;
	const by = nameOf(request.who);
	// The record's own id is its key: who sends it again, from another tab or with another link, is answered as the first time.
	const maker = { by, caller: request.caller, from: request.from };
	const outcome = await parts.mark({ mark: { kind: 'count', site, ...read.value } }, maker, `count/${site}/${id}`);
	if (!outcome.ok) return isRefusal(outcome) ? refusedMark(outcome) : unwritten(outcome);
	const { seq } = outcome;
	const answer: CountAnswer = { id, seq, accepted: 1, superseded: isSuperseded(site, seq, read.value.at, parts) };
	return { status: 202, json: answer };
}

/** Whether a newer count was there before this one: the same at every repeat. */
function isSuperseded(site: string, seq: number, at: number, parts: Parts): boolean {
	const rows = Object.entries(factsOf(site, parts)?.counts.rows ?? {});
	return rows.some(([other, row]) => Number(other) < seq && row.at > at);
}

const isRefusal = (outcome: { readonly code: string }): outcome is MarkRefusal => (markRefusals as readonly string[]).includes(outcome.code);

async function takeFeed(request: Request, parts: Parts, site: string): Promise<Reply> {
	const { who } = request;
	if (who.kind !== 'source') return notYours();
	const key = keyOf(request, who.name);
	if (typeof key === 'object') return key;
	const read = await readJson(request, feedSchema);
	if ('problem' in read) return read;
	if (!speaksFor(who, site)) return notYours();
	if (factsOf(site, parts) === undefined) return noSuchSite();
	const outcome = await parts.submit({
		source: who.name,
		readings: readingsOf(site, read.value),
		may: who.subjects,
		...(who.measures === undefined ? {} : { measures: who.measures }),
		...(key === undefined ? {} : { key }),
	});
	if (!outcome.ok) return unwritten(outcome);
	const { accepted, seq, refused } = outcome;
	const answer = { accepted, seq, refused };
	if (accepted > 0) return { status: 202, json: answer };
	return problem(400, 'nothing-accepted', 'No figure could be accepted', 'each refused figure is listed with its reason', answer);
}

function tell(site: string, parts: Parts): Reply {
	const { board } = parts.board();
	const facts = factsOf(site, parts);
	if (facts === undefined) return noSuchSite();
	const { now, speed } = parts.clock();
	const zone = (board.follows === null ? undefined : board.cutovers[board.follows]?.zone) ?? zoneOr;
	const { count } = facts;
	const byCode = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0, ...count?.byCode };
	const told: FieldSite = {
		site,
		label: facts.label,
		short: facts.short,
		mode: judgeSite(facts, now, zone).mode,
		rehearsal: board.rehearsal,
		zone,
		now: new Date(now).toISOString(),
		speed,
		paper: { everyMs: facts.paperEveryMs, staleAfterMs: facts.paperStaleAfterMs },
		last: count && { at: new Date(count.at).toISOString(), byCode, present: presentOf(byCode), boarding: count.boarding, forms: count.forms },
	};
	return { status: 200, json: told };
}

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/er/:site',
		action: 'counts.read',
		summary: 'What a ward’s phone needs to count: its site, the last count by hand, the rhythm on paper, server time.',
		answers: {
			'200': '{ site, label, short, mode, rehearsal, zone, now, speed, paper: { everyMs, staleAfterMs }, last }',
			'403': 'another site’s link or role',
			'404': 'the plan has no such site',
		},
		async handle(request, parts) {
			const site = request.params.site ?? '';
			return speaksFor(request.who, site) ? tell(site, parts) : notYours();
		},
	},
	{
		method: 'POST',
		path: '/api/er/:site/count',
		action: 'counts.send',
		summary:
			'A count by hand, from the site’s own link, its ER staff or a commander: { id, at, byCode, boarding, forms? }; the same id is kept once. From a source: { at, present?, waiting?, treatment?, observation?, boarding?, arrivalsLastHour? }, each a figure, or the first three by code.',
		body: { anyOf: [countSchema, feedSchema].map((one) => z.toJSONSchema(one, { io: 'input', unrepresentable: 'any' })) },
		answers: {
			'202': 'kept and durable: { id, seq, accepted, superseded }, or { accepted, seq, refused } for a source; superseded: a newer count was there',
			'400': 'not a count, or no figure of it could be accepted',
			'403': 'another site’s link, role or source',
			'404': 'the plan has no such site',
			'409': 'it cannot be: count-future (more than 2 min ahead), count-late (older than 24 h), boarding-above-present',
			'507': 'the disk is full: nothing kept, send again',
			'503': 'the journal cannot write: nothing kept, send again',
		},
		handle(request, parts) {
			const site = request.params.site ?? '';
			return request.who.kind === 'source' ? takeFeed(request, parts, site) : takeCount(request, parts, site);
		},
	},
];
