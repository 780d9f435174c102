// A word: what one message said about one visit, as it is kept until 48 hours after the visit's end. No person; their order in event time.
import type { TriageCode } from '../../shared/er.ts';
import type { ErAct, ErArea, ErOutcome } from './er-event.ts';

/** The site of what was said of a place elsewhere to several sites at once: it may have been at any of them. */
export const ANYWHERE = '*';

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

/** An arrival that is told again tells of the same instant, whenever it is told: it is read where the visit begins. */
export const timeOf = (word: Word): number => (word.act === 'arrive' ? (word.arrivedAt ?? word.at) : word.at);

/** Of one instant: what begins comes first, what takes back before what is done anew, leaving one place before entering another, the end last. */
const ranks: Readonly<Record<Word['act'], number>> = {
	arrive: 0,
	update: 1,
	'cancel-leave': 2,
	'discharge-class': 3,
	unpend: 4,
	'cancel-transfer': 5,
	transfer: 7,
	pend: 8,
	admit: 9,
	leave: 10,
	erase: 11,
	'merge-visit': 12,
};
const rankOf = (word: Word): number => (word.act === 'transfer' && word.area === 'elsewhere' ? 6 : ranks[word.act]);

const text = (word: Word): string =>
	`${word.number}|${word.site}|${word.area}|${word.triage}|${word.arrivedAt}|${word.outcome}|${word.into}|${word.at}`;
const byText = (a: Word, b: Word): number => {
	const [one, other] = [text(a), text(b)];
	return one < other ? -1 : one > other ? 1 : 0;
};

/** In event time; a whole order, so that any order of arrival reads the same. */
export const inEventTime = (a: Word, b: Word): number => timeOf(a) - timeOf(b) || a.sentAt - b.sentAt || rankOf(a) - rankOf(b) || byText(a, b);

/** In the order in which they were said: what takes back stands behind what it may take back. */
export const inSaidOrder = (a: Word, b: Word): number => a.sentAt - b.sentAt || timeOf(a) - timeOf(b) || rankOf(a) - rankOf(b) || byText(a, b);

/** Whether `later`, which takes back, was said when `word` had been: both may bear the same second. */
export const isSaidBefore = (word: Word, later: Word): boolean =>
	word.sentAt < later.sentAt || (word.sentAt === later.sentAt && timeOf(word) <= timeOf(later));

export const isSame = (a: Word, b: Word): boolean => a.act === b.act && a.sentAt === b.sentAt && text(a) === text(b);

/** Whether two words are one message's, told to several sites because it does not say which of them somebody left for elsewhere. */
export const isToldToSeveral = (a: Word, b: Word): boolean =>
	a.area === 'elsewhere' && b.area === 'elsewhere' && a.site !== b.site && isSame({ ...a, site: ANYWHERE }, { ...b, site: ANYWHERE });
