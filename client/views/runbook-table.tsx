// The runbook's table: only the rows in its window are drawn, one of them holds the focus, arrows move it. Knows no filter.
import { type KeyboardEvent, memo, useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { sameShape } from '../store/same-shape.ts';
import { Shape } from '../tiles/shape.tsx';
import { useVisibleRows } from '../tiles/use-visible-rows.ts';
import { ActButton } from './act-button.tsx';
import { useFocusAfter } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import { useRunbookWords } from './desk-words.ts';
import styles from './runbook.module.css';
import { actsOf, needsReason, type TaskAct } from './runbook-acts.ts';
import type { RunbookRow } from './runbook-model.ts';

const columns = ['start', 'title', 'team', 'status', 'actual', 'forecast', 'delta', 'acts'] as const;

type TableProps = {
	/** The row that is brought into sight at first. */
	readonly startAt: number;
	readonly rows: readonly RunbookRow[];
	readonly rowPx: number;
	readonly headPx: number;
};

export function RunbookTable({ rows, startAt, rowPx, headPx }: TableProps) {
	const own = useRunbookWords();
	const { box, first, end, reveal, pageRows } = useVisibleRows(rows.length, rowPx, headPx, startAt);
	const [activeId, setActiveId] = useState<string | null>(rows[startAt]?.id ?? null);
	const { send, isSending } = useMarks();
	const [, go] = useLocation();
	const wanted = useRef(false);
	const found = rows.findIndex((row) => row.id === activeId);
	// Where the row is filtered away, the one that stands in its place.
	const stood = useRef(0);
	const active = found >= 0 ? found : Math.max(0, Math.min(rows.length - 1, stood.current));
	useEffect(() => {
		stood.current = active;
	});
	const focusRow = (): void => box.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
	const { used } = useFocusAfter(focusRow);

	// The row takes the focus once it is drawn: it may have been far outside the window.
	useEffect(() => {
		if (!wanted.current) return;
		wanted.current = false;
		focusRow();
	});

	const move = (to: number): void => {
		const index = Math.min(rows.length - 1, Math.max(0, to));
		wanted.current = true;
		setActiveId(rows[index]?.id ?? null);
		reveal(index);
	};
	const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageRows, PageUp: -pageRows };
	const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
		const step = steps[event.key];
		const row = rows[active];
		if (step !== undefined) move(active + step);
		else if (event.key === 'Home') move(0);
		else if (event.key === 'End') move(rows.length - 1);
		else if (event.key === 'Enter' && row !== undefined && (event.target as HTMLElement).role === 'row') go(`/runbook/${row.id}`);
		else return;
		event.preventDefault();
	};

	const onAct = useCallback(
		(id: string, act: TaskAct): void => {
			used();
			if (needsReason(act)) go(`/runbook/${id}`);
			else if (!isSending(`task/${id}`)) void send({ kind: 'task', task: id, state: act });
		},
		[go, send, isSending, used],
	);
	const onOpen = useCallback((id: string): void => go(`/runbook/${id}`), [go]);

	const shown = rows.slice(first, end).map((row, i) => ({ row, index: first + i }));
	const held = rows[active];
	// The row that holds the focus is drawn wherever it is: scrolled away, it must not lose it.
	if (held !== undefined && (active < first || active >= end)) shown.push({ row: held, index: active });
	return (
		// biome-ignore lint/a11y/useSemanticElements: a table element cannot draw only the rows in its window
		<div
			ref={box}
			className={styles.box}
			style={{ height: headPx + rows.length * rowPx + 2 }}
			role="grid"
			aria-label={own.title}
			aria-rowcount={rows.length + 1}
			onKeyDown={onKey}
			tabIndex={-1}
			data-acting={rows.some(({ may }) => may) || undefined}
		>
			{/* biome-ignore lint/a11y/useSemanticElements: as above */}
			{/* biome-ignore lint/a11y/useFocusableInteractive: the heading is read, not worked */}
			<div className={styles.headRow} role="row" aria-rowindex={1}>
				{columns.map((column) => (
					// biome-ignore lint/a11y/useSemanticElements: as above
					// biome-ignore lint/a11y/useFocusableInteractive: as above
					<span key={column} role="columnheader" className={styles[column]}>
						{column === 'acts' ? <span className="for-ears">{own.columns.acts}</span> : own.columns[column]}
					</span>
				))}
			</div>
			<div className={styles.rows} role="presentation" style={{ height: rows.length * rowPx }}>
				{shown.map(({ row, index }) => (
					<Row
						key={row.id}
						row={row}
						index={index}
						topPx={index * rowPx}
						isActive={index === active}
						isBusy={isSending(`task/${row.id}`)}
						onAct={onAct}
						onOpen={onOpen}
						onFocus={setActiveId}
					/>
				))}
			</div>
		</div>
	);
}

type RowProps = {
	readonly row: RunbookRow;
	readonly index: number;
	readonly topPx: number;
	readonly isActive: boolean;
	readonly isBusy: boolean;
	readonly onAct: (id: string, act: TaskAct) => void;
	readonly onOpen: (id: string) => void;
	readonly onFocus: (id: string) => void;
};

const Row = memo(function Row({ row, index, topPx, isActive, isBusy, onAct, onOpen, onFocus }: RowProps) {
	const own = useRunbookWords();
	const [act] = actsOf(row);
	const tabIndex = isActive ? 0 : -1;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a table element cannot draw only the rows in its window
		<div
			className={styles.row}
			role="row"
			aria-rowindex={index + 2}
			tabIndex={tabIndex}
			data-task={row.id}
			data-status={row.status}
			data-critical={row.isCritical || undefined}
			style={{ transform: `translateY(${topPx}px)` }}
			onFocus={() => onFocus(row.id)}
		>
			<Cell name="start">{row.start}</Cell>
			<Cell name="title">
				{row.label}
				{row.isCritical && <span className="for-ears">, {own.critical}</span>}
			</Cell>
			<Cell name="team">{row.teamLabel}</Cell>
			<Cell name="status">
				<Status row={row} />
			</Cell>
			<Cell name="actual">{row.actual}</Cell>
			<Cell name="forecast">{row.forecast}</Cell>
			<Cell name="delta">
				{row.isLate && (
					<>
						<Shape of="watch" /> <span className="for-ears">{own.late}</span>
					</>
				)}
				{row.delta}
			</Cell>
			<Cell name="acts">
				{row.may && act !== undefined && (
					<ActButton
						action="marks.make"
						of={{ team: row.team }}
						tabIndex={tabIndex}
						aria-disabled={isBusy}
						aria-label={isBusy ? undefined : fill(own.actOf, { act: own.act[act], task: row.label })}
						onClick={() => !isBusy && onAct(row.id, act)}
					>
						{isBusy ? own.sending : own.act[act]}
					</ActButton>
				)}
				<button type="button" data-quiet tabIndex={tabIndex} aria-label={fill(own.openTask, { task: row.label })} onClick={() => onOpen(row.id)}>
					…
				</button>
			</Cell>
		</div>
	);
}, sameShape);

function Status({ row }: { readonly row: RunbookRow }) {
	const own = useRunbookWords();
	return (
		<>
			{row.status === 'failed' && <Shape of="bad" />} {own.status[row.status]}
		</>
	);
}

function Cell({ name, children }: { readonly name: (typeof columns)[number]; readonly children: React.ReactNode }) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: as for its row
		// biome-ignore lint/a11y/useFocusableInteractive: the row holds the focus for its cells
		<span role="gridcell" className={styles[name]}>
			{children}
		</span>
	);
}
