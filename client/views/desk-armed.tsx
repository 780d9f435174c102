// The button of a mark that changes the night: held for a second, or pressed by key and then confirmed. Either way the server
// gives a one-use nonce first, and the mark goes with it (decision 12).
import { useEffect, useRef, useState } from 'react';
import type { Mark } from '../../shared/mark.ts';
import { useScreen } from '../store/hooks.ts';
import type { Acting } from './act-button.tsx';
import styles from './desk-armed.module.css';
import { focusToPanel } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import { armMark } from './desk-send.ts';
import { useRunbookWords } from './desk-words.ts';
import { HoldButton } from './hold-button.tsx';
import { MayDo } from './may-do.tsx';

export type ArmedButtonProps = Acting & {
	readonly mark: Mark;
	readonly label: string;
	/** What it is about, for ears. */
	readonly about: string;
	/** Said beside the keyboard's confirmation. */
	readonly confirmHow: string;
	readonly tone?: 'danger' | 'plain';
	readonly isShut?: boolean;
};

export function ArmedButton({ action, of, mark, label, about, confirmHow, tone = 'plain', isShut = false }: ArmedButtonProps) {
	const own = useRunbookWords();
	const { ask } = useScreen();
	const { send, refuse } = useMarks();
	const [isBusy, setIsBusy] = useState(false);
	const [nonce, setNonce] = useState<string | null>(null);

	const arm = async (): Promise<string | null> => {
		setIsBusy(true);
		const armed = await armMark(ask, mark);
		setIsBusy(false);
		if ('nonce' in armed) return armed.nonce;
		refuse(mark, armed);
		return null;
	};
	const keyed = async (): Promise<void> => {
		const takeHome = focusToPanel();
		const given = await arm();
		setNonce(given);
		// Armed, the confirmation takes the focus itself.
		if (given === null) takeHome();
	};
	const sendWith = async (given: string): Promise<void> => {
		setIsBusy(true);
		await send(mark, given);
		setIsBusy(false);
	};
	const held = async (): Promise<void> => {
		const takeHome = focusToPanel();
		const given = await arm();
		if (given !== null) await sendWith(given);
		takeHome();
	};
	const confirmed = async (): Promise<void> => {
		const given = nonce;
		const takeHome = focusToPanel();
		setNonce(null);
		takeHome();
		if (given !== null) await sendWith(given);
	};
	const cancelled = (): void => {
		const takeHome = focusToPanel();
		setNonce(null);
		takeHome();
	};
	// What is heard begins with what is seen: whoever works the screen by voice says that.
	const heard = `${label}: ${about}, ${own.gate.hold}`;
	return (
		<MayDo action={action} of={of}>
			<HoldButton
				label={isBusy ? own.sending : label}
				holding={own.gate.holding}
				about={isBusy ? undefined : heard}
				isBusy={isBusy || isShut || nonce !== null}
				tone={tone}
				onHeld={held}
				onKeyed={keyed}
			/>
			{nonce !== null && <Confirm how={confirmHow} onConfirm={confirmed} onCancel={cancelled} />}
		</MayDo>
	);
}

/** As long as a nonce is good for. */
const ARMED_MS = 30_000;

function Confirm({ how, onConfirm, onCancel }: { readonly how: string; readonly onConfirm: () => void; readonly onCancel: () => void }) {
	const own = useRunbookWords();
	const button = useRef<HTMLButtonElement | null>(null);
	const cancel = useRef(onCancel);
	cancel.current = onCancel;
	useEffect(() => {
		button.current?.focus();
		// With the words that say what is confirmed, not the button alone.
		button.current?.parentElement?.scrollIntoView({ block: 'nearest' });
		const timer = setTimeout(() => cancel.current(), ARMED_MS);
		return () => clearTimeout(timer);
	}, []);
	return (
		<div
			className={styles.confirm}
			role="alertdialog"
			aria-label={how}
			onKeyDown={(event) => {
				if (event.key === 'Escape') onCancel();
				// A key kept down repeats itself: only a second press is a second word.
				if (event.repeat) event.preventDefault();
			}}
		>
			<p>{how}</p>
			<button ref={button} type="button" data-asked className={styles.main} onClick={onConfirm}>
				{own.gate.confirmButton}
			</button>
			<button type="button" data-quiet onClick={onCancel}>
				{own.cancel}
			</button>
		</div>
	);
}
