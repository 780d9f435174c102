// Bookings since midnight. Draws nothing where no service tells of any.
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { ProgrammeList } from './programme-list.tsx';
import { bookingRows } from './programme-model.ts';

export function BookingsTile() {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const rows = useSlice((state) => bookingRows(state, words, language));
	return rows.length === 0 ? null : <ProgrammeList name="bookings" title={own.bookings.title} rows={rows} isShare={false} />;
}
