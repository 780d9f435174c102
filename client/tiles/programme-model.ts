// What reporters tell beside the night itself, in words: how much of each body's estate is moved, and bookings beside what is expected. Pure.
import { formatAge, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import { type BookingHour, judgeBookings, judgeEstate, type ToldNow } from '../../shared/judge-programme.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import type { ErDeskWords } from '../store/er-desk-words.ts';
import { silenceOf, zoneOf } from '../store/selectors.ts';

export type ProgrammeRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	/** Null while it is not known: nothing was said, or it is too old. */
	readonly value: number | null;
	readonly told: string;
	readonly age: string;
};

function ageWord({ value, ageMs }: ToldNow, words: Words, language: Language): string {
	if (value === null || ageMs === null) return silenceOf(ageMs, words, language);
	return fill(words.age.asOf, { age: ageMs < 60_000 ? '< 1 min' : formatAge(ageMs, language) });
}

/** Rounded down: nothing is told as moved that is not. */
const shareWord = (share: number | null, language: Language): string =>
	share === null ? UNKNOWN : `${formatNumber(Math.floor(share * 100 + 1e-9), language)} %`;

/** First all together, then each body. Empty where the plan names none. */
export function bodyRows({ followed, judged }: ScreenState, words: Words, own: ErDeskWords, language: Language): readonly ProgrammeRow[] {
	const facts = followed?.board.bodies ?? {};
	const { bodies, mean, reporting, of, ageMs } = judgeEstate(facts, judged?.now ?? 0);
	const rows = Object.entries(bodies).map(([id, told]): ProgrammeRow => {
		const standing = told.value === null ? 'blind' : 'good';
		const label = facts[id]?.label ?? id;
		return { id, label, standing, value: told.value, told: shareWord(told.value, language), age: ageWord(told, words, language) };
	});
	if (rows.length === 0) return [];
	const counted = fill(own.programme.mean, { reporting, of });
	const age = mean === null ? counted : `${counted} · ${fill(own.programme.oldest, { age: ageWord({ value: mean, ageMs }, words, language) })}`;
	const all: ProgrammeRow = {
		id: 'all',
		label: own.programme.all,
		standing: mean === null ? 'blind' : 'good',
		value: mean,
		told: shareWord(mean, language),
		age,
	};
	return [all, ...rows];
}

export type BookingRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly perMinute: string;
	readonly expectedPerMinute: string | null;
	readonly today: string;
	readonly age: string;
	/** Null where there is nothing to lay beside one another. */
	readonly hours: readonly BookingHour[] | null;
};

/** Only of services that ever told any, or of which the plan expects some. */
export function bookingRows({ followed, judged }: ScreenState, words: Words, own: ErDeskWords, language: Language): readonly BookingRow[] {
	if (followed === null || judged === null) return [];
	const number = (value: number | null): string => formatNumber(value === null ? null : Math.round(value), language);
	return Object.entries(followed.board.services).flatMap(([id, facts]) => {
		const one = judgeBookings(facts, judged.now, zoneOf(judged));
		if (one === null) return [];
		const { today, expectedToday, expectedPerMinute, ageMs, hours } = one;
		const count = fill(own.bookings.today, { count: number(today) });
		return [
			{
				id,
				label: facts.label,
				standing: today === null ? ('blind' as const) : ('good' as const),
				perMinute: fill(own.bookings.perMinute, { count: number(one.perMinute) }),
				expectedPerMinute: expectedPerMinute === null ? null : fill(own.bookings.expected, { count: number(expectedPerMinute) }),
				today: expectedToday === null ? count : `${count}, ${fill(own.bookings.expected, { count: number(expectedToday) })}`,
				age: ageWord({ value: today, ageMs }, words, language),
				hours: hours.some(({ perMinute, expected }) => perMinute !== null || expected !== null) ? hours : null,
			},
		];
	});
}
