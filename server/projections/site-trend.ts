// A site's last day in steps of a quarter of an hour: who was present, by code.
import type { LastWord, SiteFacts } from '../../shared/board-er.ts';
import { triageCodes } from '../../shared/er.ts';
import { loadOf, untold } from '../../shared/judge-site-load.ts';
import { voiceOf } from '../../shared/judge-site-voice.ts';

export const TREND_STEP_MS = 900_000;
const STEPS_KEPT = 96;

/** `at`: of which instant each step's figures are. */
export type LiveTrend = { steps: Record<string, readonly number[]>; at: Record<string, number> };

export const emptyTrend = (): LiveTrend => ({ steps: {}, at: {} });

/** What is newest in a step stands for it, in whatever order it comes; of two of one instant the later word. */
export function addPresent({ steps, at: ats }: LiveTrend, at: number, present: readonly number[]): void {
	const step = Math.floor(at / TREND_STEP_MS);
	const before = ats[step];
	if (before !== undefined) {
		if (at < before) return;
		steps[step] = present;
		ats[step] = at;
		return;
	}
	let newest = step;
	for (const key in steps) newest = Math.max(newest, Number(key));
	if (step > newest - STEPS_KEPT) [steps[step], ats[step]] = [present, at];
	for (const key in steps) {
		if (Number(key) > newest - STEPS_KEPT) break;
		delete steps[key];
		delete ats[key];
	}
}

/** Who is present while a dark is being caught up: what would be shown then; null while that is not known. */
export function anchoredPresent(facts: SiteFacts, now: number): readonly number[] | null {
	const voice = voiceOf(facts, now);
	const { byCode } = loadOf(facts, voice, now);
	return voice.blind !== null || byCode === null ? null : triageCodes.map((code) => byCode[code]);
}

/** What is believed of a site as it goes dark, with the age that it has by then. Undefined where nobody ever spoke. */
export function lastWordOf(facts: SiteFacts, at: number): LastWord | undefined {
	const voice = voiceOf(facts, at);
	if (voice.ageMs === null) return undefined;
	const { present, byCode, boarding, oldestMs } = voice.blind === null ? loadOf(facts, voice, at) : untold;
	return { at: at - (oldestMs ?? voice.ageMs), present, byCode, boarding };
}
