// One service in full, as its page shows it: both sides, the ledger of the night and of the months, latency. Pure: told state and words.
import type { AvailabilityMs, ServiceFacts } from '../../shared/board.ts';
import { formatAge, formatCountdown, formatDay, formatMoment, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { look, type ServiceNow } from '../../shared/judge-service.ts';
import type { LatencyNow } from '../../shared/latency.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { silenceOf, zoneOf } from '../store/selectors.ts';
import type { ServicesWords } from '../store/services-words.ts';
import { chartSpec, extentOf } from '../tiles/charts/chart-spec.ts';
import { alarmsOf, neededByOf, needsOf, orderOf } from './service-links.ts';
import { milliseconds, ruleOf, spentOf, stateOf, withoutOf } from './services-page-model.ts';

const DAY_MS = 86_400_000;

export function serviceModel({ judged, followed }: ScreenState, id: string, words: Words, own: ServicesWords, language: Language) {
	const one = judged?.services[id];
	const facts = followed?.board.services[id];
	if (judged === null || followed === null || one === undefined || facts === undefined) return null;
	const { board } = followed;
	const zone = zoneOf(judged);
	const team = facts.team === null ? null : (board.teams[facts.team]?.label ?? facts.team);
	const isBlind = one.standing === 'blind';
	const moment = (at: number): string => momentOf(at, judged.now, zone, own.hero);
	const marked = (at: number | null): string => (at === null ? UNKNOWN : momentOf(at, judged.now, zone, own.marks));
	return {
		label: one.label,
		standing: one.standing,
		under: [fill(own.priority, { priority: one.priority }), team].filter((part) => part !== null).join(' · '),
		state: stateOf(one, words, own, language),
		veil: isBlind ? silenceOf(one.ageMs, words, language) : null,
		since: one.since === null || !ofAnswers.includes(one.reason) ? null : moment(one.since),
		answers: one.side === 'unknown' && one.up !== null ? (one.up ? own.sides.yes : own.sides.no) : own.side[one.side],
		writes: own.writes[one.writes],
		without: withoutHero(one, moment, own),
		left: {
			figure: formatCountdown(one.plannedLeftMs.night),
			told: fill(own.hero.leftMonth, { time: formatCountdown(one.plannedLeftMs.month) }),
		},
		p95: {
			figure: milliseconds(one.latency.hour?.p95 ?? null, language),
			told: one.latency.hour === null ? own.hero.latencyNone : overOf(one.latency.hour, own, language),
		},
		sides: sidesOf(facts, judged.now, own, language),
		ledger: ledgerOf(one, own, language),
		rule: ruleOf([facts.staleAfterMs], zone, own, language),
		latency: [
			...latencyRow(one.latency.hour, (over) => fill(own.latency.lastHour, { over: formatAge(over, language) }), language),
			...latencyRow(one.latency.day, () => own.latency.lastDay, language),
		],
		chart: chartOf(facts, board.bucketMs, judged, own, language),
		needs: needsOf(facts.needs, judged, { words, own, language }),
		neededBy: neededByOf(id, board, judged, { words, own, language }),
		alarms: alarmsOf(id, board, judged, own),
		order: orderOf(id, judged, own),
		facts: [
			[own.marks.stopped, marked(one.stoppedAt)],
			[own.marks.restored, marked(one.restoredAt)],
			[own.marks.certificate, one.certDays === null ? UNKNOWN : fill(own.marks.certificateDays, { days: formatNumber(one.certDays, language) })],
		] as const,
	};
}

/** `since` is when it began to answer, or not to: of whatever else is the matter nobody knows since when it is so. */
const ofAnswers: readonly ServiceNow['reason'][] = [null, 'down', 'none-answers', 'down-planned'];

/** With its day, where that is another than today. */
function momentOf(at: number, now: number, zone: string, told: { readonly since: string; readonly sinceDay: string }): string {
	const time = formatMoment(at, zone);
	if (formatDay(at, zone) === formatDay(now, zone)) return fill(told.since, { time });
	return fill(told.sinceDay, { day: formatDay(at, zone), time });
}

function withoutHero(one: ServiceNow, moment: (at: number) => string, own: ServicesWords) {
	const { outage, tolerableMs } = one;
	if (outage === null) return { figure: one.up === null ? UNKNOWN : '0:00', told: [withoutOf(one, own)], standing: 'good' as const };
	const left = tolerableMs === null ? null : tolerableMs - outage.withoutMs;
	const bears =
		left === null ? own.hero.noTolerable : fill(left < 0 ? own.hero.beyond : own.hero.bearsFor, { time: formatCountdown(Math.abs(left)) });
	return { figure: formatCountdown(outage.withoutMs), told: [moment(outage.since), bears, own.hero.gapsOut], standing: beyondOf(one) };
}

/** Longer than it can bear is a fault, and a doubt where the plan foresaw it. */
const beyondOf = (one: ServiceNow): 'good' | 'watch' | 'bad' => (spentOf(one) <= 1 ? 'good' : one.standing === 'bad' ? 'bad' : 'watch');

const overOf = ({ count, overMs }: LatencyNow, own: ServicesWords, language: Language): string =>
	fill(own.hero.latencyOver, { count: formatNumber(count, language), over: formatAge(overMs, language) });

export type SideRow = {
	readonly name: string;
	readonly answers: string;
	readonly writes: string;
	readonly isBlind: boolean;
	readonly latency: string;
	readonly age: string;
};

const figuresBySide = [
	['any', 'up', null, 'latency'],
	['old', 'upOld', 'writeOld', 'latencyOld'],
	['new', 'upNew', 'writeNew', 'latencyNew'],
] as const;

/** Both sides, whether looked at or not; the service itself only where something looks at it without a side. */
function sidesOf(facts: ServiceFacts, now: number, own: ServicesWords, language: Language): readonly SideRow[] {
	return figuresBySide.flatMap(([side, up, write, latency]): readonly SideRow[] => {
		const found = [look(facts, up, now), write === null ? null : look(facts, write, now)] as const;
		if (side === 'any' && found[0] === null) return [];
		const said = (one: (typeof found)[number]): string => {
			if (one === null) return own.sides.notLooked;
			return one.value === null ? own.sides.unknown : one.value === 1 ? own.sides.yes : own.sides.no;
		};
		const seen = found.filter((one) => one !== null);
		const ages = seen.map(({ ageMs }) => ageMs);
		const oldest = ages.includes(null) ? null : Math.max(...ages.map((age) => age ?? 0));
		return [
			{
				name: own.sides[side],
				answers: said(found[0]),
				writes: side === 'any' ? '' : said(found[1]),
				isBlind: seen.some(({ value }) => value === null),
				latency: milliseconds(look(facts, latency, now)?.value ?? null, language),
				age: seen.length === 0 ? own.sides.never : formatAge(oldest, language),
			},
		];
	});
}

export type LedgerRow = { readonly name: string; readonly times: Readonly<Record<keyof AvailabilityMs | 'left', string>> };

function ledgerOf({ months, night, plannedLeftMs }: ServiceNow, own: ServicesWords, language: Language): readonly LedgerRow[] {
	const row = (name: string, ledger: AvailabilityMs, leftMs: number | null): LedgerRow => ({
		name,
		times: {
			planned: formatCountdown(ledger.planned),
			overrun: formatCountdown(ledger.overrun),
			unplanned: formatCountdown(ledger.unplanned),
			unknown: formatCountdown(ledger.unknown),
			up: formatCountdown(ledger.up),
			left: leftMs === null ? '' : formatCountdown(leftMs),
		},
	});
	const newest = Object.keys(months).sort().reverse();
	return [
		row(own.ledger.night, night, plannedLeftMs.night),
		...newest.flatMap((key, i) => (months[key] ? [row(monthName(key, language), months[key], i === 0 ? plannedLeftMs.month : null)] : [])),
	];
}

const names = new Map<Language, Intl.DateTimeFormat>();
/** `2021-08` → agosto 2021. */
function monthName(key: string, language: Language): string {
	const format = names.get(language) ?? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
	names.set(language, format);
	const [year = '', month = ''] = key.split('-');
	return format.format(Date.UTC(Number(year), Number(month) - 1));
}

export type LatencyRow = { readonly name: string; readonly p50: string; readonly p95: string; readonly p99: string; readonly count: string };

const latencyRow = (latency: LatencyNow | null, name: (overMs: number) => string, language: Language): readonly LatencyRow[] =>
	latency === null
		? []
		: [
				{
					name: name(latency.overMs),
					p50: milliseconds(latency.p50, language),
					p95: milliseconds(latency.p95, language),
					p99: milliseconds(latency.p99, language),
					count: formatNumber(latency.count, language),
				},
			];

function chartOf({ trends, staleAfterMs }: ServiceFacts, bucketMs: number, judged: BoardNow, own: ServicesWords, language: Language) {
	const extent = extentOf([trends.latency], bucketMs);
	if (extent === null) return null;
	const now = Math.floor(judged.now / bucketMs) * bucketMs;
	const from = Math.max(extent.from, now - 2 * DAY_MS);
	if (from >= now) return null;
	const spec = chartSpec(trends.latency, bucketMs, from, now, staleAfterMs);
	const values = spec.points.map(({ value }) => value).filter((value) => value !== null);
	const top = Math.max(1, ...values);
	return { spec, from, to: now, top, zone: zoneOf(judged), label: `${own.latency.chart}: ${milliseconds(values.at(-1) ?? null, language)}` };
}
