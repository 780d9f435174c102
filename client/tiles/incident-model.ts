// Which incident leads a wall, and how long what it is about has been down. Pure; knows no clock but the board's.
import type { BreakdownNow, IncidentNow } from '../../shared/breakdown-now.ts';
import { formatClock, type Language } from '../../shared/format.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import { byWorst, type Standing } from '../../shared/standing.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The worst of those that are open, then the one that began first; or the one that was asked for, also where it is closed. */
export function leadOf(incidents: BreakdownNow['incidents'], wished: string | null): IncidentNow | null {
	const asked = wished === null ? undefined : incidents[wished];
	if (asked !== undefined) return asked;
	const open = Object.values(incidents).filter(({ closedAt }) => closedAt === null);
	return open.toSorted((a, b) => byWorst(a.standing, b.standing) || a.since - b.since || (a.id < b.id ? -1 : 1))[0] ?? null;
}

export type Span = { readonly days: string | null; readonly dayWord: string | null; readonly time: string };

/** `2 giorni 15:42`; below a day hours and minutes alone. */
export function spanOf(ms: number, words: { readonly one: string; readonly many: string }): Span {
	const whole = Math.max(0, ms);
	const days = Math.floor(whole / DAY_MS);
	const minutes = Math.floor((whole % DAY_MS) / MINUTE_MS);
	const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
	return days === 0 ? { days: null, dayWord: null, time } : { days: String(days), dayWord: days === 1 ? words.one : words.many, time };
}

const weekdays = new Map<string, Intl.DateTimeFormat>();

/** `sab 14` in the board's zone, as the days of one incident are told apart. */
export function dayOf(instant: number, zone: string, language: Language, withNumber = true): string {
	const key = `${language}${zone}${withNumber}`;
	let format = weekdays.get(key);
	if (format === undefined) {
		format = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
			timeZone: zone,
			weekday: 'short',
			...(withNumber ? { day: 'numeric' } : {}),
		});
		weekdays.set(key, format);
	}
	return format.format(instant);
}

/** The time of day, with its day where that is not `now`'s own. */
export function momentOf(instant: number, now: number, zone: string, language: Language): string {
	const clock = formatClock(instant, zone);
	const isToday = Math.abs(now - instant) < 20 * HOUR_MS && dayOf(instant, zone, language) === dayOf(now, zone, language);
	return isToday ? clock : `${dayOf(instant, zone, language, Math.abs(now - instant) > 6 * DAY_MS)} ${clock}`;
}

export type IncidentHero = {
	readonly title: string;
	readonly standing: Standing;
	readonly span: Span;
	/** As people wrote it: of any length. */
	readonly cause: string;
	readonly nature: string;
	readonly status: string;
	readonly lead: string;
	readonly isAttack: boolean;
	/** Of the other open ones. */
	readonly others: readonly string[];
};

const serviceOf = (subject: string | null, services: Readonly<Record<string, ServiceNow>>): ServiceNow | null =>
	subject?.startsWith('service/') ? (services[subject.slice('service/'.length)] ?? null) : null;

type Seen = {
	readonly incidents: BreakdownNow['incidents'];
	readonly services: Readonly<Record<string, ServiceNow>>;
	readonly now: number;
	readonly nameOf: (by: string) => string;
};

export function incidentHero(one: IncidentNow, seen: Seen, own: BreakdownWords, zone: string, language: Language): IncidentHero {
	const w = own.incident;
	const service = serviceOf(one.subject, seen.services);
	const isDown = one.closedAt === null && service?.up === false;
	return {
		title: one.closedAt !== null ? w.lasted : isDown ? w.stopped : w.lasts,
		standing: one.closedAt !== null ? 'good' : isDown ? 'bad' : service !== null && service.up === null ? 'blind' : one.standing,
		span: spanOf(one.lastsMs, w.days),
		cause: one.cause === null ? w.noCause : fill(w.cause, { cause: one.cause }),
		nature: w.nature[one.nature],
		status: fill(w.statusAt, { status: w.status[one.status], time: momentOf(one.statusAt, seen.now, zone, language) }),
		lead: one.roles.lead === undefined ? w.noLead : fill(w.lead, { who: seen.nameOf(one.roles.lead) }),
		isAttack: one.nature === 'attack',
		others: Object.values(seen.incidents)
			.filter(({ id, closedAt }) => closedAt === null && id !== one.id)
			.toSorted((a, b) => byWorst(a.standing, b.standing) || a.since - b.since)
			.map(({ title }) => title),
	};
}
