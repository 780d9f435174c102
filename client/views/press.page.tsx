// /press: the sheets by state, the newest first; what the data contradict, above all.
import { Link } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { MayDo } from './may-do.tsx';
import styles from './press.module.css';
import { contradictedSheets } from './press-contradicted.ts';
import { recallDraft } from './press-kept.ts';
import { type SheetRow, sheetGroups, sheetsHere } from './press-list-model.ts';
import { useMay } from './use-may.ts';
import { useToldSheets } from './use-press.ts';

export function PressPage() {
	const own = usePressWords();
	const mayDo = useMay();
	return (
		<>
			<h1 className="for-ears">{own.title}</h1>
			{mayDo('press.read') ? <Sheets /> : <p className={styles.none}>{own.list.notYours}</p>}
		</>
	);
}

function Sheets() {
	const { words, language } = useWords();
	const own = usePressWords();
	const w = own.list;
	const told = useToldSheets();
	const model = useSlice(({ followed, judged }) => {
		if (followed === null || judged === null) return null;
		const sheets = sheetsHere(told.sheets, followed.board);
		const contradicted = contradictedSheets(followed.board, judged, judged.now);
		return {
			many: Math.max(sheets.length, followed.board.press.count),
			bad: contradicted.size,
			groups: sheetGroups({ sheets, contradicted, judged, words, own, language }),
		};
	});
	if (model === null) return null;
	return (
		<>
			<div className={styles.acts}>
				<MayDo action="press.compose">
					<Link href="/press/new" className={styles.main}>
						{recallDraft() === null ? w.compose : w.resume}
					</Link>
				</MayDo>
				<span className={styles.quiet}>{fill(w.count, { count: model.many })}</span>
			</div>
			{model.bad > 0 && (
				<p role="status" className={styles.banner}>
					<Shape of="bad" /> {fill(own.contradictedOnes, { count: model.bad })}
				</p>
			)}
			{told.isLost && (
				<p role="status" className={styles.watch}>
					<Shape of="watch" /> {w.unreachable}
				</p>
			)}
			{model.many === 0 && <p className={styles.none}>{told.isAsked ? w.none : w.loading}</p>}
			{model.groups.map(({ state, title, rows }) => (
				<TileFrame key={state} name={`press-${state}`} title={title} aside={String(rows.length)}>
					<ul>
						{rows.map((row) => (
							<SheetLine key={row.id} row={row} />
						))}
					</ul>
				</TileFrame>
			))}
			{told.more !== null && (
				<button type="button" data-quiet className={styles.button} onClick={told.more}>
					{w.older}
				</button>
			)}
		</>
	);
}

function SheetLine({ row }: { readonly row: SheetRow }) {
	const { list: w } = usePressWords();
	return (
		<li className={styles.sheet} data-sheet={row.id}>
			<p className={styles.sheetName}>
				<Link href={`/press/${row.id}`}>{row.title}</Link>
				<small className={styles.quiet}>{row.of}</small>
			</p>
			<p>
				{row.number !== null && <b>{row.number}</b>} <code>{row.name}</code>
			</p>
			<ul className={styles.steps}>
				{row.steps.map((one) => (
					<li key={one}>{one}</li>
				))}
			</ul>
			<p>{row.isPublic && <a href={`/p/${row.name}`}>{w.publicPage}</a>}</p>
			{row.contradicted !== null && (
				<p className={styles.banner}>
					<Shape of="bad" /> {row.contradicted}
				</p>
			)}
		</li>
	);
}
