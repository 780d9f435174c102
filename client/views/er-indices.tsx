// The two estimates of crowding with every term that they stand on, and where it is from. Knows no formula.
import { useErDeskWords } from '../store/er-desk-words.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './er.module.css';
import type { TermRow } from './er-site-model.ts';

export type IndexRow = {
	readonly name: string;
	readonly title: string;
	readonly figure: string;
	readonly context: readonly string[];
	readonly terms: readonly TermRow[];
};

export function ErIndices({ indices }: { readonly indices: readonly IndexRow[] }) {
	const own = useErDeskWords();
	const w = own.index;
	return (
		<TileFrame name="er-indices" title={own.page.indices}>
			{indices.map(({ name, title, figure, context, terms }) => (
				<div key={name} data-index={name}>
					<p className={styles.index}>
						{title} <strong>{figure}</strong> <span className={styles.quiet}>{context.join(' · ')}</span>
					</p>
					{terms.length > 0 && (
						<table className={styles.table}>
							<thead>
								<tr>
									<th scope="col">{w.term}</th>
									<th scope="col" className={styles.figure}>
										{w.value}
									</th>
									<th scope="col">{w.from}</th>
								</tr>
							</thead>
							<tbody>
								{terms.map((term) => (
									<tr key={term.name} data-lacking={term.isLacking || undefined}>
										<th scope="row">{term.name}</th>
										<td className={styles.figure}>{term.value}</td>
										<td className={term.isLacking ? styles.watch : styles.quiet}>{term.from}</td>
									</tr>
								))}
							</tbody>
						</table>
					)}
				</div>
			))}
		</TileFrame>
	);
}
