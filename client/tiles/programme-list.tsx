// A short list of shares that are reported beside the night itself: a share a row, with its age. Knows no measure.
import styles from './programme-list.module.css';
import type { ProgrammeRow } from './programme-model.ts';
import { Progress } from './progress.tsx';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

type ProgrammeListProps = { readonly name: string; readonly title: string; readonly rows: readonly ProgrammeRow[] };

export function ProgrammeList({ name, title, rows }: ProgrammeListProps) {
	return (
		<TileFrame name={name} title={title}>
			<ul>
				{rows.map((row) => (
					<li key={row.id} className={styles.row} data-row={row.id} data-standing={row.standing}>
						<span>{row.label}</span>
						<strong>{row.told}</strong>
						<span className={styles.bar}>
							<Progress moved={row.value} verified={0} total={1} isBlind={row.standing === 'blind'} />
						</span>
						<span className={styles.age}>
							<Shape of={row.standing} /> {row.age}
						</span>
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
