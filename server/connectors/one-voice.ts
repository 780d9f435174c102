// One voice a series: where two senders tell of the same measure of the same subject, whoever spoke first goes on, until it is silent.
// So two twin Prometheus servers give one line, and two sensors under one rule never alternate. Knows neither.
import { isMeasure, measureOf } from '../../shared/measures.ts';

const MOST = 10_000;
const SILENT_AFTER_MS = 180_000;

export type Voices = {
	/** Whether this voice (of which only a short form need be given) may speak now. */
	speaks(subject: string, measure: string, voice: string, now: number): boolean;
	/** It has ended: the next one that comes may speak. */
	ended(subject: string, measure: string, voice: string): void;
};

export function openVoices(): Voices {
	const holders = new Map<string, { voice: string; heard: number }>();
	return {
		speaks(subject, measure, voice, now) {
			const place = `${subject}|${measure}`;
			const holder = holders.get(place);
			const silentAfter = isMeasure(measure) ? measureOf(measure).staleAfterMs : SILENT_AFTER_MS;
			if (holder && holder.voice !== voice && now - holder.heard < silentAfter) return false;
			if (holder === undefined && holders.size >= MOST) return false;
			holders.set(place, { voice, heard: now });
			return true;
		},
		ended(subject, measure, voice) {
			const place = `${subject}|${measure}`;
			if (holders.get(place)?.voice === voice) holders.delete(place);
		},
	};
}
