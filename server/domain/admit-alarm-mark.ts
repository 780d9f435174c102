// Admission of marks on alarms: what stands on the list, and a shelf with an end. Pure.
import type { AlarmFacts } from '../../shared/board-breakdown.ts';
import { SHELF_LEAST_MS, SHELF_MOST_MS } from '../../shared/breakdown.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';
import type { MarkContext } from './admit-mark.ts';

type AlarmMark = Extract<Mark, { kind: 'alarm' }>;

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });

export function admitAlarmMark(mark: AlarmMark, { board, now }: MarkContext): MarkRefusal | null {
	const facts = Object.hasOwn(board.alarms.active, mark.alarm) ? board.alarms.active[mark.alarm] : undefined;
	if (facts === undefined) return refuse('alarm-gone', 'This alarm does not stand on the list: it is over and was acknowledged, or never came on.');
	switch (mark.act) {
		case 'acknowledge':
			return facts.acknowledged === null ? null : refuse('already', `It is acknowledged already, by ${facts.acknowledged[1]}.`);
		case 'shelve':
			return admitShelf(mark.until - now);
		case 'unshelve':
			return facts.shelved === null ? refuse('not-shelved', 'It is on no shelf.') : null;
		case 'reset':
			return admitReset(facts);
	}
}

function admitShelf(forMs: number): MarkRefusal | null {
	if (forMs >= SHELF_LEAST_MS && forMs <= SHELF_MOST_MS) return null;
	return refuse(
		'shelf-length',
		`An alarm is shelved for ${SHELF_LEAST_MS / 60_000} minute to ${SHELF_MOST_MS / 3_600_000} hours: give "until" in between.`,
	);
}

function admitReset({ latches, endedAt, acknowledged }: AlarmFacts): MarkRefusal | null {
	if (!latches) return refuse('not-latching', 'It leaves by itself once it has ended and is acknowledged: there is nothing to reset.');
	if (endedAt === null) return refuse('not-ended', 'What it tells of still lasts: reset it once that is over.');
	return acknowledged === null ? refuse('not-acknowledged', 'Acknowledge it first.') : null;
}
