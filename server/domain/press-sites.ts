// What is told to the press of emergency rooms: how many, how many report, and, where the plan allows it, how many are present. Pure.
import type { InBoth, PressFigure } from '../../shared/press.ts';
import type { Standing } from '../../shared/standing.ts';
import { type JudgedView, makeFigure, namedFor, ruleOf } from './press-figure.ts';
import { countText, fewerThan, outOf, withheldText } from './press-words.ts';
import { publishTable } from './small-counts.ts';
import { joinTables, type PublishedTable, type Shown, type Told } from './small-counts-table.ts';

const ALL = 'all';
const EACH = 'site.present/';
/** Who is there has changed by then, and was another before. */
export const REMEMBERED_MS = 86_400_000;

const sitesWord: InBoth = { it: 'strutture', en: 'emergency rooms' };
const methods = {
	count: { it: 'Le strutture di pronto soccorso sono quelle nel piano.', en: 'The emergency rooms are those in the plan.' },
	reporting: {
		it: 'Una struttura è collegata quando i suoi dati arrivano e sono recenti.',
		en: 'An emergency room is connected when its data arrive and are recent.',
	},
	present: {
		it: 'Le persone presenti risultano dai messaggi dei sistemi e dai conteggi a mano; i numeri piccoli non sono indicati.',
		en: 'People present are counted from the systems’ messages and by hand; small numbers are not given.',
	},
} as const satisfies Record<string, InBoth>;

export function siteFigures(view: JudgedView): PressFigure[] {
	const { now, at } = view;
	if (now.er === null) return [];
	const { region, sites } = now.er;
	const standing: Standing = region.reporting === region.sites ? 'good' : 'blind';
	return [
		makeFigure(
			{
				key: 'sites.count',
				label: { it: 'Pronto soccorso', en: 'Emergency rooms' },
				method: methods.count,
				printed: { value: region.sites, text: countText(region.sites) },
				standing: 'good',
				ageMs: null,
			},
			at,
		),
		makeFigure(
			{
				key: 'sites.reporting',
				label: { it: 'Pronto soccorso collegati', en: 'Emergency rooms connected' },
				method: methods.reporting,
				printed: { value: region.reporting, text: outOf(region.reporting, region.sites) },
				share: region.reporting / region.sites,
				standing,
				ageMs: region.oldest?.ageMs ?? null,
			},
			at,
		),
		...presentFigures(view, standing, sites),
	];
}

/** How many are in each emergency room and in all, as one table: what is hidden in it cannot be worked out from the rest. */
export function presentTable(view: JudgedView): PublishedTable | null {
	const { isPublic, roundTo, smallest } = ruleOf('sites.presentTotal', view);
	if (!isPublic || view.now.er === null) return null;
	const present = Object.entries(view.now.er.sites).flatMap(([id, { present }]) => (present === null ? [] : [[id, present] as const]));
	const cells = Object.fromEntries(present);
	// Of rooms that nobody has heard there is nothing to hide, and nothing to remember.
	if (present.length === 0 || view.isForgotten) return null;
	const table = { cells, totals: { [ALL]: Object.keys(cells) } };
	return publishTable(table, { smallest, roundTo: Math.max(1, Math.round(roundTo ?? 1)) }, toldOfPresent(view, Object.keys(cells)));
}

function presentFigures(view: JudgedView, standing: Standing, sites: NonNullable<JudgedView['now']['er']>['sites']): PressFigure[] {
	const { isPublic, smallest } = ruleOf('sites.presentTotal', view);
	const published = presentTable(view);
	const region = view.now.er?.region;
	if (!region || !isPublic) return [];
	const written = (told: Shown | undefined, shown: Shown | undefined = view.isForgotten ? { is: 'withheld' } : told) => ({
		printed: shown?.is === 'told' ? { value: shown.value, text: countText(shown.value) } : null,
		suppressed: shown === undefined || shown.is === 'told' ? null : shown.is === 'few' ? fewerThan(smallest) : withheldText,
	});
	const total = makeFigure(
		{
			key: 'sites.presentTotal',
			label: { it: 'Presenti nei pronto soccorso', en: 'Present in emergency rooms' },
			method: methods.present,
			...written(region.reporting === 0 ? undefined : published?.totals[ALL]),
			standing,
			ageMs: region.oldest?.ageMs ?? null,
			part: { counted: region.reporting, of: region.sites, things: sitesWord },
		},
		view.at,
	);
	const each = Object.entries(sites).map(([id, one]) =>
		makeFigure(
			{
				key: `${EACH}${id}`,
				label: namedFor(view, `site/${id}`, one.label),
				method: methods.present,
				...written(published?.cells[id]),
				standing: one.standing,
				ageMs: one.ageMs,
			},
			view.at,
		),
	);
	return [total, ...each];
}

/** What sheets of the day before and the day after said of the same rooms, whenever they were made, and what live pages did. */
function toldOfPresent({ board, at, counts, sheets: known }: JudgedView, reporting: readonly string[]): PublishedTable | null {
	const sheets = Object.values(known ?? board.press.rows).filter(({ frozen }) => Math.abs(at - frozen.at) < REMEMBERED_MS);
	const tables = sheets.map(({ frozen }) => tableIn(frozen.figures, reporting));
	return [...tables, ...(counts ? [counts] : [])].reduce<PublishedTable | null>((all, one) => (all === null ? one : joinTables(all, one)), null);
}

/** Of a total it is known how many rooms are in it, not which: it counts where as many report as now. */
function tableIn(figures: readonly PressFigure[], reporting: readonly string[]): PublishedTable {
	const shownOf = ({ isSuppressed, value }: PressFigure): Shown | null =>
		isSuppressed ? { is: 'withheld' } : value === null ? null : { is: 'told', value };
	const cells: Record<string, Shown> = {};
	const totals: Record<string, Shown> = {};
	const told: Told[] = [];
	for (const one of figures) {
		const shown = shownOf(one);
		if (shown === null) continue;
		const isTotal = one.key === 'sites.presentTotal';
		if (!isTotal && !one.key.startsWith(EACH)) continue;
		const of = isTotal ? reporting : [one.key.slice(EACH.length)];
		if (isTotal) totals[ALL] = shown;
		else cells[of[0] ?? ''] = shown;
		if (shown.is === 'told' && (!isTotal || one.completeness?.counted === reporting.length)) told.push({ of, least: shown.value, most: shown.value });
	}
	return { cells, totals, told, counted: {}, within: {} };
}
