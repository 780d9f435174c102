// The runbook's page: the finish in brief, a task in full where one is asked for, and the tasks as a table or as a Gantt chart.
import { useCallback, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Gantt } from '../tiles/charts/gantt.tsx';
import { type GanttSpan, ganttSpec } from '../tiles/charts/gantt-model.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { useDuties } from './desk-duties.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './runbook.module.css';
import { RunbookFilterBar } from './runbook-filter.tsx';
import { RunbookForecast, RunbookHeroes } from './runbook-forecast.tsx';
import { RunbookLanes } from './runbook-lanes.tsx';
import { inOrder, noFilter, type RunbookFilter, type RunbookRow, runbookModel } from './runbook-model.ts';
import { RunbookTable } from './runbook-table.tsx';
import { RunbookTask } from './runbook-task.tsx';
import { useIsNarrow } from './use-width.ts';

const WIDE = { rowPx: 44, headPx: 32 };
/** Rows already done that stand above the first that is not. */
const ROWS_BEFORE = 2;
const NARROW = { rowPx: 76, headPx: 0 };

export function RunbookPage({ task = null }: { readonly task?: string | null }) {
	const { language } = useWords();
	const own = useRunbookWords();
	const duties = useDuties();
	const [filter, setFilter] = useState<RunbookFilter>(noFilter);
	const [span, setSpan] = useState<GanttSpan>({ hours: null });
	const [search, setSearch] = useSearchParams();
	const model = useSlice((state) => runbookModel(state, filter, duties, own, language));
	const isNarrow = useIsNarrow();
	if (model === null) return null;
	const view = search.get('view') === 'gantt' ? 'gantt' : 'table';
	// What is still to be done stands in sight; what is done is a scroll away.
	const startAt = Math.max(0, model.rows.findIndex(({ isOpen }) => isOpen) - ROWS_BEFORE);
	const aside = fill(own.shown, { shown: model.rows.length, all: model.all });
	return (
		<>
			<h1 className="for-ears">{own.title}</h1>
			{task === null ? <RunbookHeroes /> : <RunbookTask key={task} id={task} />}
			<TileFrame name="runbook" title={own.title} aside={model.all === 0 ? undefined : aside}>
				{model.all === 0 ? (
					<p className={styles.none}>{own.none}</p>
				) : (
					<>
						<RunbookFilterBar
							filter={filter}
							onFilter={setFilter}
							streams={model.streams}
							teams={model.teams}
							view={view}
							onView={(next) => setSearch(next === 'gantt' ? { view: 'gantt' } : {}, { replace: true })}
						>
							{view === 'gantt' && <SpanChoice span={span} onSpan={setSpan} />}
						</RunbookFilterBar>
						{model.rows.length === 0 && <p className={styles.none}>{own.nothingFound}</p>}
						{model.rows.length > 0 && view === 'table' && <RunbookTable rows={model.rows} startAt={startAt} {...(isNarrow ? NARROW : WIDE)} />}
						{model.rows.length > 0 && view === 'gantt' && <RunbookGantt rows={model.rows} startAt={startAt} span={span} />}
					</>
				)}
			</TileFrame>
			<div className={styles.pair}>
				<RunbookForecast />
				<RunbookLanes />
			</div>
		</>
	);
}

const spans: readonly (number | null)[] = [null, 6, 2];

function SpanChoice({ span, onSpan }: { readonly span: GanttSpan; readonly onSpan: (span: GanttSpan) => void }) {
	const own = useRunbookWords();
	return (
		<label>
			{own.gantt.span}
			<select value={span.hours ?? ''} onChange={({ target }) => onSpan({ hours: target.value === '' ? null : Number(target.value) })}>
				{spans.map((hours) => (
					<option key={hours} value={hours ?? ''}>
						{hours === null ? own.gantt.night : fill(own.gantt.hours, { count: hours })}
					</option>
				))}
			</select>
		</label>
	);
}

type GanttViewProps = { readonly rows: readonly RunbookRow[]; readonly startAt: number; readonly span: GanttSpan };

function RunbookGantt({ rows, startAt, span }: GanttViewProps) {
	const own = useRunbookWords();
	const [, go] = useLocation();
	const wanted = new Set(rows.map(({ id }) => id));
	const spec = useSlice(({ judged, followed }) => {
		if (judged === null || followed === null) return null;
		const tasks = inOrder(judged).filter(([id]) => wanted.has(id));
		return ganttSpec(judged, tasks, span, zoneOf(judged), followed.board.ghost);
	});
	const open = useCallback((id: string): void => go(`/runbook/${id}?view=gantt`), [go]);
	return spec === null ? null : <Gantt spec={spec} startAt={startAt} words={own} onOpen={open} />;
}
