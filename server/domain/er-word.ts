// A word: what one message said about one visit, as it is kept until 48 hours after the visit's end. No person, and no time but the told.
import type { TriageCode } from '../../shared/er.ts';
import type { ErAct, ErArea, ErOutcome } from './er-event.ts';

/** Words of several numbers are one visit's where a merge joins them: `number` is under which it was said, `into` what a merge names. */
export type Word = {
	readonly number: string;
	readonly site: string;
	readonly act: Exclude<ErAct, 'merge-patient'>;
	readonly at: number;
	readonly sentAt: number;
	readonly area: ErArea | null;
	readonly triage: TriageCode | null;
	readonly arrivedAt: number | null;
	readonly outcome: ErOutcome | null;
	readonly into: string | null;
};
