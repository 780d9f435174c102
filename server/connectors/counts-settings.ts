// What a plan says of a feed of counts: where it is, which of its columns is which figure, whose row is which site's, and when it was counted.
import * as z from 'zod/mini';
import { isMeasure } from '../../shared/measures.ts';
import { zone } from '../../shared/plan-values.ts';
import { type CountsPreset, countsPresets, presetNames } from './counts-presets.ts';
import { id, secretName, webAddress } from './settings.ts';

const column = z.string().check(z.minLength(1, 'the name of a column'), z.maxLength(200, 'a name of at most 200 characters'));
const figure = z.string().check(z.refine((name: string) => isMeasure(`site.${name}`), 'a figure of a site, as waiting1, present or boarding'));

const settings = z.strictObject({
	url: webAddress,
	tokenFrom: z.optional(secretName),
	/** The shape that a region publishes in; what is said beside it takes its place. */
	preset: z.optional(z.enum(presetNames)),
	format: z._default(z.enum(['json', 'csv']), 'json'),
	csv: z.prefault(
		z.strictObject({
			separator: z._default(z.enum([';', ',', '\t', '|']), ';'),
			decimal: z._default(z.enum([',', '.']), ','),
			charset: z._default(z.enum(['utf-8', 'windows-1252']), 'utf-8'),
		}),
		{},
	),
	/** Where in the JSON the list of facilities is, as result.records; left out: it is the answer itself, or the answer is of one facility. */
	rows: z.optional(column),
	/** All of it is of one site; or whose a row is, by a column (or several, joined by |) and what stands there. */
	site: z.optional(id),
	siteColumn: z.optional(z.union([column, z.array(column).check(z.minLength(1))])),
	sites: z.optional(z.record(column, id)),
	/** When it was counted: a column, the answer's Last-Modified, or, where nothing tells, when it was fetched: then an old answer looks new. */
	at: z.optional(z.union([z.strictObject({ column }), z.enum(['last-modified', 'fetch'])])),
	/** The zone of times that do not tell theirs. */
	zone: z._default(zone, 'Europe/Rome'),
	/** Figure → column; a list is their sum, and unknown where one of them is. */
	columns: z.optional(z.record(figure, z.union([column, z.array(column).check(z.minLength(1))]))),
});
type Given = z.infer<typeof settings>;

const presetOf = ({ preset }: Given): CountsPreset => (preset === undefined ? {} : countsPresets[preset]);

export const countsSettings = settings.check(
	z.refine(({ site, sites }) => (site === undefined) !== (sites === undefined), {
		path: ['site'],
		error: 'either site (an id of the plan) or sites (a map to such ids)',
	}),
	z.refine((given) => given.sites === undefined || (given.siteColumn ?? presetOf(given).siteColumn) !== undefined, {
		path: ['siteColumn'],
		error: 'the column that says whose a row is',
	}),
	z.refine((given) => (given.at ?? presetOf(given).at) !== undefined, {
		path: ['at'],
		error: 'when it was counted: { column: … }, last-modified, or fetch',
	}),
	z.refine((given) => Object.keys(given.columns ?? presetOf(given).columns ?? {}).length > 0, {
		path: ['columns'],
		error: 'which column is which figure, as { waiting1: ROSSO_ATT }',
	}),
);

/** What is asked of a feed: the preset, and what the plan says in its place. */
export type CountsFeed = Pick<Given, 'url' | 'tokenFrom' | 'format' | 'csv' | 'site' | 'zone'> & {
	readonly rows: readonly string[];
	readonly siteColumns: readonly string[];
	readonly sites: Readonly<Record<string, string>>;
	readonly at: { readonly column: string } | 'last-modified' | 'fetch';
	readonly columns: Readonly<Record<string, readonly string[]>>;
	/** Figures that must be what others add up to, from the least sum to the greatest. */
	readonly sums: NonNullable<CountsPreset['sums']>;
};

const asList = (one: string | readonly string[]): readonly string[] => (typeof one === 'string' ? [one] : one);

/** As people write names: case, spaces and the two apostrophes make no difference. */
export const nameAs = (written: string): string =>
	written
		.replace(/[\u2018\u2019]/g, "'")
		.replace(/\s+/gu, ' ')
		.trim()
		.toLowerCase();

export function feedOf(raw: unknown): CountsFeed {
	const given = countsSettings.parse(raw);
	const preset = presetOf(given);
	const { url, tokenFrom, format, csv, site, zone: ofTimes } = given;
	const columns = Object.entries(given.columns ?? preset.columns ?? {});
	return {
		url,
		tokenFrom,
		format,
		csv,
		site,
		zone: ofTimes,
		rows: (given.rows ?? preset.rows)?.split('.') ?? [],
		siteColumns: asList(given.siteColumn ?? preset.siteColumn ?? []),
		sites: Object.fromEntries(Object.entries(given.sites ?? {}).map(([name, one]) => [nameAs(name), one])),
		at: given.at ?? preset.at ?? 'fetch',
		columns: Object.fromEntries(columns.map(([name, one]) => [name, asList(one)])),
		sums: given.columns === undefined ? (preset.sums ?? []) : [],
	};
}
