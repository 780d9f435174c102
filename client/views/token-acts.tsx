// Rotating and revoking one token. Revoking is armed with the server first; the hold is its face, and typing the name the keyboard's way.

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { accessOf } from '../../shared/words/desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import styles from './access.module.css';
import type { Token } from './access.page.tsx';
import type { Shown } from './access-forms.tsx';
import { Trouble, troubleOf } from './access-trouble.tsx';
import { ActButton } from './act-button.tsx';
import { HoldButton } from './hold-button.tsx';
import { MayDo } from './may-do.tsx';

type PanelProps = { readonly token: Token; readonly onDone: (shown: Shown | null) => void; readonly onCancel: () => void };

export function RevokePanel({ token, onDone, onCancel }: PanelProps) {
	const { words } = useWords();
	const { ask } = useScreen();
	const [trouble, setTrouble] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const form = useRef<HTMLFormElement | null>(null);
	const why = useFocus();
	const w = accessOf(words);

	const revoke = async (): Promise<void> => {
		if (form.current === null || !form.current.reportValidity()) return;
		setIsBusy(true);
		const armed = await ask('POST', '/api/arm', { action: 'tokens.revoke', subject: `token/${token.id}` });
		const { nonce } = (armed.json ?? {}) as { nonce?: string };
		const answer = nonce === undefined ? armed : await ask('POST', `/api/tokens/${token.id}/revoke`, { why: why.current?.value.trim(), nonce });
		setIsBusy(false);
		if (answer.status !== 200 || nonce === undefined) return setTrouble(troubleOf(answer, words));
		onDone(null);
	};
	const typed = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		if (new FormData(event.currentTarget).get('typed') === token.name) revoke();
	};

	return (
		<form ref={form} className={styles.panel} onSubmit={typed} aria-label={fill(w.revokeOf, { name: token.name })}>
			<p className={styles.how}>{fill(w.revokeHow, { name: token.name })}</p>
			<label>
				{w.why}
				<input ref={why} name="why" required minLength={3} maxLength={200} autoComplete="off" />
			</label>
			<label>
				{w.typeName}
				<input name="typed" autoComplete="off" spellCheck={false} />
			</label>
			<div className={styles.acts}>
				<MayDo action="tokens.revoke">
					<HoldButton label={w.hold} holding={w.holding} isBusy={isBusy} onHeld={revoke} />
				</MayDo>
				<button type="button" data-quiet onClick={onCancel}>
					{w.cancel}
				</button>
				<ActButton action="tokens.revoke" type="submit" className="for-ears" tabIndex={-1} aria-hidden="true">
					{w.revoke}
				</ActButton>
			</div>
			<Trouble text={trouble} />
		</form>
	);
}

export function RotatePanel({ token, onDone, onCancel }: PanelProps) {
	const { words } = useWords();
	const { ask } = useScreen();
	const [trouble, setTrouble] = useState<string | null>(null);
	const why = useFocus();
	const w = accessOf(words);

	const rotate = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const answer = await ask('POST', `/api/tokens/${token.id}/rotate`, { overlap: '1h', why: why.current?.value.trim() });
		const { secret } = (answer.json ?? {}) as { secret?: string };
		if (answer.status !== 200 || secret === undefined) return setTrouble(troubleOf(answer, words));
		onDone({ sentence: fill(w.secret, { name: token.name }), text: secret });
	};

	return (
		<form className={styles.panel} onSubmit={rotate} aria-label={fill(w.rotateOf, { name: token.name })}>
			<p className={styles.how}>{w.rotateHow}</p>
			<label>
				{w.why}
				<input ref={why} name="why" required minLength={3} maxLength={200} autoComplete="off" />
			</label>
			<div className={styles.acts}>
				<ActButton action="tokens.rotate" type="submit" className={styles.main}>
					{w.rotate}
				</ActButton>
				<button type="button" data-quiet onClick={onCancel}>
					{w.cancel}
				</button>
			</div>
			<Trouble text={trouble} />
		</form>
	);
}

/** A panel that was asked for takes the focus with it. */
function useFocus() {
	const field = useRef<HTMLInputElement | null>(null);
	useEffect(() => field.current?.focus(), []);
	return field;
}
