// One archive in full, as its page shows it. Pure: told state, words and language.

import type { Board } from '../../shared/board.ts';
import { curvePoints } from '../../shared/curve.ts';
import { formatAge, formatBytes, formatMoment, formatNumber, formatRate, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ArchiveNow } from '../../shared/judge-archive.ts';
import { measureOf } from '../../shared/measures.ts';
import { type DeskWords, deskOf } from '../../shared/words/desk-words.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { labelOf, reasonOf, silenceOf, zoneOf } from '../store/selectors.ts';
import { bandSpec, chartSpec, extentOf } from '../tiles/charts/chart-spec.ts';
import { shareOf } from './archive-share.ts';
import { besideOf } from './runbook-forecast-model.ts';

const told = (value: number | null, one: ArchiveNow, language: Language): string =>
	one.unit === 'B' ? formatBytes(value, language) : formatNumber(value, language);

export function archiveModel({ judged, followed }: ScreenState, id: string, words: Words, own: RunbookWords, language: Language) {
	const one = judged?.archives[id];
	const facts = followed?.board.archives[id];
	if (judged === null || followed === null || one === undefined || facts === undefined) return null;
	const { bucketMs, teams } = followed.board;
	const extent = extentOf([facts.trends.moved, facts.trends.verified], bucketMs);
	const span = spanOf(judged, extent, bucketMs, one.finish.p90);
	const team = facts.team === null ? null : (teams[facts.team]?.label ?? facts.team);
	const beside = judged.ghost?.archives[id] ?? null;
	const top = Math.max(one.total ?? 0, one.moved ?? 0, 1);
	const isBlind = one.standing === 'blind';
	return {
		label: one.label,
		standing: one.standing,
		isDone: one.done,
		under: [`${told(one.total, one, language)}${one.totalPlanned ? ` ${words.planned}` : ''}`, team].filter((part) => part !== null).join(' · '),
		reason: one.standing === 'good' ? null : reasonOf(one, words, language),
		veil: isBlind ? silenceOf(one.ageMs, words, language) : null,
		moved: told(one.moved, one, language),
		percent: shareOf(one, words).told,
		beside: beside === null ? null : besideOf(beside.movedAheadMs, own),
		finish: finishOf(judged, one, own),
		growing: one.totalGrowing,
		verified: told(one.verified, one, language),
		rate: formatRate(one.rate, language),
		chart:
			span === null
				? null
				: {
						moved: chartSpec(facts.trends.moved, bucketMs, span.from, span.now, facts.staleAfterMs ?? measureOf('archive.bytesMoved').staleAfterMs),
						verified: chartSpec(
							facts.trends.verified,
							bucketMs,
							span.from,
							span.now,
							facts.verifiedStaleAfterMs ?? measureOf('archive.bytesVerified').staleAfterMs,
						),
						ghost: ghostOf(followed.board, id, judged),
						band: isBlind ? [] : bandSpec(one.verified, one.total, span.now, one.finish),
						...span,
						top,
						inBytes: one.unit === 'B',
						zone: zoneOf(judged),
						label: fill(deskOf(words).chart.summary, {
							moved: told(one.moved, one, language),
							verified: told(one.verified, one, language),
							total: told(one.total, one, language),
						}),
					},
		facts: factsOf(one, facts.verifiedBy, facts.items, words, language),
		sources: facts.sources.map((source) => {
			const from = judged.sources[source];
			const age = from?.ageMs ?? null;
			return {
				id: source,
				label: labelOf(judged, `source/${source}`),
				standing: from?.standing ?? ('blind' as const),
				age:
					from === undefined || from.standing === 'blind' || age === null
						? silenceOf(age, words, language)
						: fill(words.age.asOf, { age: age < 10_000 ? '< 10 s' : formatAge(age, language) }),
				advances: from?.advances ?? null,
			};
		}),
	};
}

function ghostOf(board: Board, id: string, { cutover }: BoardNow) {
	return board.ghost === null || cutover === null ? [] : curvePoints(board.ghost, id, 'moved', cutover.windowStart);
}

/** When all of it is expected to be verified; where that cannot be told, why not. */
function finishOf(judged: BoardNow, one: ArchiveNow, own: RunbookWords) {
	const { p50, p90 } = one.finish;
	const zone = zoneOf(judged);
	if (one.done) return { figure: UNKNOWN, told: own.forecast.why.finished, isBlind: false };
	if (p50 !== null && p90 !== null) {
		return {
			figure: formatMoment(p50, zone),
			told: fill(own.forecast.between, { p50: formatMoment(p50, zone), p90: formatMoment(p90, zone) }),
			isBlind: false,
		};
	}
	const { reason } = judged.forecast;
	return { figure: UNKNOWN, told: own.forecast.why[reason ?? 'blind'], isBlind: true };
}

/** The whole window, so that what is still to come and what is silent can be seen as such; moved on by whole buckets. */
function spanOf(judged: BoardNow, extent: { readonly from: number; readonly to: number } | null, bucketMs: number, finish: number | null) {
	if (extent === null) return null;
	const now = Math.floor(judged.now / bucketMs) * bucketMs;
	const { windowStart, windowEnd } = judged.cutover ?? { windowStart: extent.from, windowEnd: now };
	return { from: Math.min(windowStart, extent.from), to: Math.max(windowEnd, now, finish ?? 0), now };
}

function factsOf(
	one: ArchiveNow,
	verifiedBy: string | null,
	items: keyof DeskWords['items'],
	words: Words,
	language: Language,
): readonly (readonly [string, string])[] {
	const count = (value: number | null): string => formatNumber(value, language);
	return [
		[deskOf(words).items[items], `${count(one.itemsMoved)} / ${count(one.itemsTotal)} · ${words.verifiedShort} ${count(one.itemsVerified)}`],
		[words.delta, `${formatBytes(one.delta.moved, language)} · ${words.deltaPending} ${formatBytes(one.delta.pending, language)}`],
		[words.largest, formatBytes(one.largestPending, language)],
		[words.errors, count(one.errors)],
		[words.lag, one.lag === null ? UNKNOWN : `${formatNumber(one.lag, language, 1)} s`],
		[words.verified, verifiedBy === null ? UNKNOWN : fill(words.archives.verifiedBy, { by: verifiedBy })],
	];
}
