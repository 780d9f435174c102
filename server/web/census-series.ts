// A site's figures as messages and counts by hand moved them: for series of what no source ever sent as a figure. Pure.
import type { CensusFacts, SiteFacts } from '../../shared/board-er.ts';
import { sumCodes } from '../../shared/census-digest.ts';
import type { Entry } from '../../shared/entry.ts';
import { type PresentCell, presentCells, type TriageCode, triageCodes } from '../../shared/er.ts';

export type Point = { readonly at: number; readonly value: number };
export type CensusSeries = { readonly next: (entry: Entry) => Point | null };

const figurePattern = /^site\.(present|waiting|treatment|observation|boarding)([1-5]|None)?$/;

/** Begins at the site's facts as they stood before the first entry; null where the measure is none that messages count. */
export function censusSeries(subject: string, measure: string, before: SiteFacts | undefined): CensusSeries | null {
	const found = figurePattern.exec(measure);
	if (!found || !subject.startsWith('site/')) return null;
	const figure = found[1] as PresentCell | 'present';
	const code = found[2] === undefined ? null : found[2] === 'None' ? 'none' : (found[2] as TriageCode);
	const site = subject.slice('site/'.length);
	const cells: readonly PresentCell[] = figure === 'present' ? presentCells : [figure];
	let level = before?.census ? levelIn(before.census, cells, code) : 0;
	return {
		next(entry) {
			if (entry.kind === 'mark' && entry.mark.kind === 'count' && entry.mark.site === site) {
				const { mark } = entry;
				if (figure === 'present') return { at: Math.min(mark.at, entry.seen), value: code === null ? sumCodes(mark.byCode) : mark.byCode[code] };
				return figure === 'boarding' && code === null ? { at: Math.min(mark.at, entry.seen), value: mark.boarding } : null;
			}
			const one = entry.kind === 'census' ? entry.sites.find((changes) => changes.site === site) : undefined;
			if (!one) return null;
			for (const [cell, of, , by] of one.changes) if ((cells as readonly string[]).includes(cell) && (code === null || of === code)) level += by;
			// A lapse is no word of the site: the next one tells what it came to.
			return one.heardAt === null ? null : { at: Math.min(one.heardAt, entry.seen), value: level };
		},
	};
}

function levelIn(census: CensusFacts, cells: readonly PresentCell[], code: TriageCode | null): number {
	const codes: readonly TriageCode[] = code === null ? triageCodes : [code];
	const held = (cell: PresentCell, one: TriageCode): number => {
		const known = census[cell][one] ?? 0;
		return typeof known === 'number' ? known : Object.values(known).reduce((sum, many) => sum + many, 0);
	};
	return cells.reduce((sum, cell) => sum + codes.reduce((all, one) => all + held(cell, one), 0), 0);
}
