// The buttons that order what was chosen: up, down, away, by keyboard as by pointer. The focus stays on the button that was pressed.
import { useEffect, useRef, useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { usePressWords } from '../store/press-words.ts';
import { focusToPanel } from './desk-focus.ts';
import styles from './press.module.css';

type OrderProps = {
	/** What is ordered, in words. */
	readonly what: string;
	readonly at: number;
	readonly of: number;
	readonly onMove: (by: -1 | 1) => void;
	readonly onRemove: () => void;
};

export function OrderButtons({ what, at, of, onMove, onRemove }: OrderProps) {
	const { compose: w } = usePressWords();
	const [said, setSaid] = useState('');
	const buttons = useRef<Partial<Record<-1 | 1, HTMLButtonElement | null>>>({});
	const pressed = useRef<-1 | 1 | null>(null);
	// A row that is moved in the page loses the focus with it.
	// biome-ignore lint/correctness/useExhaustiveDependencies: looked at after each move
	useEffect(() => {
		if (pressed.current === null) return;
		buttons.current[pressed.current]?.focus();
		pressed.current = null;
		setSaid(fill(w.moved, { what, n: at + 1, of }));
	}, [at]);
	const move = (by: -1 | 1): void => {
		if (at + by < 0 || at + by >= of) return;
		pressed.current = by;
		onMove(by);
	};
	const remove = (): void => {
		const takeHome = focusToPanel();
		onRemove();
		takeHome();
	};
	return (
		<span className={styles.order}>
			{([-1, 1] as const).map((by) => (
				<button
					key={by}
					ref={(one) => {
						buttons.current[by] = one;
					}}
					type="button"
					data-quiet
					aria-label={fill(by < 0 ? w.upOf : w.downOf, { what })}
					title={by < 0 ? w.up : w.down}
					aria-disabled={by < 0 ? at === 0 : at === of - 1}
					onClick={() => move(by)}
				>
					<span aria-hidden="true">{by < 0 ? '↑' : '↓'}</span>
				</button>
			))}
			<button type="button" data-quiet aria-label={fill(w.removeOf, { what })} title={w.remove} onClick={remove}>
				<span aria-hidden="true">×</span>
			</button>
			<span className="for-ears" role="status">
				{said}
			</span>
		</span>
	);
}
