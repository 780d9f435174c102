// Bookings a minute and since midnight, beside what is expected, and in full hour by hour. Draws nothing where no service has any.
import { lazy, Suspense } from 'react';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import styles from './bookings.module.css';
import { bookingRows } from './programme-model.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

const BookingsChart = lazy(async () => ({ default: (await import('./charts/bookings-chart.tsx')).BookingsChart }));

/** `isBrief`: without the hours. */
export function BookingsTile({ isBrief = false }: { readonly isBrief?: boolean }) {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const rows = useSlice((state) => bookingRows(state, words, own, language));
	const zone = useSlice(({ judged }) => (judged === null ? null : zoneOf(judged)));
	if (rows.length === 0 || zone === null) return null;
	return (
		<TileFrame name="bookings" title={own.bookings.title}>
			<ul>
				{rows.map((row) => (
					<li key={row.id} data-row={row.id} data-standing={row.standing}>
						<p className={styles.row}>
							<span>{row.label}</span> <strong>{row.perMinute}</strong>
							{row.expectedPerMinute !== null && <span className={styles.quiet}> {row.expectedPerMinute}</span>}
							<span> {row.today} </span>
							<span className={styles.quiet}>
								<Shape of={row.standing} /> {row.age}
							</span>
						</p>
						{!isBrief && row.hours !== null && (
							<>
								<p className={styles.quiet}>{own.bookings.curve}</p>
								<Suspense fallback={<div className={styles.chartRoom} />}>
									<BookingsChart hours={row.hours} zone={zone} label={`${row.label}: ${own.bookings.curve}`} />
								</Suspense>
							</>
						)}
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
