// Lazio's invented visits: who comes to which emergency room in which hour, and how it goes. Pure chance by seed, so that any hour can be
// told again by itself. Knows neither wire nor scenario.
import { chance } from './chance.ts';
import type { ErStep, ErVisit } from './er-message.ts';
import type { LazioSite } from './lazio.sites.ts';

export const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Nobody stays longer. */
export const LONGEST_STAY_HOURS = 60;
/** Rome in July. */
const ZONE_MS = 2 * HOUR_MS;

/** Weights of the hours from midnight and of the days from Monday; the plan has the same. */
export const hourWeights = [2, 1.6, 1.3, 1.1, 1, 1.1, 1.7, 3, 5, 6.4, 6.8, 6.4, 5.8, 5.4, 5.5, 5.4, 5.2, 5.1, 5.2, 5, 4.6, 4, 3.3, 2.6];
export const dayWeights = [1.1, 1.02, 1, 0.99, 1, 0.94, 0.95];
const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
const hoursInAll = sumOf(hourWeights);
const daysInAll = sumOf(dayWeights);
const DAYS_A_MONTH = 31;

/** An evening on which twenty of them are flooded: more come, and all wait longer. */
export type Flood = { readonly from: number; readonly to: number; readonly sites: ReadonlySet<string>; readonly times: number };

type Code = { readonly share: number; readonly code: string; readonly wait: number; readonly stay: number; readonly admitted: number };
const codes: readonly Code[] = [
	{ share: 0.02, code: '1', wait: 2, stay: 240, admitted: 0.7 },
	{ share: 0.17, code: '2', wait: 28, stay: 330, admitted: 0.4 },
	{ share: 0.34, code: '3', wait: 85, stay: 260, admitted: 0.13 },
	{ share: 0.38, code: '4', wait: 110, stay: 140, admitted: 0.03 },
	{ share: 0.09, code: '5', wait: 120, stay: 65, admitted: 0.01 },
];
const MOST_OF_MEAN = 3;
const AGAIN_WAITING_MINUTES = 60;
const AGAIN_INSIDE_MINUTES = 170;

function codeOf(drawn: number): Code {
	let left = drawn;
	for (const one of codes) {
		left -= one.share;
		if (left < 0) return one;
	}
	return codes[2] as Code;
}

/** How many come in an hour: the Poisson quantile of one number. */
function countOf(expected: number, drawn: number): number {
	let probability = Math.exp(-expected);
	let below = probability;
	let count = 0;
	while (drawn > below && count < 200) {
		count += 1;
		probability *= expected / count;
		below += probability;
	}
	return count;
}

function stepsOf(arrived: number, draw: (what: string) => number, slower: number): ErStep[] {
	const steps: ErStep[] = [];
	const spread = (what: string, mean: number): number => Math.min(MOST_OF_MEAN, -Math.log(1 - draw(what))) * mean;
	let minute = 0;
	const add = (step: Omit<ErStep, 'at'>): void => void steps.push({ ...step, at: arrived + Math.round(minute * 60) * 1000 });
	/** What is looked at again in between: nothing changes, and the feed is heard. */
	const until = (to: number, every: number, step: Omit<ErStep, 'at'>): void => {
		for (let next = minute + every; next < to - 1; next += every) {
			minute = next;
			add(step);
		}
		minute = to;
	};
	const { code, wait, stay, admitted } = codeOf(draw('code'));
	add({ trigger: 'A04', spot: 'ATTESA' });
	minute = 2 + spread('triage', 3);
	add({ trigger: 'A08', spot: 'ATTESA', code });
	const seen = minute + 1 + spread('wait', wait) * slower;
	if (code > '3' && draw('unseen') < 0.06) {
		until(minute + 30 + spread('patience', 90), AGAIN_WAITING_MINUTES, { trigger: 'A08', spot: 'ATTESA', code });
		add({ trigger: 'A03', spot: 'ATTESA', code, outcome: '6' });
		return steps;
	}
	until(seen, AGAIN_WAITING_MINUTES, { trigger: 'A08', spot: 'ATTESA', code });
	add({ trigger: 'A02', spot: 'BOX', code });
	until(minute + 20 + spread('stay', stay), AGAIN_INSIDE_MINUTES, { trigger: 'A08', spot: 'BOX', code });
	let spot: 'BOX' | 'OBI' = 'BOX';
	if (draw('observed') < 0.05) {
		spot = 'OBI';
		add({ trigger: 'A02', spot, code });
		until(minute + 300 + spread('observation', 400), AGAIN_INSIDE_MINUTES, { trigger: 'A08', spot, code });
	}
	if (draw('admitted') < admitted) {
		add({ trigger: 'A14', spot, code });
		until(minute + 30 + spread('bed', 420), AGAIN_INSIDE_MINUTES, { trigger: 'A08', spot, code });
		add({ trigger: 'A06', spot: 'REPARTO', code });
	} else {
		minute += 1;
		add({ trigger: 'A03', spot, code, outcome: draw('sent on') < 0.03 ? '3' : '1' });
	}
	return steps;
}

/** Who comes to a site in an hour (hours since 1970 UTC), in order of arrival. */
export function visitsIn({ id: site, load, source }: LazioSite, hour: number, seed: number, flood: Flood): readonly ErVisit[] {
	const from = hour * HOUR_MS;
	const local = new Date(from + ZONE_MS);
	const weight = ((hourWeights[local.getUTCHours()] ?? 0) / hoursInAll) * ((dayWeights[(local.getUTCDay() + 6) % 7] ?? 0) / daysInAll) * 7;
	const isFlooded = flood.sites.has(site) && from >= flood.from && from < flood.to;
	const expected = (load / DAYS_A_MONTH) * weight * (isFlooded ? flood.times : 1);
	const count = countOf(expected, chance(seed, `${site}/count`, hour));
	const visits = Array.from({ length: count }, (_, k): ErVisit => {
		const draw = (what: string): number => chance(seed, `${site}/${what}/${k}`, hour);
		const arrived = from + Math.floor(draw('arrival') * 3600) * 1000;
		return { site, id: `${site}-${hour}-${k}`, ...(source === null ? {} : { sender: source }), steps: stepsOf(arrived, draw, isFlooded ? 1.8 : 1) };
	});
	return visits.sort((a, b) => (a.steps[0]?.at ?? 0) - (b.steps[0]?.at ?? 0));
}

export const minuteAfter = (at: number): number => Math.ceil(at / MINUTE_MS) * MINUTE_MS;
