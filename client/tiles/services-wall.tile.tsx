// All services on a wall: in restore order while all is well, worst first when something is wrong. Whoever has no room is counted.
import { useRef } from 'react';
import { UNKNOWN } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { useServicesWallWords } from '../store/services-wall-words.ts';
import { type StickyOrder, stickyOrder } from '../store/sticky-order.ts';
import styles from './services-wall.module.css';
import { fitServices, servicesWall, type WallService } from './services-wall-model.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { useRoom } from './use-room.ts';

export function ServicesWallTile({
	columns,
	hasFull,
	hasWrites,
}: {
	readonly columns: number;
	readonly hasFull: boolean;
	readonly hasWrites: boolean;
}) {
	const { words, language } = useWords();
	const w = useServicesWallWords();
	const [box, room] = useRoom(true);
	const order = useRef<StickyOrder | null>(null);
	const model = useJudged((judged) => servicesWall(judged, w, words, language));
	if (model === null) return null;
	order.current = stickyOrder(order.current, model.rows, performance.now());
	const byId = new Map(model.rows.map((row) => [row.id, row]));
	const rows = order.current.ids.flatMap((id) => byId.get(id) ?? []);
	const fit = fitServices(rows.length, room, columns, hasFull);
	const shown = rows.slice(0, fit.shown);
	const left = rows.slice(fit.shown);
	const leftText = fill(left.every(({ standing }) => standing === 'good') ? w.leftGood : w.left, { count: left.length });
	return (
		<TileFrame
			name="services-wall"
			title={model.isWorstFirst ? w.worst : w.restore}
			aside={
				<>
					{hasFull ? model.counts : model.countsShort}
					{left.length > 0 && (
						<span data-left={left.length}>
							{hasFull || model.countsShort !== '' ? ' · ' : ''}
							{hasFull ? leftText : fill(w.left, { count: left.length })}
						</span>
					)}
				</>
			}
		>
			{model.order !== null && (
				<p className={styles.order}>
					<Shape of="bad" /> {model.order}
				</p>
			)}
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p className={styles.none}>{w.none}</p>}
				{rows.length > 0 &&
					(fit.kind === 'full' ? (
						<Full
							rows={shown}
							hasSide={rows.some(({ side }) => side !== UNKNOWN)}
							hasWrites={hasWrites && rows.some(({ writes }) => writes !== UNKNOWN)}
						/>
					) : (
						<Short rows={shown} perColumn={fit.perColumn} />
					))}
			</div>
		</TileFrame>
	);
}

type FullProps = { readonly rows: readonly WallService[]; readonly hasSide: boolean; readonly hasWrites: boolean };

/** What nobody looks at has no column. */
function Full({ rows, hasSide, hasWrites }: FullProps) {
	const w = useServicesWallWords();
	const quiet = (text: string) => (text === UNKNOWN ? styles.quiet : '');
	return (
		<table className={styles.table}>
			<thead>
				<tr>
					<th className={styles.narrow} scope="col">
						<span className="for-ears">{w.head.priority}</span>
					</th>
					<th scope="col">{w.head.label}</th>
					<th className={styles.state} scope="col">
						{w.head.state}
					</th>
					{hasSide && (
						<th className={styles.side} scope="col">
							{w.head.side}
						</th>
					)}
					{hasWrites && (
						<th className={styles.side} scope="col">
							{w.head.writes}
						</th>
					)}
					<th className={styles.without} scope="col">
						{w.head.without}
					</th>
					<th className={styles.age} scope="col">
						{w.head.age}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id} className={row.standing === 'blind' ? styles.hatched : ''} data-subject={`service/${row.id}`} data-standing={row.standing}>
						<td className={styles.quiet}>
							<span>{row.priority}</span>
						</td>
						<th scope="row">
							<span>{row.label}</span>
						</th>
						<td className={styles[row.mark]}>
							<span>
								<Shape of={row.mark} /> {row.state}
							</span>
						</td>
						{hasSide && (
							<td className={row.sideStanding === 'good' ? quiet(row.side) : styles.bad}>
								<span>
									<Shape of={row.sideStanding} /> {row.side}
								</span>
							</td>
						)}
						{hasWrites && (
							<td className={row.writesStanding === 'good' ? quiet(row.writes) : styles.bad}>
								<span>
									<Shape of={row.writesStanding} /> {row.writes}
								</span>
							</td>
						)}
						<td className={row.without === null ? styles.quiet : row.isBeyond ? styles.strong : ''}>
							<span>{row.without ?? row.booked}</span>
						</td>
						<td className={styles.quiet}>
							<span>{row.age}</span>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Short({ rows, perColumn }: { readonly rows: readonly WallService[]; readonly perColumn: number }) {
	return (
		<ol className={styles.list} style={{ gridTemplateRows: `repeat(${Math.min(perColumn, rows.length)}, auto)` }}>
			{rows.map((row) => (
				<li key={row.id} className={row.standing === 'blind' ? styles.hatched : ''} data-subject={`service/${row.id}`} data-standing={row.standing}>
					<span className={styles.priority}>{row.priority}</span>
					<span className={styles.label}>{row.label}</span>
					<span className={`${styles.told} ${styles[row.mark]}`}>
						<Shape of={row.mark} /> {row.short}
					</span>
				</li>
			))}
		</ol>
	);
}
