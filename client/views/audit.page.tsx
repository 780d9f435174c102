// The audit: who changed what, from where, when and why; newest first, filtered, exported. Only the server decides who may read it.

import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { type AuditRow, auditRowActs } from '../../shared/audit.ts';
import { accessOf } from '../../shared/words/desk-words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './access.module.css';
import { Trouble, troubleOf } from './access-trouble.tsx';

type Row = Omit<AuditRow, 'at'> & { readonly at: string };
type Page = { readonly rows: readonly Row[]; readonly next: number | null };

const queryOf = (form: HTMLFormElement | null): string => {
	if (form === null) return '';
	const asked = new URLSearchParams();
	for (const [name, value] of new FormData(form)) {
		if (typeof value !== 'string' || value === '') continue;
		asked.set(name, name === 'from' || name === 'to' ? new Date(value).toISOString() : value);
	}
	return asked.toString();
};

export function AuditPage() {
	const { words, language } = useWords();
	const { ask } = useScreen();
	const [query, setQuery] = useState('');
	const [rows, setRows] = useState<readonly Row[] | null>(null);
	const [next, setNext] = useState<number | null>(null);
	const [trouble, setTrouble] = useState<string | null>(null);
	const w = accessOf(words).audit;

	const load = useCallback(
		async (before: number | null): Promise<void> => {
			const answer = await ask('GET', `/api/audit?${query}${before === null ? '' : `&before=${before}`}`);
			if (answer.status !== 200) return setTrouble(troubleOf(answer, words));
			const page = answer.json as Page;
			setTrouble(null);
			setNext(page.next);
			setRows((known) => (before === null ? page.rows : [...(known ?? []), ...page.rows]));
		},
		[ask, query, words],
	);
	useEffect(() => {
		load(null);
	}, [load]);

	const show = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const asked = queryOf(event.currentTarget);
		if (asked === query) load(null);
		else setQuery(asked);
	};
	const time = (iso: string): string => new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso));

	if (rows === null) return trouble === null ? <p className={styles.how}>{accessOf(words).loading}</p> : <Trouble text={trouble} />;
	return (
		<TileFrame
			name="audit"
			title={w.title}
			aside={
				<a href={`/api/audit.ndjson?${query}`} download="audit.ndjson">
					{w.export}
				</a>
			}
		>
			<form className={styles.filter} onSubmit={show} aria-label={w.filter}>
				<label>
					{w.from}
					<input type="datetime-local" name="from" />
				</label>
				<label>
					{w.to}
					<input type="datetime-local" name="to" />
				</label>
				<label>
					{w.by}
					<input name="by" autoComplete="off" />
				</label>
				<label>
					{w.act}
					<select name="act" defaultValue="">
						<option value="">{w.all}</option>
						{auditRowActs.map((act) => (
							<option key={act} value={act}>
								{w.acts[act] ?? act}
							</option>
						))}
					</select>
				</label>
				<button type="submit" data-quiet className={styles.main}>
					{w.show}
				</button>
			</form>
			<Trouble text={trouble} />
			{rows.length === 0 && <p className={styles.how}>{w.none}</p>}
			<ul className={styles.tokens}>
				{rows.map((row) => (
					<li key={row.seq} className={styles.row} data-act={row.act}>
						<span className={styles.when}>{time(row.at)}</span>
						<b>{w.acts[row.act] ?? row.act}</b>
						<span>{row.subject ?? ''}</span>
						<span className={styles.how}>
							{[row.by, row.from].filter((one) => one !== null).join(' · ')}
							{row.why !== null && ` — ${row.why}`}
						</span>
					</li>
				))}
			</ul>
			{next !== null && (
				<button type="button" data-quiet className={styles.more} onClick={() => load(next)}>
					{w.more}
				</button>
			)}
		</TileFrame>
	);
}
