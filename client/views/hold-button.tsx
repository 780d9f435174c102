// A button that acts only when it has been held for a second. The keyboard has another way, which whoever places it offers beside it.
import { useEffect, useRef, useState } from 'react';
import styles from './access.module.css';

export const HOLD_MS = 1000;

export type HoldButtonProps = { readonly label: string; readonly holding: string; readonly isBusy: boolean; readonly onHeld: () => void };

export function HoldButton({ label, holding, isBusy, onHeld }: HoldButtonProps) {
	const [isHeld, setIsHeld] = useState(false);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const letGo = (): void => {
		clearTimeout(timer.current);
		setIsHeld(false);
	};
	useEffect(() => () => clearTimeout(timer.current), []);
	return (
		<button
			type="button"
			className={styles.hold}
			data-held={isHeld || undefined}
			disabled={isBusy}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				setIsHeld(true);
				timer.current = setTimeout(() => {
					setIsHeld(false);
					onHeld();
				}, HOLD_MS);
			}}
			onPointerUp={letGo}
			onPointerLeave={letGo}
			onPointerCancel={letGo}
			onContextMenu={(event) => event.preventDefault()}
		>
			<span className={styles.holdFill} aria-hidden="true" />
			{/* Both take their room: a button that shrank under the pointer would be let go of. */}
			<span className={styles.holdText} data-shown={!isHeld}>
				{label}
			</span>
			<span className={styles.holdText} data-shown={isHeld} aria-hidden="true">
				{holding}
			</span>
		</button>
	);
}
