// One lamp of a source: lit, out, or not known, each with its word. Knows no source.
import { useWords } from '../store/hooks.ts';
import styles from './lamp.module.css';

export type LampState = 'yes' | 'no' | 'unknown' | 'not-asked';

/** A silent source's further lamps are not known; an answering one without that kind of figure is simply not asked. */
export const lampOf = (lit: boolean | null, talks: boolean | null): LampState =>
	lit === null ? (talks === true ? 'not-asked' : 'unknown') : lit ? 'yes' : 'no';

export function Lamp({ state }: { readonly state: LampState }) {
	const { words } = useWords();
	const text = { yes: words.sources.yes, no: words.sources.no, unknown: words.services.unknown, 'not-asked': '—' }[state];
	return (
		<span className={`${styles.lamp} ${styles[state]}`} data-lamp={state}>
			<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
				{state === 'yes' && <circle cx="8" cy="8" r="6" />}
				{state === 'no' && <path d="M8 1.5 15.5 14.5H.5Z" />}
				{state === 'unknown' && <path d="M2 2H14V14H2ZM2 8 8 2M2 14 14 2M8 14 14 8" />}
			</svg>
			<span aria-hidden={state === 'not-asked'}>{text}</span>
			{state === 'not-asked' && <span className="for-ears">{words.sources.notAsked}</span>}
		</span>
	);
}
