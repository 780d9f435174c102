// All emergency rooms in a table, worst first unless another order is asked for, and their sums by body.
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './er.module.css';
import { type ErFilter, type ErRow, erRows, figureKeys, noErFilter, type SortKey, type SumRow, sumRow } from './er-table-model.ts';
import pages from './pages.module.css';

const sumKeys = figureKeys.filter((key) => key !== 'occupancy');

export function ErPage() {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const [filter, setFilter] = useState<ErFilter>(noErFilter);
	const model = useJudged(({ er }) =>
		er === null
			? null
			: {
					rows: erRows(er, filter, words, own, language),
					all: Object.keys(er.sites).length,
					bodies: Object.entries(er.bodies).map(([id, sum]) => sumRow(id, er, sum.label, own, language)),
					region: sumRow('', er, er.region.label === '' ? own.page.region : er.region.label, own, language),
				},
	);
	if (model === null) return <p className={pages.missing}>{own.none}</p>;
	const aside =
		model.rows.length === model.all
			? fill(own.page.shown, { shown: model.all, all: model.all })
			: fill(own.page.shown, { shown: model.rows.length, all: model.all });
	return (
		<>
			<h1 className="for-ears">{own.title}</h1>
			<TileFrame name="er-table" title={own.title} aside={aside}>
				<search className={styles.bar}>
					<Choice label={own.page.sort} value={filter.sort} onChoose={(sort) => setFilter({ ...filter, sort: sort as SortKey })}>
						{(['worst', 'plan', 'name', ...figureKeys] as const).map((key) => (
							<option key={key} value={key}>
								{key === 'worst' || key === 'plan' || key === 'name' ? own.page.sortBy[key] : own[key]}
							</option>
						))}
					</Choice>
					{model.bodies.length > 1 && (
						<Choice label={own.page.body} value={filter.body} onChoose={(body) => setFilter({ ...filter, body })}>
							<option value="">{own.page.anyBody}</option>
							{model.bodies.map(({ id, label }) => (
								<option key={id} value={id}>
									{label}
								</option>
							))}
						</Choice>
					)}
				</search>
				<Sites rows={model.rows} sort={filter.sort} onSort={(sort) => setFilter({ ...filter, sort })} />
			</TileFrame>
			<TileFrame name="er-sums-table" title={own.page.sums}>
				<Sums rows={[...model.bodies, model.region]} />
			</TileFrame>
		</>
	);
}

type ChoiceProps = { readonly label: string; readonly value: string; readonly onChoose: (value: string) => void; readonly children: ReactNode };

function Choice({ label, value, onChoose, children }: ChoiceProps) {
	return (
		<label>
			{label}
			<select value={value} onChange={({ target }) => onChoose(target.value)}>
				{children}
			</select>
		</label>
	);
}

type SitesProps = { readonly rows: readonly ErRow[]; readonly sort: SortKey; readonly onSort: (sort: SortKey) => void };

function Sites({ rows, sort, onSort }: SitesProps) {
	const own = useErDeskWords();
	const heading = (key: SortKey, text: string): ReactNode => (
		<button type="button" data-quiet onClick={() => onSort(sort === key ? 'worst' : key)}>
			{text}
		</button>
	);
	const sorted = (key: SortKey) => (sort === key ? { 'aria-sort': key === 'name' ? ('ascending' as const) : ('descending' as const) } : {});
	return (
		<table className={styles.table}>
			<thead>
				<tr>
					<th scope="col" {...sorted('name')}>
						{heading('name', own.page.site)}
					</th>
					<th scope="col" {...sorted('worst')}>
						{own.page.state}
					</th>
					{figureKeys.map((key) => (
						<th key={key} scope="col" className={styles[key]} {...sorted(key)}>
							{heading(key, own[key])}
						</th>
					))}
					<th scope="col" className={styles.age}>
						{own.page.age}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id} data-subject={`site/${row.id}`} data-standing={row.standing}>
						<th scope="row">
							<Link href={`/er/${row.id}`}>{row.label}</Link>
						</th>
						<td className={`${styles.state} ${styles[row.standing]}`}>
							<Shape of={row.standing} /> {row.state}
						</td>
						{figureKeys.map((key) => (
							<td key={key} className={`${row.cells === null ? styles.nothing : styles.figure} ${styles[key]}`}>
								{row.cells?.[key]}
							</td>
						))}
						<td className={styles.age}>{row.age}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Sums({ rows }: { readonly rows: readonly SumRow[] }) {
	const own = useErDeskWords();
	return (
		<table className={styles.table}>
			<thead>
				<tr>
					<th scope="col">{own.page.body}</th>
					<th scope="col" className={styles.figure}>
						{own.page.reporting}
					</th>
					{sumKeys.map((key) => (
						<th key={key} scope="col" className={`${styles.figure} ${styles[key]}`}>
							{own[key]}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id} data-sum={row.id === '' ? 'region' : row.id}>
						<th scope="row">{row.label}</th>
						<td className={styles.figure}>{row.reporting}</td>
						{sumKeys.map((key) => (
							<td key={key} className={`${styles.figure} ${styles[key]}`}>
								{row.cells[key]}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
