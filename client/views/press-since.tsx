// What has changed since a sheet was frozen: whether the record still says its figures, and what each of them is now.
import { useEffect, useState } from 'react';
import { isCheckedLater } from '../../shared/press-checked.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './press.module.css';
import { changedSince } from './press-changed.ts';
import { type PressVerdict, readFigures, readVerdict, type SheetBrief } from './press-read.ts';
import { figuresPath } from './use-press.ts';

type Told = { readonly verdict: PressVerdict | null; readonly now: ReturnType<typeof readFigures>; readonly isAsked: boolean };

export function PressSince({ sheet }: { readonly sheet: SheetBrief }) {
	const { language } = useWords();
	const { sheet: w } = usePressWords();
	const { ask } = useScreen();
	const [told, setTold] = useState<Told>({ verdict: null, now: null, isAsked: false });
	useEffect(() => {
		let isHere = true;
		void Promise.all([ask('GET', `/api/press/${sheet.id}/verify`), ask('GET', figuresPath(null))]).then(([verified, figures]) => {
			if (isHere) setTold({ verdict: readVerdict(verified.json), now: readFigures(figures.json), isAsked: true });
		});
		return () => {
			isHere = false;
		};
	}, [ask, sheet.id]);
	const rows = changedSince(sheet.figures, told.now?.figures ?? null, language);
	return (
		<TileFrame name="press-since" title={w.since}>
			<p role="status" className={told.verdict?.same === false ? styles.banner : styles.quiet}>
				{!told.isAsked && w.checking}
				{told.isAsked && told.verdict === null && (
					<>
						<Shape of="blind" /> {w.unchecked}
					</>
				)}
				{told.verdict?.same === true && (
					<>
						<Shape of="confirmed" /> {w.bears}
					</>
				)}
				{told.verdict?.same === false && (
					<>
						<Shape of="bad" /> {fill(w.differs, { what: told.verdict.differs.join(', ') || sheet.digest })}
					</>
				)}
			</p>
			{rows.length > 0 && (
				<table className={styles.since}>
					<thead>
						<tr>
							<th scope="col">{w.figure}</th>
							<th scope="col">{w.onSheet}</th>
							<th scope="col">{w.nowIs}</th>
						</tr>
					</thead>
					<tbody>
						{rows.map(({ key, label, before, note, now, change }) => (
							<tr key={key} data-change={change}>
								<th scope="row">
									{label}
									{!isCheckedLater(key) && <small className={styles.quiet}>{w.notLater}</small>}
									{note !== null && (
										<small className={styles.note}>
											<Shape of="watch" /> {note}
										</small>
									)}
								</th>
								<td>{before}</td>
								<td>{change === 'gone' ? w.gone : change === 'same' ? w.same : (now ?? '—')}</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</TileFrame>
	);
}
