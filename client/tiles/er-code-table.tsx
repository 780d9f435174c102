// Who is present by code, who of them waits, within what time, and who waits beyond it. Knows no site.
import { useErWords } from '../store/er-words.ts';
import { CodeChip } from './er-codes.tsx';
import styles from './er-large.module.css';
import type { CodeRow } from './er-large-model.ts';

/** `isNamed`: the codes' names stand beside them. */
export function ErCodeTable({ codes, isNamed }: { readonly codes: readonly CodeRow[]; readonly isNamed: boolean }) {
	const own = useErWords();
	const w = own.table;
	return (
		<table className={styles.codes}>
			<caption className="for-ears">{w.title}</caption>
			<thead>
				<tr>
					<th scope="col">{w.code}</th>
					<th scope="col">{w.present}</th>
					<th scope="col">{w.waiting}</th>
					<th scope="col" className={styles.within}>
						{w.within}
					</th>
					<th scope="col">{w.over}</th>
				</tr>
			</thead>
			<tbody>
				{codes.map((row) => (
					<tr key={row.code} data-code-row={row.code}>
						<th scope="row">
							<CodeChip code={row.code} noCode={isNamed ? 'bare' : 'short'} /> {isNamed && row.name}
						</th>
						<td>{row.present}</td>
						<td>{row.waiting}</td>
						<td className={styles.within}>{row.within}</td>
						<td className={row.isOver ? styles.over : ''}>{row.over}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
