// What became of each count of this phone, in words: still here, received by name, or refused and why. Always in sight below the form.
import { fill } from '../../shared/words/words.ts';
import { type CountRecord, presentOf, shownOf, timeOf, unsentOf } from '../store/count-queue.ts';
import { useFieldState, useFieldWords } from '../store/field-store.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './field.module.css';
import { useMoment } from './field-time.ts';

export const people = (count: number, { one, many }: { readonly one: string; readonly many: string }): string =>
	count === 1 ? one : fill(many, { count });

export function FieldQueue() {
	const words = useFieldWords();
	const momentOf = useMoment();
	const { records, clock, sending } = useFieldState();
	const shown = shownOf(records);
	if (shown.length === 0) return null;
	const stateOf = (record: CountRecord): string => {
		if (record.state === 'refused') return words.state.refused;
		if (record.state === 'unsent') return record.id === sending ? words.state.sending : words.state.unsent;
		return fill(record.superseded ? words.state.superseded : words.state.received, {
			time: record.receivedAt === null ? '' : momentOf(record.receivedAt),
		});
	};
	return (
		<section className={styles.queue} aria-labelledby="queue">
			<h2 id="queue">{words.queue}</h2>
			<ul>
				{shown.map((record) => (
					<li key={record.id} data-record={record.id} data-state={record.state} className={styles.record}>
						<span>
							{momentOf(timeOf(record, clock))} · {people(presentOf(record), words.present)}
						</span>
						<span className={styles.state}>
							<Shape of={record.state === 'received' ? 'confirmed' : record.state === 'refused' ? 'bad' : 'watch'} /> {stateOf(record)}
						</span>
						{record.state === 'refused' && <span className={styles.why}>{words.why[record.why ?? 'other'] ?? words.why.other}</span>}
					</li>
				))}
			</ul>
		</section>
	);
}

/** What stands in the way, and what to do; and how much waits. */
export function FieldDoor() {
	const words = useFieldWords();
	const { door, records, isKept } = useFieldState();
	const many = unsentOf(records).length;
	const isWell = door === 'open' || door === 'asking';
	return (
		<div role="status" className={styles.door} data-door={door} data-unsent={many}>
			{many > 0 && (
				<p className={styles.unsent}>
					<Shape of="watch" /> {people(many, words.unsent)}
				</p>
			)}
			<p>{isWell ? words.byItself : words.door[door]}</p>
			{isKept === false && <p className={styles.why}>{words.forgets}</p>}
		</div>
	);
}
