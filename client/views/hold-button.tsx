// A button that acts only when it has been held for a second. The keyboard has another way, which whoever places it offers:
// as something beside the button, or as what comes of pressing it by key.
import { useEffect, useRef, useState } from 'react';
import styles from './hold-button.module.css';

export const HOLD_MS = 1000;

export type HoldButtonProps = {
	readonly label: string;
	readonly holding: string;
	readonly isBusy: boolean;
	readonly onHeld: () => void;
	/** Pressed by a key, or by what reads the screen aloud: neither can hold. */
	readonly onKeyed?: () => void;
	readonly tone?: 'danger' | 'plain';
	/** For ears: what the button is about, where its label alone does not say. */
	readonly about?: string | undefined;
};

export function HoldButton({ label, holding, isBusy, onHeld, onKeyed, tone = 'danger', about }: HoldButtonProps) {
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
			className={tone === 'danger' ? `${styles.hold} ${styles.danger}` : styles.hold}
			aria-label={about}
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
			onClick={(event) => {
				if (event.detail === 0) onKeyed?.();
			}}
			onContextMenu={(event) => event.preventDefault()}
		>
			<span className={styles.fill} aria-hidden="true" />
			{/* Both take their room: a button that shrank under the pointer would be let go of. */}
			<span className={styles.text} data-shown={!isHeld}>
				{label}
			</span>
			<span className={styles.text} data-shown={isHeld} aria-hidden="true">
				{holding}
			</span>
		</button>
	);
}
