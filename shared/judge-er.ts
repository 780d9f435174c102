// How full the emergency rooms are at a moment: each site, each body, the region. Pure.
import type { Board } from './board.ts';
import { forCodes } from './census-digest.ts';
import type { ByCodeNow, ErNow, ErSum, SiteNow } from './er-now.ts';
import { judgeSite } from './judge-site.ts';

/** Null where the plan has no site. */
export function judgeEr(board: Board, now: number): ErNow | null {
	const ids = Object.keys(board.sites);
	if (ids.length === 0) return null;
	const zone = (board.follows === null ? undefined : board.cutovers[board.follows]?.zone) ?? 'Europe/Rome';
	const sites: Record<string, SiteNow> = {};
	const ofBody = new Map<string, Sites>();
	for (const id of ids) {
		const facts = board.sites[id];
		if (!facts) continue;
		const one = judgeSite(facts, now, zone);
		sites[id] = one;
		if (one.body !== null) ofBody.set(one.body, [...(ofBody.get(one.body) ?? []), [id, one]]);
	}
	const bodies = Object.fromEntries([...ofBody].map(([id, of]) => [id, sumOf(board.bodies[id]?.label ?? id, of)]));
	return { region: sumOf(board.region ?? '', Object.entries(sites)), bodies, sites };
}

type Sites = readonly (readonly [id: string, site: SiteNow])[];
type Summed = 'present' | Exclude<keyof ErSum['counted'], 'byCode'>;

/** A site that is blind is in no sum; one that does not tell a figure is not in that figure's. Nobody telling it is null, never 0. */
export function sumOf(label: string, of: Sites): ErSum {
	const reporting = of.filter(([, site]) => site.standing !== 'blind');
	const telling = (figure: Summed | 'byCode') => reporting.filter(([, site]) => site[figure] !== null);
	const sum = (figure: Summed): number | null => {
		const told = telling(figure);
		return told.length === 0 ? null : told.reduce((all, [, site]) => all + (site[figure] ?? 0), 0);
	};
	const count = (figure: keyof ErSum['counted']): number => telling(figure).length;
	// One site without an expectation would make the sum too low beside the arrivals, and look like a surge.
	const expected = telling('arrivalsLastHour').map(([, site]) => site.expectedLastHour);
	const isExpected = expected.length > 0 && expected.every((one) => one !== null);
	return {
		label,
		present: sum('present'),
		byCode: sumCodesOf(reporting),
		waiting: sum('waiting'),
		inTreatment: sum('inTreatment'),
		boarding: sum('boarding'),
		overTarget: sum('overTarget'),
		arrivalsLastHour: sum('arrivalsLastHour'),
		expectedLastHour: isExpected ? expected.reduce<number>((all, one) => all + (one ?? 0), 0) : null,
		reporting: reporting.length,
		sites: of.length,
		counted: {
			byCode: count('byCode'),
			waiting: count('waiting'),
			inTreatment: count('inTreatment'),
			boarding: count('boarding'),
			overTarget: count('overTarget'),
			arrivalsLastHour: count('arrivalsLastHour'),
		},
		onPaper: of.filter(([, site]) => site.mode === 'paper').length,
		oldest: oldestOf(reporting),
	};
}

function sumCodesOf(reporting: Sites): ByCodeNow | null {
	const told = reporting.flatMap(([, { byCode }]) => (byCode === null ? [] : [byCode]));
	return told.length === 0 ? null : forCodes((code) => told.reduce((all, one) => all + one[code], 0));
}

function oldestOf(reporting: Sites): ErSum['oldest'] {
	let oldest: ErSum['oldest'] = null;
	for (const [site, { ageMs }] of reporting) if (ageMs !== null && (oldest === null || ageMs > oldest.ageMs)) oldest = { site, ageMs };
	return oldest;
}
