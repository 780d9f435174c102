// The figure and the closed word that an alarm came on with, as they are read: each built-in rule has its own unit. Pure.
import type { Board } from '../../shared/board.ts';
import { formatNumber, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';
import { nameSubject } from './failure-labels.ts';
import { sayLength, sayMoment } from './zoned-moment.ts';

export type ValueSaid = {
	readonly judged: BoardNow;
	readonly board: Board;
	readonly words: Words;
	readonly own: BreakdownDeskWords;
	readonly language: Language;
};
type Valued = { readonly rule: string; readonly subject: string; readonly value: number | null; readonly detail: string | null };
type Unit = 'degrees' | 'minutes' | 'length' | 'moment' | 'days' | 'working' | 'alerts' | 'people';

/** What alarm-conditions.ts gives each. A number whose unit nobody knows says nothing; of cooling that is lost the name says it. */
const units: Readonly<Record<string, Unit>> = {
	'facility-too-hot': 'degrees',
	'facility-hot': 'degrees',
	'facility-rising': 'minutes',
	'facility-on-battery': 'length',
	'facility-battery-low': 'length',
	'flow-near': 'length',
	'flow-cannot-be-met': 'length',
	'flow-overdue': 'length',
	'clock-near': 'moment',
	'clock-overdue': 'moment',
	'update-overdue': 'moment',
	'service-certificate': 'days',
	'facility-cooling-short': 'working',
	'facility-alerts': 'alerts',
	'service-alerts': 'alerts',
	'dependant-blocked': 'people',
};

/** Null where it came on with neither. */
export function sayValue(one: Valued, said: ValueSaid): string | null {
	const parts = [sayFigure(one, said), sayDetail(one, said)].filter((part) => part !== null);
	return parts.length === 0 ? null : parts.join(' · ');
}

function sayFigure({ rule, value }: Valued, { judged, own, language }: ValueSaid): string | null {
	if (value === null) return null;
	const w = own.alarm.figure;
	const unit = units[rule];
	switch (unit) {
		case 'degrees':
			return fill(w.degrees, { value: formatNumber(value, language, 1) });
		case 'minutes':
			return fill(w.toLimit, { value: formatNumber(Math.floor(value), language) });
		case 'length':
			return fill(rule.startsWith('flow') ? w.oldest : w.runtime, { value: sayLength(value, language) });
		case 'moment':
			return fill(w.due, { value: sayMoment(value, judged.now, zoneOf(judged)) });
		case undefined:
			return null;
		default:
			return fill(w[unit], { value: formatNumber(value, language) });
	}
}

function sayDetail({ rule, detail, subject }: Valued, { judged, board, words, own }: ValueSaid): string | null {
	if (detail === null) return null;
	if (detail === 'unseen') return own.known.unseen;
	const law = judged.breakdown?.clocks[subject.slice(subject.indexOf('/') + 1)]?.law ?? 'nis2';
	if (rule === 'restore-order') return nameSubject(`service/${detail}`, judged, board);
	if (rule === 'dependant-blocked') return nameSubject(detail.replace('-', '/'), judged, board);
	const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
		'clock-near': own.clock.step[law],
		'clock-overdue': own.clock.step[law],
		'statement-contradicted': own.statement.why,
		'channel-failing': own.channel.why,
		'service-no-writes': words.services.side,
	};
	return (lists[rule] ?? words.reason)[detail] ?? null;
}
