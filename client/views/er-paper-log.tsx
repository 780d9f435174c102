// The counts by hand of one emergency room, those that were missed among them, and how they compare with the system afterwards.
import { fill } from '../../shared/words/words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './er.module.css';
import type { PaperLine } from './er-paper-model.ts';
import pages from './pages.module.css';

const SHOWN = 24;

type ErPaperLogProps = { readonly paper: { readonly count: number; readonly lines: readonly PaperLine[] }; readonly reconcile: string | null };

export function ErPaperLog({ paper: { count, lines }, reconcile }: ErPaperLogProps) {
	const own = useErDeskWords();
	return (
		<TileFrame name="er-paper" title={own.page.paperLog} aside={count === 0 ? undefined : fill(own.page.paperCount, { count })}>
			{lines.length === 0 && <p className={pages.missing}>{own.page.paperNone}</p>}
			{reconcile !== null && (
				<p className={styles.watch} data-reconcile>
					<Shape of="watch" /> {reconcile}
				</p>
			)}
			<ol className={styles.log}>
				{lines.slice(0, SHOWN).map((line) =>
					line.kind === 'missed' ? (
						<li key={line.key} data-missed>
							<span>{line.time}</span>
							<span />
							<span>{own.page.missed}</span>
						</li>
					) : (
						<li key={line.key}>
							<span>{line.time}</span>
							<strong>{line.present}</strong>
							<span>
								{line.told} <small>{line.by}</small>
							</span>
						</li>
					),
				)}
			</ol>
		</TileFrame>
	);
}
