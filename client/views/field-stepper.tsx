// One row of the ward's form: a figure with a minus and a plus for the thumb, and typed where that is quicker. Knows no count.
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { FIGURE_MAX } from '../store/count-draft.ts';
import { useFieldWords } from '../store/field-store.ts';
import styles from './field.module.css';
import { clampFigure, figureOf } from './field-model.ts';

const HELD_AFTER_MS = 450;
const HELD_EVERY_MS = 110;

export type StepperProps = {
	readonly name: string;
	/** As it is said to who does not see the row. */
	readonly what: string;
	readonly label: ReactNode;
	/** Null: nothing told. */
	readonly value: number | null;
	readonly onChange: (value: number | null) => void;
	/** What stands in the row is no figure; the value is what it was before. */
	readonly onWrong: (isWrong: boolean) => void;
	readonly isOld?: boolean;
	readonly isOptional?: boolean;
	readonly describedBy?: string | undefined;
	readonly input?: Ref<HTMLInputElement>;
};

export function Stepper({ name, what, label, value, onChange, onWrong, isOld = false, isOptional = false, describedBy, input }: StepperProps) {
	const words = useFieldWords();
	const [typed, setTyped] = useState<string | null>(null);
	const isWrong = typed !== null && figureOf(typed) === 'wrong';
	const latest = useRef(value);
	latest.current = value;
	const before = useRef(value);
	const change = (next: number | null): void => {
		latest.current = next;
		onChange(next);
	};
	const step = (by: number): void => {
		setTyped(null);
		onWrong(false);
		change(clampFigure((latest.current ?? 0) + by));
	};
	const type = (text: string): void => {
		if (typed === null) before.current = latest.current;
		setTyped(text);
		const figure = figureOf(text);
		onWrong(figure === 'wrong');
		// The digits before the comma were taken as they came: what was there before them stands again.
		change(figure === 'wrong' ? before.current : (figure ?? (isOptional ? null : 0)));
	};
	const keys = (event: KeyboardEvent): void => {
		const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
		if (by === undefined) return;
		event.preventDefault();
		step(by);
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in the row's grid
		<div role="group" aria-label={what} className={styles.row} data-row={name} data-old={isOld || undefined}>
			<span className={styles.what}>{label}</span>
			<HeldButton label={fill(words.less, { what })} sign="−" onStep={() => step(-1)} />
			<input
				ref={input}
				className={styles.value}
				type="text"
				inputMode="numeric"
				pattern="[0-9]*"
				autoComplete="off"
				role="spinbutton"
				aria-label={what}
				aria-valuenow={value ?? undefined}
				aria-valuemin={0}
				aria-valuemax={FIGURE_MAX}
				aria-invalid={isWrong}
				aria-describedby={isWrong ? `wrong-${name}` : describedBy}
				placeholder={isOptional ? '–' : undefined}
				value={typed ?? (value === null ? '' : String(value))}
				onFocus={(event) => event.target.select()}
				onChange={(event) => type(event.target.value)}
				onBlur={() => !isWrong && setTyped(null)}
				onKeyDown={keys}
			/>
			<HeldButton label={fill(words.more, { what })} sign="+" onStep={() => step(1)} />
			{isWrong && (
				<p id={`wrong-${name}`} role="alert" className={styles.wrong}>
					{words.notWhole}
				</p>
			)}
		</div>
	);
}

/** One step a press, and more while it is held; the click that ends a hold is not another step. */
function HeldButton({ label, sign, onStep }: { readonly label: string; readonly sign: string; readonly onStep: () => void }) {
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const wasHeld = useRef(false);
	const latest = useRef(onStep);
	latest.current = onStep;
	const release = (): void => clearTimeout(timer.current);
	useEffect(() => () => clearTimeout(timer.current), []);
	const repeat = (): void => {
		wasHeld.current = true;
		latest.current();
		timer.current = setTimeout(repeat, HELD_EVERY_MS);
	};
	const press = (): void => {
		wasHeld.current = false;
		release();
		timer.current = setTimeout(repeat, HELD_AFTER_MS);
	};
	return (
		<button
			type="button"
			data-quiet
			aria-label={label}
			className={styles.step}
			onPointerDown={press}
			onPointerUp={release}
			onPointerLeave={release}
			onPointerCancel={release}
			onContextMenu={(event) => event.preventDefault()}
			onClick={() => {
				release();
				if (!wasHeld.current) onStep();
				wasHeld.current = false;
			}}
		>
			<span aria-hidden="true">{sign}</span>
		</button>
	);
}
