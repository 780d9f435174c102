// San Martino's emergency room through its night: who was there, who comes, how long it takes, and its neighbours' counts. All of it is
// invented. Minutes after 19:00; no event lies in a minute in which the ward counts.

import { courseAt, type Knots } from './course.ts';
import type { ErStep, ErVisit } from './er-message.ts';
import { type ErNight, messagesOf, paperMarks } from './er-night.ts';
import type { NightEr } from './night.ts';
import type { SiteCount } from './scenario.ts';

const MINUTE_MS = 60_000;
const SITE = 'san-martino';
/** The dark begins, and the ward counts every quarter of an hour from then on. */
const DARK_FROM = 40;
const EVERY = 15;
const LAST_COUNT = 460;
/** 23:10: nobody found the time. */
const MISSED = 250;
const ENTRY_MINUTES = 40;
const NIGHT_END = 600;

/** Whatever would fall into a minute of counting happens a minute later. */
const beside = (minute: number): number =>
	minute === 455 || (minute >= DARK_FROM && minute <= LAST_COUNT && (minute - DARK_FROM) % EVERY === 0) ? minute + 1 : minute;

/** Ninety-six who are there at 19:00: eighteen wait, the last twenty-six have a bed elsewhere to come. */
const BEFORE = 96;
const codesBefore = ['3', '2', '4', '3', '3', '2', '5', '3', '4', '2', '3', '1'];
function visitBefore(k: number): readonly (readonly [minute: number, step: Omit<ErStep, 'at' | 'code'>])[] {
	const arrived = -20 - 7 * k;
	const leaves = beside(15 + 6 * ((k * 37) % BEFORE));
	const isWaiting = k < 18;
	const bay = isWaiting ? beside(4 + 4 * k) : arrived + 17;
	return [
		[arrived, { trigger: 'A04', spot: 'ATTESA' }],
		[arrived + 4, { trigger: 'A08', spot: 'ATTESA' }],
		[bay, { trigger: 'A02', spot: 'BOX' }],
		...(k >= 18 && k < 70 && k % 9 === 4 ? [[arrived + 95, { trigger: 'A02', spot: 'OBI' }] as const] : []),
		...(k >= 70 ? [[arrived + 240, { trigger: 'A06', spot: 'BOX' }] as const] : []),
		[Math.max(leaves, beside(bay + 61)), k >= 70 ? { trigger: 'A02', spot: 'REPARTO' } : { trigger: 'A03', spot: 'BOX', outcome: '1' }],
	];
}

/** Eight until the dark, seventy in it, and then one every nine minutes. */
const arrivals: readonly number[] = [
	...Array.from({ length: 8 }, (_, k) => 2 + 5 * k),
	...Array.from({ length: 70 }, (_, k) => beside(42 + Math.floor(5.9 * k))),
	...Array.from({ length: 16 }, (_, k) => 457 + 9 * k),
];
const codesOfNight = ['3', '4', '3', '2', '4', '5', '3', '4', '2', '3', '1', '3', '4'];
/** Minutes from the arrival, by code. */
const toBay: Readonly<Record<string, number>> = { '1': 3, '2': 12, '3': 44, '4': 79, '5': 101 };
const toLeave: Readonly<Record<string, number>> = { '1': 410, '2': 203, '3': 171, '4': 142, '5': 124 };
function visitOfNight(arrived: number, k: number): readonly (readonly [minute: number, step: Omit<ErStep, 'at' | 'code'>])[] {
	const code = codesOfNight[k % codesOfNight.length] ?? '3';
	const boards = k % 7 === 3;
	return [
		[arrived, { trigger: 'A04', spot: 'ATTESA' }],
		[beside(arrived + 2), { trigger: 'A08', spot: 'ATTESA' }],
		[beside(arrived + 2 + (toBay[code] ?? 0)), { trigger: 'A02', spot: 'BOX' }],
		...(boards ? [[beside(arrived + 118), { trigger: 'A14', spot: 'BOX' }] as const] : []),
		boards
			? [beside(arrived + 322), { trigger: 'A06', spot: 'REPARTO' }]
			: [beside(arrived + (toLeave[code] ?? 0)), { trigger: 'A03', spot: 'BOX', outcome: '1' }],
	];
}

/** Who has no code yet is given one by the first A08. */
function written(
	start: number,
	name: string,
	code: string,
	steps: readonly (readonly [minute: number, step: Omit<ErStep, 'at' | 'code'>])[],
): ErVisit {
	const rows = steps
		.filter(([minute]) => minute <= NIGHT_END)
		.map(([minute, step]): ErStep => ({ ...step, at: start + minute * MINUTE_MS, ...(step.trigger === 'A04' ? {} : { code }) }));
	return { site: SITE, id: `SM-${name}`, steps: rows };
}

/** Invented courses of who is present next door. */
const neighbours: Readonly<Record<string, Knots>> = {
	galliera: [
		[0, 46],
		[180, 61],
		[420, 52],
		[600, 38],
	],
	'villa-scassi': [
		[0, 39],
		[150, 55],
		[600, 33],
	],
	evangelico: [
		[0, 22],
		[240, 31],
		[600, 18],
	],
};
const FEED_EVERY = 5;
const shares = { '1': 0.03, '2': 0.17, '3': 0.33, '4': 0.4 } as const;

function neighboursAt(start: number, minute: number): readonly SiteCount[] {
	if (minute % FEED_EVERY !== 0) return [];
	return Object.entries(neighbours).map(([site, course]) => {
		const total = Math.round(courseAt(course, minute));
		const byCode: Record<string, number> = Object.fromEntries(Object.entries(shares).map(([code, share]) => [code, Math.floor(total * share)]));
		byCode['5'] = total - Object.values(byCode).reduce((sum, one) => sum + one, 0);
		const waiting = Object.fromEntries(Object.entries(byCode).map(([code, count]) => [code, Math.floor(count / 3)]));
		return {
			source: 'ps-live',
			site,
			count: {
				at: new Date(start + minute * MINUTE_MS).toISOString(),
				present: { ...byCode, none: 0 },
				waiting: { ...waiting, none: 0 },
				boarding: Math.floor(total / 6),
			},
		};
	});
}

/** `restored`: the minute at which the ward's system is back. */
export function erOf({ start, restored = 455 }: { readonly start: number; readonly restored?: number }): NightEr {
	const visits = [
		...Array.from({ length: BEFORE }, (_, k) => written(start, `P${k}`, codesBefore[k % codesBefore.length] ?? '3', visitBefore(k))).reverse(),
		...arrivals.map((arrived, k) => written(start, `N${k}`, codesOfNight[k % codesOfNight.length] ?? '3', visitOfNight(arrived, k))),
	];
	const night: ErNight = { site: SITE, source: 'ps-messaggi', start, dark: { from: DARK_FROM, to: restored, entryMinutes: ENTRY_MINUTES }, visits };
	const counted = [
		28,
		...Array.from({ length: 28 }, (_, k) => DARK_FROM + EVERY * k).filter((minute) => minute !== MISSED && minute < restored),
		restored,
	];
	const messages = messagesOf(night);
	return {
		messagesAt: (instant) => messages.get(instant) ?? [],
		countsAt: (instant) => neighboursAt(start, (instant - start) / MINUTE_MS),
		marks: [
			...paperMarks(night, counted),
			[1, { kind: 'bedside', site: SITE, respirators: 3, physicians: 6 }, SITE],
			[41, { kind: 'diversion', site: SITE, state: 'limited' }, SITE],
			[restored + ENTRY_MINUTES + 6, { kind: 'diversion', site: SITE, state: 'open' }, SITE],
		],
	};
}
