// A short list beside the night itself: bodies and the share of their estate that is moved, or services and their bookings of the day.
import { useErWords } from '../store/er-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import styles from './programme.module.css';
import { bodyRows, bookingRows, type ProgrammeRow } from './programme-model.ts';
import { Progress } from './progress.tsx';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

/** Nothing where the plan names no body. */
export function BodiesTile() {
	const { words, language } = useWords();
	const own = useErWords();
	const rows = useSlice((state) => bodyRows(state, words, language));
	return rows.length === 0 ? null : <List name="bodies" title={own.programme.title} rows={rows} isShare />;
}

/** Nothing where no service tells of bookings. */
export function BookingsTile() {
	const { words, language } = useWords();
	const own = useErWords();
	const rows = useSlice((state) => bookingRows(state, words, language));
	return rows.length === 0 ? null : <List name="bookings" title={own.bookings.title} rows={rows} isShare={false} />;
}

type ListProps = { readonly name: string; readonly title: string; readonly rows: readonly ProgrammeRow[]; readonly isShare: boolean };

function List({ name, title, rows, isShare }: ListProps) {
	return (
		<TileFrame name={name} title={title}>
			<ul>
				{rows.map((row) => (
					<li key={row.id} className={styles.row} data-row={row.id} data-standing={row.standing}>
						<span>{row.label}</span>
						<strong>{row.told}</strong>
						{isShare && (
							<span className={styles.bar}>
								<Progress moved={row.value} verified={0} total={1} isBlind={row.standing === 'blind'} />
							</span>
						)}
						<span className={styles.age}>
							<Shape of={row.standing} /> {row.age}
						</span>
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
