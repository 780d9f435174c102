// What may be marked of one emergency room from the desk: paper, what the ambulances are told, and what only those beside the beds know.
import { type FormEvent, useState } from 'react';
import type { Diversion } from '../../shared/board-er.ts';
import type { Mark } from '../../shared/mark.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import { useMarks } from './desk-marks.tsx';
import styles from './er.module.css';
import { MayDo } from './may-do.tsx';
import { useMay } from './use-may.ts';

export type PaperAct = 'on' | 'off' | 'entered';
const diversions: readonly Diversion[] = ['open', 'limited', 'diverted'];

type ErActsProps = { readonly id: string; readonly acts: readonly PaperAct[]; readonly diversion: Diversion | null };

export function ErActs({ id, acts, diversion }: ErActsProps) {
	const own = useErDeskWords();
	const mayDo = useMay();
	const { send, isSending } = useMarks();
	const of = { site: id };
	if (!mayDo('sites.mark', of) && !mayDo('counts.make', of)) return null;
	const w = own.act;
	const paper = { on: w.paperOn, off: w.paperOff, entered: w.paperEntered };
	const mark = (one: Mark): void => {
		if (!isSending(`site/${id}`)) void send(one);
	};
	return (
		<TileFrame name="er-acts" title={w.title}>
			<div className={styles.acts}>
				<div>
					{acts.map((state) => (
						<ActButton key={state} action="sites.mark" of={of} onClick={() => mark({ kind: 'paper', site: id, state })}>
							{paper[state]}
						</ActButton>
					))}
				</div>
				<div>
					{diversions.map((state) => (
						<ActButton
							key={state}
							action="sites.mark"
							of={of}
							disabled={state === (diversion ?? 'open')}
							onClick={() => mark({ kind: 'diversion', site: id, state })}
						>
							{w.diversionTo[state]}
						</ActButton>
					))}
				</div>
				<MayDo action="counts.make" of={of}>
					<Bedside id={id} onSend={mark} />
				</MayDo>
			</div>
		</TileFrame>
	);
}

const headsOf = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null);

function Bedside({ id, onSend }: { readonly id: string; readonly onSend: (mark: Mark) => void }) {
	const own = useErDeskWords();
	const w = own.act;
	const [isUnread, setIsUnread] = useState(false);
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const text = (name: string): string => String(data.get(name) ?? '').trim();
		const [respirators, physicians] = [headsOf(text('respirators')), headsOf(text('physicians'))];
		const isWrong = (['respirators', 'physicians'] as const).some((name) => text(name) !== '' && headsOf(text(name)) === null);
		setIsUnread(isWrong || (respirators === null && physicians === null));
		if (isWrong || (respirators === null && physicians === null)) return;
		onSend({ kind: 'bedside', site: id, ...(respirators === null ? {} : { respirators }), ...(physicians === null ? {} : { physicians }) });
		event.currentTarget.reset();
	};
	return (
		<form onSubmit={submit} noValidate aria-label={w.bedside}>
			{(['respirators', 'physicians'] as const).map((name) => (
				<label key={name}>
					{w[name]}
					<input name={name} inputMode="numeric" autoComplete="off" maxLength={4} />
				</label>
			))}
			<button type="submit" data-asked>
				{w.sendBedside}
			</button>
			<p role="alert" className={styles.trouble}>
				{isUnread && (
					<>
						<Shape of="watch" /> {w.bedsideNeeds}
					</>
				)}
			</p>
		</form>
	);
}
