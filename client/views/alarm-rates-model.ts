// How many alarms come, and the channels by which they leave the room, as rows of words. Pure.
import type { AlarmRates } from '../../shared/breakdown-now.ts';
import { formatAge, formatNumber, type Language } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';

export type RateRow = { readonly name: keyof BreakdownDeskWords['rates']['target']; readonly value: string; readonly isOver: boolean };

/** Beside the targets of EEMUA 191 and ISA-18.2 for one operator (domain.md, 5). */
export function rateRows(rates: AlarmRates, language: Language): readonly RateRow[] {
	const count = (value: number): string => formatNumber(value, language);
	return [
		{ name: 'lastTenMinutes', value: count(rates.lastTenMinutes), isOver: rates.lastTenMinutes > 1 },
		{ name: 'lastHour', value: count(rates.lastHour), isOver: rates.lastHour > 5 },
		{ name: 'lastDay', value: count(rates.lastDay), isOver: rates.lastDay > 120 },
		{ name: 'peak', value: count(rates.peakTenMinutes), isOver: rates.peakTenMinutes >= 10 },
		{ name: 'inFlood', value: `${formatNumber(rates.inFlood * 100, language, 1)} %`, isOver: rates.inFlood >= 0.01 },
		{ name: 'standing', value: count(rates.standing), isOver: rates.standing >= 5 },
		{ name: 'chattering', value: count(rates.chattering), isOver: rates.chattering > 0 },
	];
}

export type ChannelRow = {
	readonly id: string;
	readonly label: string;
	readonly kind: string;
	readonly standing: Standing;
	readonly state: string;
	readonly waiting: string;
	readonly delivered: string;
};

export function channelRows({ judged, followed }: Pick<ScreenState, 'judged' | 'followed'>, own: BreakdownDeskWords, language: Language) {
	if (judged === null || followed === null) return [];
	const w = own.channel;
	const ageOf = (at: number): string => formatAge(judged.now - at, language);
	return Object.entries(followed.board.channels).map(([id, one]): ChannelRow => {
		const failing = one.failingSince === null ? null : fill(w.failing, { age: ageOf(one.failingSince), why: w.why[one.why ?? ''] ?? one.why ?? '' });
		const never = one.deliveredAt === null;
		return {
			id,
			label: one.label,
			kind: w.kind[one.kind],
			standing: failing === null ? (never ? 'blind' : 'good') : 'bad',
			state: failing ?? (never ? w.neverDelivered : w.works),
			waiting: one.outbox.count === 0 ? w.nothingWaits : fill(w.waiting, { count: formatNumber(one.outbox.count, language) }),
			delivered: [
				one.deliveredAt === null
					? w.neverDelivered
					: fill(w.delivered, { count: formatNumber(one.delivered, language), age: ageOf(one.deliveredAt) }),
				...(one.refused > 0 ? [fill(w.refused, { count: formatNumber(one.refused, language) })] : []),
			].join(' · '),
		};
	});
}
