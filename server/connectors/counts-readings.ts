// Rows of a feed → readings of its sites. A facility that is not there is left out, never empty; one whose totals do not add up is blind;
// both are counted at the source, by code.
import { type ErRefusalCode, triageCodes } from '../../shared/er.ts';
import type { Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import { type FeedRow, headsIn, instantIn } from './counts-rows.ts';
import { type CountsFeed, nameAs } from './counts-settings.ts';

export type Dated = {
	readonly now: number;
	/** The answer's Last-Modified, null where it has none. */
	readonly modifiedAt: number | null;
	/** Of which instant each site's last figures were: what is told again is no news. */
	readonly before: Readonly<Record<string, number>>;
};
export type Counted = {
	readonly readings: readonly Reading[];
	readonly at: Readonly<Record<string, number>>;
	/** One for each facility of which the feed does not tell what it should. */
	readonly refused: readonly ErRefusalCode[];
};

type Figures = ReadonlyMap<string, number>;

export function countsOf(rows: readonly FeedRow[], feed: CountsFeed, { now, modifiedAt, before }: Dated): Counted {
	const found = new Map<string, FeedRow | null>();
	for (const row of rows) {
		const site = feed.site ?? siteOf(row, feed);
		// Two rows of one site: neither is more so than the other.
		if (site !== null) found.set(site, found.has(site) ? null : row);
	}
	const readings: Reading[] = [];
	const at: Record<string, number> = {};
	const refused: ErRefusalCode[] = [];
	for (const site of sitesOf(feed)) {
		const row = found.get(site);
		if (row === undefined) {
			refused.push('facility-missing');
			continue;
		}
		const instant = row === null ? null : atOf(row, feed, now, modifiedAt);
		const figures = row === null ? 'facility-twice' : instant === null ? 'no-time' : figuresOf(row, feed);
		if (typeof figures === 'string' || instant === null) {
			readings.push(...blind(site, feed, now));
			refused.push(typeof figures === 'string' ? figures : 'no-time');
			continue;
		}
		if (!tellsPresent([...figures.keys()]) && tellsPresent(namesOf(feed))) refused.push('incomplete');
		at[site] = instant;
		if (before[site] === instant) continue;
		for (const [name, value] of figures) readings.push({ subject: subjectOf('site', site), measure: `site.${name}`, value, at: instant });
	}
	return { readings, at, refused };
}

/** The sites that a feed is to tell of. */
export const sitesOf = ({ site, sites }: CountsFeed): readonly string[] => (site === undefined ? [...new Set(Object.values(sites))] : [site]);

const byPlace = ['waiting', 'treatment', 'observation', 'boarding'];
const byCode = triageCodes.map((code) => `present${code === 'none' ? 'None' : code}`);

/** Whether who is present follows from these figures. */
const tellsPresent = (names: readonly string[]): boolean =>
	names.includes('present') || [byPlace, byCode].some((parts) => parts.every((one) => names.includes(one)));

function siteOf(row: FeedRow, { siteColumns, sites }: CountsFeed): string | null {
	const cells = siteColumns.map((column) => row(column)).filter((cell) => typeof cell === 'string' || typeof cell === 'number');
	if (cells.length === 0) return null;
	// A map may name a facility by the first of its columns alone, where that is enough.
	const names = [cells.join('|'), String(cells[0])].map(nameAs);
	const name = names.find((one) => Object.hasOwn(sites, one));
	return name === undefined ? null : (sites[name] ?? null);
}

function atOf(row: FeedRow, { at, zone }: CountsFeed, now: number, modifiedAt: number | null): number | null {
	if (at === 'fetch') return now;
	return at === 'last-modified' ? modifiedAt : instantIn(row(at.column), zone, now);
}

/** By figure; or why nothing of this facility can be believed. */
function figuresOf(row: FeedRow, { columns, sums }: CountsFeed): Figures | ErRefusalCode {
	const figures = new Map<string, number>();
	for (const [name, parts] of Object.entries(columns)) {
		const heads = parts.map((column) => headsIn(row(column)));
		if (heads.includes(null)) return 'malformed';
		const told = heads.filter((one) => typeof one === 'number');
		if (told.length === parts.length)
			figures.set(
				name,
				told.reduce((sum, one) => sum + one, 0),
			);
	}
	const add = (names: readonly string[]): number | null => {
		const told = names.flatMap((name) => figures.get(name) ?? []);
		return told.length === names.length ? told.reduce((sum, one) => sum + one, 0) : null;
	};
	for (const { total, least, most = [] } of sums) {
		const [whole, sum, rest] = [figures.get(total), add(least), add(most)];
		if (whole === undefined || sum === null || rest === null) continue;
		if (whole < sum || whole > sum + rest) return 'sums-disagree';
	}
	for (const [name, waiting, treatment] of presentParts(columns)) {
		const [one, other] = [figures.get(waiting), figures.get(treatment)];
		if (one !== undefined && other !== undefined) figures.set(name, one + other);
	}
	return figures;
}

/** Present by code, of the codes whose waiting and treatment the feed tells apart. */
const presentParts = (columns: CountsFeed['columns']): readonly (readonly [name: string, waiting: string, treatment: string])[] =>
	triageCodes
		.map((code) => (code === 'none' ? 'None' : code))
		.map((code) => [`present${code}`, `waiting${code}`, `treatment${code}`] as const)
		.filter(([name, ...parts]) => columns[name] === undefined && parts.every((part) => columns[part] !== undefined));

/** All figures that the feed would give of a site. */
const namesOf = ({ columns }: CountsFeed): readonly string[] => [...Object.keys(columns), ...presentParts(columns).map(([name]) => name)];

/** Refused, and said so on every figure of the site that the feed would give. */
const blind = (site: string, feed: CountsFeed, at: number): readonly Reading[] =>
	namesOf(feed).map((name) => ({ subject: subjectOf('site', site), measure: `site.${name}`, value: null, at, why: 'bad-answer' }));
