// The log of counts by hand, newest first, with those that were due and never came as gaps. Pure.
import type { CountFacts, SiteFacts } from '../../shared/board-er.ts';
import { triageCodes } from '../../shared/er.ts';
import { formatMoment, formatNumber, type Language } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import type { ErDeskWords } from '../store/er-desk-words.ts';

export type PaperLine =
	| { readonly kind: 'count'; readonly key: string; readonly time: string; readonly present: string; readonly told: string; readonly by: string }
	| { readonly kind: 'missed'; readonly key: string; readonly time: string };

type Facts = Pick<SiteFacts, 'counts' | 'dark' | 'paperEveryMs'>;

/** Half an interval late is still that count. */
const LATE_SHARE = 1.5;

/** When counts were due between two that came, and did not come. */
export function missedBetween(from: number, to: number, everyMs: number): readonly number[] {
	const missed: number[] = [];
	for (let last = from; to - last > everyMs * LATE_SHARE; last += everyMs) missed.push(last + everyMs);
	return missed;
}

export const presentOf = ({ byCode }: CountFacts): number => triageCodes.reduce((sum, code) => sum + (byCode[code] ?? 0), 0);

export function paperLines(
	{ counts, dark, paperEveryMs }: Facts,
	now: number,
	zone: string,
	own: ErDeskWords,
	language: Language,
	sayWho: (by: string) => string = (by) => by.replace(/^[a-z]+\//, ''),
): readonly PaperLine[] {
	const rows = Object.entries(counts.rows).sort(([, a], [, b]) => a.at - b.at);
	const lines: { readonly at: number; readonly line: PaperLine }[] = rows.map(([seq, row]) => ({
		at: row.at,
		line: {
			kind: 'count',
			key: seq,
			time: formatMoment(row.at, zone),
			present: formatNumber(presentOf(row), language),
			told: [
				fill(own.page.boarding, { count: formatNumber(row.boarding, language) }),
				row.forms === null ? null : fill(own.page.forms, { count: formatNumber(row.forms, language) }),
			]
				.filter((part) => part !== null)
				.join(' · '),
			by: sayWho(row.by),
		},
	}));
	// Counts are due only while the system is off, and of those that the board still has nothing is known before the first.
	const since = dark?.since ?? Number.POSITIVE_INFINITY;
	const until = dark?.restoredAt ?? now;
	const inDark = rows.map(([, { at }]) => at).filter((at) => at >= since && at <= until);
	const begins = counts.count > rows.length || inDark.length === 0 ? (inDark[0] ?? since) : since;
	const marks = [begins, ...inDark, until];
	for (const [i, to] of marks.entries()) {
		const from = marks[i - 1];
		if (from === undefined || !Number.isFinite(from)) continue;
		for (const at of missedBetween(from, to, paperEveryMs))
			lines.push({ at, line: { kind: 'missed', key: `missed-${at}`, time: formatMoment(at, zone) } });
	}
	return lines.sort((a, b) => b.at - a.at).map(({ line }) => line);
}
