// The runbook now, in a few lines beside every page: what runs, what is late, what is ready. Leads to the whole of it.
import { Link } from 'wouter';
import { formatMoment } from '../../shared/format.ts';
import type { TaskNow } from '../../shared/judge-night.ts';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { useSlice } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { useRunbookWords } from './desk-words.ts';
import { inOrder, sayDelta, teamLabelOf } from './runbook-model.ts';
import styles from './runbook-now.module.css';

const SHOWN = 5;
const rank = (task: TaskNow): number => (task.status === 'failed' ? 0 : task.isLate ? 1 : task.status === 'running' ? 2 : 3);

export function nowModel(state: ScreenState) {
	const { judged } = state;
	if (judged === null) return null;
	const zone = zoneOf(judged);
	const all = inOrder(judged).filter(([, task]) => task.status === 'running' || task.status === 'failed' || task.isLate || task.status === 'ready');
	const open = all.filter(([, task]) => task.endedAt === null || task.status === 'failed').sort(([, a], [, b]) => rank(a) - rank(b));
	return {
		hasRunbook: judged.runbook.total > 0,
		leftOut: Math.max(0, open.length - SHOWN),
		rows: open.slice(0, SHOWN).map(([id, task]) => ({
			id,
			label: task.label,
			time: task.planned === null ? '' : formatMoment(task.planned[0], zone),
			status: task.status,
			standing: task.status === 'failed' ? ('bad' as const) : task.isLate ? ('watch' as const) : ('good' as const),
			aside: task.isLate ? sayDelta(task.lateMs) : teamLabelOf(task.team, state),
		})),
	};
}

export function RunbookNow() {
	const own = useRunbookWords();
	const model = useSlice(nowModel);
	if (model === null || !model.hasRunbook) return null;
	return (
		<TileFrame name="runbook-now" title={own.now} aside={<Link href="/runbook">{own.title} →</Link>}>
			{model.rows.length === 0 && <p className={styles.quiet}>{own.nobodyNow}</p>}
			<ul>
				{model.rows.map(({ id, label, time, status, standing, aside }) => (
					<li key={id} className={styles.row} data-task={id} data-standing={standing}>
						<span className={styles.quiet}>{time}</span>
						<Link href={`/runbook/${id}`}>{label}</Link>
						<span className={styles[standing]}>
							{standing === 'good' ? (
								<span className={styles.quiet}>{aside}</span>
							) : (
								<>
									<Shape of={standing} /> {standing === 'bad' ? own.status[status] : aside}
								</>
							)}
						</span>
					</li>
				))}
			</ul>
			{model.leftOut > 0 && <p className={styles.quiet}>{fill(own.sinceLeft.leftOut, { count: model.leftOut })}</p>}
		</TileFrame>
	);
}
