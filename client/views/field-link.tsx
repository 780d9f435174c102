// Makes the link that lets one phone count for one site, and shows it as a QR code: to be scanned from the screen or printed.

import { type FormEvent, useEffect, useState } from 'react';
import { accessOf } from '../../shared/words/desk-words.ts';
import { type FieldWords, fieldWordsOf } from '../../shared/words/field-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import access from './access.module.css';
import { Trouble, troubleOf } from './access-trouble.tsx';
import { ActButton } from './act-button.tsx';
import styles from './field-link.module.css';
import type { Qr } from './field-qr.ts';
import { useMay } from './use-may.ts';

const lives = ['1d', '7d', '30d'] as const;
const lifeMs: Readonly<Record<string, number>> = { '1d': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 };

type Made = {
	readonly site: string;
	readonly label: string;
	readonly address: string;
	readonly until: string;
	readonly ends: number;
	readonly qr: Qr;
};

/** Without `site` one is chosen of all that the plan has. */
export function FieldLink({ site }: { readonly site?: string }) {
	const { words, language } = useWords();
	const own = fieldWordsOf(language);
	const { ask } = useScreen();
	const mayDo = useMay();
	const labels = useSlice(({ followed }) => Object.entries(followed?.board.sites ?? {}).map(([id, { label }]) => [id, label] as const));
	const [made, setMade] = useState<Made | null>(null);
	const [trouble, setTrouble] = useState<string | null>(null);
	if (!mayDo('tokens.make')) return null;
	const known = labels.filter(([id]) => site === undefined || id === site);
	const isLoopback = /^(127\.|localhost$|\[::1\]$)/.test(window.location.hostname);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const name = site ?? String(data.get('site') ?? '');
		const expires = String(data.get('expires'));
		const why = String(data.get('why') ?? '').trim();
		const answer = await ask('POST', '/api/links', { grant: { kind: 'field', name }, expires, why });
		const { path, validUntil } = (answer.json ?? {}) as { path?: string; validUntil?: string };
		if (answer.status !== 201 || path === undefined || validUntil === undefined) return setTrouble(troubleOf(answer, words));
		try {
			const { qrOf } = await import('./field-qr.ts');
			const address = `${window.location.origin}${path}`;
			const label = labels.find(([id]) => id === name)?.[1] ?? name;
			setMade({ site: name, label, address, until: validUntil, ends: Date.now() + (lifeMs[expires] ?? 0), qr: qrOf(address) });
			setTrouble(null);
		} catch {
			setTrouble(fill(own.code.unmade, { why: accessOf(words).unreachable }));
		}
	};

	return (
		<TileFrame name="field-link" title={own.code.title}>
			<form className={access.form} onSubmit={submit}>
				<p className={access.how}>{own.code.how}</p>
				{isLoopback && <p className={styles.warning}>{own.code.loopback}</p>}
				{known.length === 0 ? (
					<p className={access.how}>{own.code.noSites}</p>
				) : (
					<>
						{site === undefined && (
							<label>
								{own.code.site}
								<select name="site">
									{known.map(([id, label]) => (
										<option key={id} value={id}>
											{label}
										</option>
									))}
								</select>
							</label>
						)}
						<label>
							{own.code.lasts}
							<select name="expires" defaultValue="7d">
								{lives.map((one) => (
									<option key={one} value={one}>
										{own.code.lives[one]}
									</option>
								))}
							</select>
						</label>
						<label>
							{own.code.why}
							<input name="why" required minLength={3} maxLength={200} autoComplete="off" />
						</label>
						<div className={access.acts}>
							<ActButton action="tokens.make" type="submit" className={access.main}>
								{made === null ? own.code.make : own.code.another}
							</ActButton>
						</div>
					</>
				)}
				<Trouble text={trouble} />
			</form>
			{made !== null && <Sheet made={made} own={own} onClose={() => setMade(null)} />}
		</TileFrame>
	);
}

function Sheet({ made, own, onClose }: { readonly made: Made; readonly own: FieldWords; readonly onClose: () => void }) {
	const { language } = useWords();
	const time = (instant: number): string => new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(instant);
	useEffect(() => {
		document.documentElement.dataset.prints = 'field-link';
		return () => {
			delete document.documentElement.dataset.prints;
		};
	}, []);
	const { label, qr } = made;
	return (
		<div className={styles.sheet} data-sheet={made.site}>
			<svg
				className={styles.qr}
				viewBox={`0 0 ${qr.size} ${qr.size}`}
				role="img"
				aria-label={fill(own.code.image, { site: label })}
				shapeRendering="crispEdges"
			>
				<rect width={qr.size} height={qr.size} fill="#ffffff" />
				<path d={qr.path} fill="#000000" />
			</svg>
			<div>
				<h3>{label}</h3>
				<p>{own.code.sheet}</p>
				<p role="status">{fill(own.code.once, { until: time(Date.parse(made.until)) })}</p>
				<p>{fill(own.code.afterwards, { ends: time(made.ends) })}</p>
				<code data-secret className={styles.address}>
					{made.address}
				</code>
				<div className={styles.acts}>
					<button type="button" data-quiet onClick={() => window.print()}>
						{own.code.print}
					</button>
					<button type="button" data-quiet onClick={onClose}>
						{own.code.close}
					</button>
				</div>
			</div>
		</div>
	);
}
