// A wall that has no rights yet: shows the code to be typed on the desk, asks with its own secret whether it was, and then comes in.

import { useEffect, useState } from 'react';
import { accessOf } from '../../shared/words/desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import styles from './pairing.module.css';
import { SignInView } from './sign-in.view.tsx';

type Opened = { readonly code: string; readonly secret: string; readonly validUntil: string };

const ASK_EVERY_MS = 2000;
const OPEN_AGAIN_MS = 30_000;

const isOpened = (json: unknown): json is Opened =>
	typeof json === 'object' && json !== null && 'code' in json && 'secret' in json && 'validUntil' in json;

function usePairing(): Opened | null {
	const { ask, again } = useScreen();
	const [opened, setOpened] = useState<Opened | null>(null);
	useEffect(() => {
		let current: Opened | null = null;
		let isGone = false;
		let timer: ReturnType<typeof setTimeout>;
		const step = async (): Promise<void> => {
			let wait = ASK_EVERY_MS;
			if (current === null) {
				const { status, json } = await ask('POST', '/api/pairing', {});
				current = status === 201 && isOpened(json) ? json : null;
				if (current === null) wait = OPEN_AGAIN_MS;
			} else {
				const { status } = await ask('POST', `/api/pairing/${current.code}`, { secret: current.secret });
				if (status === 200) again();
				if (status === 200 || status === 404) current = null;
			}
			if (isGone) return;
			setOpened(current);
			timer = setTimeout(step, wait);
		};
		timer = setTimeout(step, 0);
		return () => {
			isGone = true;
			clearTimeout(timer);
		};
	}, [ask, again]);
	return opened;
}

export function PairingView() {
	const { words, language } = useWords();
	const opened = usePairing();
	const until = opened && new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(opened.validUntil));
	return (
		<div className={styles.pairing}>
			{opened && (
				<section aria-labelledby="pairing-title">
					<h2 id="pairing-title">{accessOf(words).wall.title}</h2>
					<p className={styles.how}>{accessOf(words).wall.how}</p>
					<p className={styles.code} data-code={opened.code}>
						{opened.code.slice(0, 3)} {opened.code.slice(3)}
					</p>
					<p className={styles.how}>{fill(accessOf(words).wall.until, { time: until ?? '' })}</p>
				</section>
			)}
			<SignInView />
		</div>
	);
}
