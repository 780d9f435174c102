// The forms of access: a token, a link, a pairing. Each keeps what was typed until the server has said yes.

import { type FormEvent, useState } from 'react';
import { accessOf, peopleOf } from '../../shared/words/desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './access.module.css';
import { Trouble, troubleOf } from './access-trouble.tsx';
import { ActButton } from './act-button.tsx';

const kinds = ['source', 'display', 'field', 'person'] as const;
const audiences = ['wall', 'desk', 'field', 'press'] as const;
const roles = ['viewer', 'team-lead', 'commander', 'er', 'press-author', 'press-releaser', 'alarm-operator', 'auditor', 'administrator'] as const;
const lives = ['1d', '7d', '30d', '365d', ''] as const;

type Kind = (typeof kinds)[number];
export type Shown = { readonly sentence: string; readonly text: string };

const listOf = (text: string): string[] =>
	text
		.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');

function grantOf(kind: Kind, text: (field: string) => string): object {
	const base = { kind, name: text('name') };
	if (kind === 'source') {
		const measures = listOf(text('measures'));
		return { ...base, subjects: listOf(text('subjects')), ...(measures.length === 0 || text('measures') === '*' ? {} : { measures }) };
	}
	if (kind === 'display') return { ...base, audience: text('audience') };
	return kind === 'person' ? { ...base, duties: [{ role: text('role') }] } : base;
}

export function MakeForm({ onMade }: { readonly onMade: (shown: Shown) => void }) {
	const { words } = useWords();
	const { ask } = useScreen();
	const w = accessOf(words);
	const [kind, setKind] = useState<Kind>('source');
	const [trouble, setTrouble] = useState<string | null>(null);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const form = event.currentTarget;
		const data = new FormData(form);
		const text = (field: string): string => String(data.get(field) ?? '').trim();
		const asLink = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('name') === 'link';
		const grant = grantOf(kind, text);
		const answer = await ask('POST', asLink ? '/api/links' : '/api/tokens', { grant, expires: text('expires') || null, why: text('why') });
		const { secret, path } = (answer.json ?? {}) as { secret?: string; path?: string };
		if (answer.status !== 201) return setTrouble(troubleOf(answer, words));
		setTrouble(null);
		form.reset();
		setKind('source');
		onMade(
			path === undefined
				? { sentence: fill(w.secret, { name: text('name') }), text: secret ?? '' }
				: { sentence: fill(w.link, { name: text('name') }), text: `${window.location.origin}${path}` },
		);
	};

	return (
		<TileFrame name="make-token" title={w.make}>
			<form className={styles.form} onSubmit={submit}>
				<label>
					{w.kindLabel}
					<select name="kind" value={kind} onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? 'source')}>
						{kinds.map((one) => (
							<option key={one} value={one}>
								{w.kind[one]}
							</option>
						))}
					</select>
				</label>
				<label>
					{w.nameLabel}
					<input name="name" required autoComplete="off" maxLength={60} />
				</label>
				{kind === 'source' && (
					<>
						<label>
							{w.subjects}
							<input name="subjects" required defaultValue="archive/*" />
						</label>
						<label>
							{w.measures}
							<input name="measures" defaultValue="*" />
						</label>
					</>
				)}
				{kind === 'display' && <Choice name="audience" label={w.audienceLabel} of={audiences.map((one) => [one, w.audience[one] ?? one])} />}
				{kind === 'person' && <Choice name="role" label={w.roleLabel} of={roles.map((one) => [one, peopleOf(words).roles[one] ?? one])} />}
				<Choice
					key={kind}
					name="expires"
					label={w.expires}
					of={lives.filter((one) => kind !== 'person' || one !== '').map((one) => [one, w.lives[one]])}
					initial="30d"
				/>
				<label>
					{w.why}
					<input name="why" required minLength={3} maxLength={200} autoComplete="off" />
				</label>
				<div className={styles.acts}>
					<ActButton action="tokens.make" type="submit" className={styles.main}>
						{w.makeButton}
					</ActButton>
					{(kind === 'display' || kind === 'field') && (
						<ActButton action="tokens.make" type="submit" name="link">
							{w.linkButton}
						</ActButton>
					)}
				</div>
				<Trouble text={trouble} />
			</form>
		</TileFrame>
	);
}

type ChoiceProps = { readonly name: string; readonly label: string; readonly of: readonly (readonly [string, string])[]; readonly initial?: string };

function Choice({ name, label, of, initial }: ChoiceProps) {
	return (
		<label>
			{label}
			<select name={name} defaultValue={initial ?? of[0]?.[0]}>
				{of.map(([value, text]) => (
					<option key={value} value={value}>
						{text}
					</option>
				))}
			</select>
		</label>
	);
}

export function PairForm({ onPaired }: { readonly onPaired: () => void }) {
	const { words } = useWords();
	const { ask } = useScreen();
	const w = accessOf(words);
	const [said, setSaid] = useState<{ readonly text: string; readonly isDone: boolean } | null>(null);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const form = event.currentTarget;
		const data = new FormData(form);
		const code = String(data.get('code') ?? '')
			.replace(/\s/g, '')
			.toUpperCase();
		const name = String(data.get('name') ?? '').trim();
		const answer = await ask('POST', `/api/pairing/${encodeURIComponent(code)}/confirm`, { name, audience: data.get('audience') });
		if (answer.status !== 200) {
			const text = answer.status === 404 ? w.noCode : answer.status === 429 ? w.tooMany : troubleOf(answer, words);
			return setSaid({ text, isDone: false });
		}
		form.reset();
		setSaid({ text: fill(w.paired, { name }), isDone: true });
		onPaired();
	};

	return (
		<TileFrame name="pair" title={w.pair}>
			<form className={styles.form} onSubmit={submit}>
				<p className={styles.how}>{w.pairHow}</p>
				<label>
					{w.code}
					<input name="code" required maxLength={8} autoComplete="off" autoCapitalize="characters" spellCheck={false} className={styles.code} />
				</label>
				<label>
					{w.nameLabel}
					<input name="name" required maxLength={60} autoComplete="off" />
				</label>
				<Choice name="audience" label={w.audienceLabel} of={audiences.map((one) => [one, w.audience[one] ?? one])} />
				<div className={styles.acts}>
					<ActButton action="pairing.confirm" type="submit" className={styles.main}>
						{w.pairButton}
					</ActButton>
				</div>
				{said?.isDone ? <p role="status">{said.text}</p> : <Trouble text={said?.text ?? null} />}
			</form>
		</TileFrame>
	);
}
