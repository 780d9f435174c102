// All services on a page of their own, worst first, with the rule of their minutes; and a service's bookings where it tells of them.
import { Link } from 'wouter';
import { useSlice, useWords } from '../store/hooks.ts';
import { useServicesWords } from '../store/services-words.ts';
import { BookingsTile } from '../tiles/bookings.tile.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './service.module.css';
import { type ServiceLine, servicesModel } from './services-page-model.ts';

export function ServicesPage() {
	const { words, language } = useWords();
	const own = useServicesWords();
	const model = useSlice((state) => servicesModel(state, words, own, language));
	if (model === null) return null;
	const { column } = own;
	return (
		<>
			<TileFrame name="services-table" title={own.title}>
				{model.lines.length === 0 ? (
					<p>{own.none}</p>
				) : (
					<>
						<table className={`${styles.table} ${styles.list}`}>
							<caption className="for-ears">{own.title}</caption>
							<thead>
								<tr>
									{(['service', 'state', 'answers', 'writes', 'without', 'minutes', 'left', 'p95'] as const).map((name) => (
										<th key={name} scope="col">
											{column[name]}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{model.lines.map((line) => (
									<Row key={line.id} line={line} />
								))}
							</tbody>
						</table>
						<Rule text={model.rule} />
					</>
				)}
			</TileFrame>
			<BookingsTile />
		</>
	);
}

function Row({ line }: { readonly line: ServiceLine }) {
	const own = useServicesWords();
	const { column } = own;
	return (
		<tr data-subject={`service/${line.id}`} data-standing={line.standing}>
			<th scope="row">
				<span className={styles.priority} title={column.priority}>
					{line.priority}
				</span>{' '}
				<Link href={`/services/${line.id}`}>{line.label}</Link>
			</th>
			<td data-label={column.state} className={styles[line.standing]}>
				<Shape of={line.standing} /> {line.state}
			</td>
			<td data-label={column.answers}>{line.answers}</td>
			<td data-label={column.writes}>{line.writes}</td>
			<td data-label={column.without} className={line.isBeyond ? styles[line.standing === 'bad' ? 'bad' : 'watch'] : undefined}>
				{line.isBeyond && <Shape of={line.standing === 'bad' ? 'bad' : 'watch'} />} {line.without}
			</td>
			<td data-label={column.minutes}>
				{line.minutes.length === 0 ? (
					own.noMinutes
				) : (
					<ul className={styles.minutes}>
						{line.minutes.map((one) => (
							<li key={one}>{one}</li>
						))}
					</ul>
				)}
			</td>
			<td data-label={column.left}>{line.left}</td>
			<td data-label={column.p95} className={styles.figure}>
				{line.p95}
			</td>
		</tr>
	);
}

/** How the minutes are counted stands beside them. */
export function Rule({ text }: { readonly text: string }) {
	const own = useServicesWords();
	return (
		<p className={styles.rule} data-rule>
			<strong>{own.rule}:</strong> {text}
		</p>
	);
}
