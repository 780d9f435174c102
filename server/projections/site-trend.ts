// A site's last day in steps of a quarter of an hour: who was present, by code.
import type { SiteFacts } from '../../shared/board-er.ts';
import { triageCodes } from '../../shared/er.ts';
import { loadOf } from '../../shared/judge-site-load.ts';
import { voiceOf } from '../../shared/judge-site-voice.ts';

export const TREND_STEP_MS = 900_000;
const STEPS_KEPT = 96;

/** The last word in a step stands for it. */
export function addPresent(trend: Record<string, readonly number[]>, at: number, present: readonly number[]): void {
	const step = Math.floor(at / TREND_STEP_MS);
	if (trend[step] !== undefined) {
		trend[step] = present;
		return;
	}
	let newest = step;
	for (const key in trend) newest = Math.max(newest, Number(key));
	if (step > newest - STEPS_KEPT) trend[step] = present;
	for (const key in trend) {
		if (Number(key) > newest - STEPS_KEPT) break;
		delete trend[key];
	}
}

/** Who is present while a dark is being caught up: what would be shown then; null while that is not known. */
export function anchoredPresent(facts: SiteFacts, now: number): readonly number[] | null {
	const voice = voiceOf(facts, now);
	const { byCode } = loadOf(facts, voice, now);
	return voice.blind !== null || byCode === null ? null : triageCodes.map((code) => byCode[code]);
}
