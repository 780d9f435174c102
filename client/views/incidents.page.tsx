// All incidents, the open ones first, and the form for a new one.
import { Link } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { OpenIncident } from './incident-open.tsx';
import styles from './incidents.module.css';
import { incidentRows } from './incidents-model.ts';

export function IncidentsPage() {
	const { words, language } = useWords();
	const own = useBreakdownDeskWords();
	const rows = useSlice(({ judged, followed }) =>
		judged === null || followed === null ? null : incidentRows({ judged, board: followed.board, words, own, language }),
	);
	if (rows === null) return null;
	const w = own.incident;
	const open = rows.filter(({ isOpen }) => isOpen).length;
	return (
		<>
			<h1 className="for-ears">{w.title}</h1>
			<OpenIncident />
			<TileFrame name="incidents" title={w.title} aside={fill(w.openOnes, { count: open })}>
				{rows.length === 0 && <p className={styles.none}>{w.none}</p>}
				<ul>
					{rows.map((row) => (
						<li key={row.id} className={styles.incident} data-incident={row.id} data-open={row.isOpen || undefined}>
							<p className={styles.incidentName}>
								{row.isOpen && <Shape of={row.standing} />} <Link href={`/incidents/${row.id}`}>{row.title}</Link>
							</p>
							<p>{row.status}</p>
							<p className={styles.quiet}>
								{w.columns.since} {row.since} · {row.lasts}
							</p>
							<p className={row.isLate ? styles.late : styles.quiet}>
								{row.update !== '' && (
									<>
										{row.isLate && <Shape of="bad" />} {w.columns.next}: {row.update}
									</>
								)}
							</p>
							<p className={styles.quiet}>
								{w.columns.lead}: {row.lead}
							</p>
							{row.overdue.map((text) => (
								<p key={text} className={styles.late} data-overdue>
									<Shape of="bad" /> {text}
								</p>
							))}
						</li>
					))}
				</ul>
			</TileFrame>
		</>
	);
}
