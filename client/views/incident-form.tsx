// A form of an incident's page: folded away until it is asked for, and kept open until the server has what it sends.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Mark } from '../../shared/mark.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { ActButton } from './act-button.tsx';
import { focusToPanel } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import styles from './incidents.module.css';
import { MayDo } from './may-do.tsx';

export type Asked = { text(name: string): string };

export type MarkFormProps = {
	readonly action: 'incidents.mark' | 'incidents.join' | 'statements.make' | 'clocks.mark';
	readonly title: string;
	readonly submit: string;
	/** The mark that the fields amount to, or what is wrong with them. */
	readonly read: (asked: Asked) => Mark | { readonly wrong: string };
	readonly onKept?: (mark: Mark) => void;
	/** Whoever cancels wants none of it. */
	readonly onCancelled?: () => void;
	/** Unfolded at first: there is a draft in it. */
	readonly isBegun?: boolean;
	/** Open from the start, and not to be folded. */
	readonly isOpen?: boolean;
	readonly about?: string;
	readonly children: ReactNode;
};

/** Not there for those who may not. */
export function MarkForm({ action, title, submit, read, onKept, onCancelled, isBegun = false, isOpen = false, about, children }: MarkFormProps) {
	const own = useBreakdownDeskWords();
	const { send } = useMarks();
	const [isAsked, setIsAsked] = useState(isOpen || isBegun);
	const [wrong, setWrong] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const submitted = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		if (isBusy) return;
		const form = event.currentTarget;
		const data = new FormData(form);
		const mark = read({ text: (name) => String(data.get(name) ?? '').trim() });
		if ('wrong' in mark) return setWrong(mark.wrong);
		setWrong(null);
		setIsBusy(true);
		const takeHome = focusToPanel();
		const outcome = await send(mark);
		setIsBusy(false);
		// What was written stays until the server has it.
		if (!outcome.ok) return;
		form.reset();
		setIsAsked(isOpen);
		onKept?.(mark);
		takeHome();
	};
	return (
		<MayDo action={action}>
			<div className={styles.ask}>
				{!isOpen && (
					<button
						type="button"
						data-quiet
						className={styles.button}
						aria-expanded={isAsked}
						aria-label={about === undefined ? undefined : `${title}: ${about}`}
						onClick={() => setIsAsked(!isAsked)}
					>
						{title}
					</button>
				)}
				{isAsked && (
					<form className={styles.form} onSubmit={submitted} noValidate aria-label={about === undefined ? title : `${title}: ${about}`}>
						{children}
						<p className={styles.quiet}>{own.noNames}</p>
						<p role="alert" className={styles.trouble}>
							{wrong !== null && (
								<>
									<Shape of="watch" /> {wrong}
								</>
							)}
						</p>
						<div className={styles.acts}>
							<ActButton action={action} type="submit" aria-disabled={isBusy}>
								{submit}
							</ActButton>
							{!isOpen && (
								<button
									type="button"
									data-quiet
									onClick={() => {
										setIsAsked(false);
										onCancelled?.();
									}}
								>
									{own.cancel}
								</button>
							)}
						</div>
					</form>
				)}
			</div>
		</MayDo>
	);
}
