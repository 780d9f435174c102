// The end of composing: what stands in the way, what one should know, and the button that freezes the figures and hands the draft on.
import { useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import styles from './press.module.css';
import type { Findings } from './press-draft.ts';
import { momentSaid } from './press-list-model.ts';

type SendProps = {
	readonly findings: Findings;
	readonly isBusy: boolean;
	/** Why it was not taken; null where nothing went wrong. */
	readonly trouble: string | null;
	/** When it was last kept on this screen; null where this browser keeps nothing. */
	readonly keptAt: number | null;
	readonly zone: string;
	readonly onSend: () => void;
	readonly onAnew: () => void;
};

export function PressSend({ findings: { wrong, warnings }, isBusy, trouble, keptAt, zone, onSend, onAnew }: SendProps) {
	const { compose: w } = usePressWords();
	const [isAsked, setIsAsked] = useState(false);
	const isReady = wrong.length === 0;
	return (
		<TileFrame name="press-send" title={w.before}>
			<ul className={styles.findings} aria-live="polite">
				{wrong.map((one) => (
					<li key={one} className={styles.late} data-wrong>
						<Shape of="bad" /> {one}
					</li>
				))}
				{warnings.map((one) => (
					<li key={one} className={styles.watch} data-warning>
						<Shape of="watch" /> {one}
					</li>
				))}
				{isReady && <li>{w.ready}</li>}
			</ul>
			<p role="alert" className={styles.trouble}>
				{trouble !== null && (
					<>
						<Shape of="bad" /> {trouble}
					</>
				)}
			</p>
			<div className={styles.acts}>
				<ActButton action="press.compose" className={styles.main} aria-disabled={!isReady || isBusy} onClick={() => isReady && !isBusy && onSend()}>
					{isBusy ? w.sending : w.send}
				</ActButton>
				<button type="button" data-quiet aria-expanded={isAsked} onClick={() => setIsAsked(!isAsked)}>
					{w.anew}
				</button>
			</div>
			{isAsked && (
				<fieldset className={styles.asked} aria-label={w.anewAsk}>
					<p>
						<Shape of="watch" /> {w.anewAsk}
					</p>
					<button
						type="button"
						data-quiet
						onClick={() => {
							setIsAsked(false);
							onAnew();
						}}
					>
						{w.anewYes}
					</button>
					<button type="button" data-quiet onClick={() => setIsAsked(false)}>
						{w.cancel}
					</button>
				</fieldset>
			)}
			<p className={keptAt === null ? styles.watch : styles.quiet}>{keptAt === null ? w.notKept : fill(w.kept, { at: momentSaid(keptAt, zone) })}</p>
		</TileFrame>
	);
}
