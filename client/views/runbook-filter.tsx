// The runbook's filter: text, stream, team, status, mine; and the choice between table and chart. Knows no rows.
import type { ReactNode } from 'react';
import { useDuties } from './desk-duties.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './runbook.module.css';
import { type RunbookFilter, type StatusChoice, statusChoices } from './runbook-model.ts';

export type RunbookView = 'table' | 'gantt';
type BarProps = {
	readonly filter: RunbookFilter;
	readonly onFilter: (filter: RunbookFilter) => void;
	readonly streams: readonly string[];
	readonly teams: readonly (readonly [id: string, label: string])[];
	readonly view: RunbookView;
	readonly onView: (view: RunbookView) => void;
	readonly children?: ReactNode;
};

export function RunbookFilterBar({ filter, onFilter, streams, teams, view, onView, children }: BarProps) {
	const own = useRunbookWords();
	const { barred } = useDuties();
	const w = own.filter;
	const set = (part: Partial<RunbookFilter>): void => onFilter({ ...filter, ...part });
	return (
		<search className={styles.bar} aria-label={w.title}>
			<label className={styles.search}>
				{w.text}
				<input type="search" value={filter.text} autoComplete="off" onChange={({ target }) => set({ text: target.value })} />
			</label>
			<label>
				{w.stream}
				<select value={filter.stream} onChange={({ target }) => set({ stream: target.value })}>
					<option value="">{w.anyStream}</option>
					{streams.map((stream) => (
						<option key={stream} value={stream}>
							{stream}
						</option>
					))}
				</select>
			</label>
			<label>
				{w.team}
				<select value={filter.team} onChange={({ target }) => set({ team: target.value })}>
					<option value="">{w.all}</option>
					{teams.map(([id, label]) => (
						<option key={id} value={id}>
							{label}
						</option>
					))}
				</select>
			</label>
			<label>
				{w.status}
				<select value={filter.status} onChange={({ target }) => set({ status: target.value as StatusChoice })}>
					{statusChoices.map((choice) => (
						<option key={choice} value={choice}>
							{own.choice[choice]}
						</option>
					))}
				</select>
			</label>
			{barred !== 'nobody' && (
				<label className={styles.check}>
					<input type="checkbox" checked={filter.mine} onChange={({ target }) => set({ mine: target.checked })} /> {w.mine}
				</label>
			)}
			{children}
			<fieldset>
				<legend className="for-ears">{own.view.choose}</legend>
				{(['table', 'gantt'] as const).map((one) => (
					<button key={one} type="button" data-quiet aria-pressed={view === one} onClick={() => onView(one)}>
						{own.view[one]}
					</button>
				))}
			</fieldset>
		</search>
	);
}
