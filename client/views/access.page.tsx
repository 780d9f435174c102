// Access: every token with what it is good for, made, rotated, revoked; and walls paired by their code. Only the server decides who may.

import { useCallback, useEffect, useState } from 'react';
import { accessOf, peopleOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './access.module.css';
import { MakeForm, PairForm, type Shown } from './access-forms.tsx';
import { Trouble, troubleOf } from './access-trouble.tsx';
import { ActButton } from './act-button.tsx';
import { FieldLink } from './field-link.tsx';
import { RevokePanel, RotatePanel } from './token-acts.tsx';
import { useMay } from './use-may.ts';

export type Token = {
	readonly id: string;
	readonly kind: string;
	readonly name: string;
	readonly state: string;
	readonly expiresAt: string | null;
	readonly lastUsedAt: string | null;
	readonly formerUntil: string | null;
	readonly subjects?: readonly string[];
	readonly measures?: readonly string[];
	readonly audience?: string;
	readonly duties?: readonly { readonly role: string; readonly teams?: readonly string[]; readonly site?: string }[];
};

type Open = { readonly id: string; readonly act: 'revoke' | 'rotate' } | null;

export const scopeOf = (token: Token, words: Words): string => {
	if (token.subjects) return [token.subjects.join(', '), token.measures?.join(', ')].filter((one) => one !== undefined).join(' · ');
	if (token.audience !== undefined) return accessOf(words).audience[token.audience] ?? token.audience;
	return (
		(token.duties ?? [])
			.map((duty) => [peopleOf(words).roles[duty.role] ?? duty.role, ...(duty.teams ?? []), duty.site].filter((one) => one !== undefined).join(' '))
			.join(', ') || token.name
	);
};

export function AccessPage() {
	const { words, language } = useWords();
	const { ask } = useScreen();
	const mayDo = useMay();
	const [tokens, setTokens] = useState<readonly Token[] | null>(null);
	const [trouble, setTrouble] = useState<string | null>(null);
	const [shown, setShown] = useState<Shown | null>(null);
	const [open, setOpen] = useState<Open>(null);
	const w = accessOf(words);

	const load = useCallback(async (): Promise<void> => {
		const answer = await ask('GET', '/api/tokens');
		const { tokens: told } = (answer.json ?? {}) as { tokens?: readonly Token[] };
		setTrouble(answer.status === 200 ? null : troubleOf(answer, words));
		if (told) setTokens(told);
	}, [ask, words]);
	useEffect(() => {
		load();
	}, [load]);

	const time = (iso: string | null, none: string): string =>
		iso === null ? none : new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso));
	const done = (next: Shown | null): void => {
		setOpen(null);
		if (next) setShown(next);
		load();
	};

	// The commander pairs walls, and keeps no tokens.
	const onlyPairs = !mayDo('tokens.read') && mayDo('pairing.confirm');
	if (tokens === null)
		return (
			<>
				{trouble === null ? <p className={styles.how}>{w.loading}</p> : !onlyPairs && <Trouble text={trouble} />}
				{onlyPairs && <PairForm onPaired={load} />}
			</>
		);
	return (
		<>
			<h1 className="for-ears">{w.title}</h1>
			<Trouble text={trouble} />
			{shown && (
				<div role="status" className={styles.secret}>
					<p>{shown.sentence}</p>
					<code data-secret>{shown.text}</code>
					<button type="button" data-quiet onClick={() => setShown(null)}>
						{w.seen}
					</button>
				</div>
			)}
			<TileFrame name="tokens" title={w.tokens} aside={String(tokens.length)}>
				{tokens.length === 0 && <p className={styles.how}>{w.none}</p>}
				<ul className={styles.tokens}>
					{tokens.map((token) => (
						<li key={token.id} className={styles.token} data-token={token.id} data-state={token.state}>
							<h3 className={styles.name}>
								{token.name} <span className={styles.kind}>{w.kind[token.kind] ?? token.kind}</span>
							</h3>
							<dl className={styles.facts}>
								<Fact label={w.columns.scope} text={scopeOf(token, words)} />
								<Fact label={w.columns.expires} text={time(token.expiresAt, w.noEnd)} />
								<Fact label={w.columns.used} text={time(token.lastUsedAt, w.never)} />
								<Fact label={w.columns.state} text={w.state[token.state] ?? token.state} />
							</dl>
							{token.state === 'valid' && (
								<div className={styles.acts}>
									<ActButton
										action="tokens.rotate"
										aria-label={fill(w.rotateOf, { name: token.name })}
										onClick={() => setOpen({ id: token.id, act: 'rotate' })}
									>
										{w.rotate}
									</ActButton>
									<ActButton
										action="tokens.revoke"
										aria-label={fill(w.revokeOf, { name: token.name })}
										onClick={() => setOpen({ id: token.id, act: 'revoke' })}
									>
										{w.revoke}
									</ActButton>
								</div>
							)}
							{token.formerUntil !== null && token.state === 'valid' && (
								<p className={styles.former}>{fill(w.formerUntil, { time: time(token.formerUntil, '') })}</p>
							)}
							{open?.id === token.id && open.act === 'revoke' && <RevokePanel token={token} onDone={done} onCancel={() => setOpen(null)} />}
							{open?.id === token.id && open.act === 'rotate' && <RotatePanel token={token} onDone={done} onCancel={() => setOpen(null)} />}
						</li>
					))}
				</ul>
			</TileFrame>
			<MakeForm
				onMade={(made) => {
					setShown(made);
					load();
				}}
			/>
			<FieldLink />
			<PairForm onPaired={load} />
		</>
	);
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd>{text}</dd>
		</div>
	);
}
