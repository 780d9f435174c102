// The sound of a wall's P1 alarms, and its small control: key M, or a panel that comes with the pointer or a key and goes again. Loaded after
// the first board. Says on the truth strip when it is mute or not yet allowed to sound.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useAlarmWords } from '../store/alarm-words.ts';
import { useScreen } from '../store/hooks.ts';
import type { Memory } from '../store/preferences.ts';
import { keepSound, recallSound, type SoundSettings } from '../store/sound-settings.ts';
import styles from './alarm-sound.module.css';
import { quietBefore, type Ringing, ringFor } from './alarm-sound-model.ts';
import { createTone, type Tone } from './tone.ts';
import { urgentOf } from './urgent-alarms.ts';

const SHOWN_MS = 6000;
const STATE_EVERY_MS = 1000;

function memory(): Memory | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}

type AlarmSoundProps = {
	/** The P1 alarms of the wall's first board. */
	readonly stood: readonly string[];
	/** Keys that were pressed before this was loaded. */
	readonly pressed?: RefObject<KeyboardEvent[] | null>;
	readonly tone?: Tone;
};

export function AlarmSound({ stood, pressed, tone: given }: AlarmSoundProps) {
	const { board } = useScreen();
	const own = useAlarmWords();
	const [tone] = useState(() => given ?? createTone(window.AudioContext));
	const [settings, setSettings] = useState(() => recallSound(memory()));
	const [state, setState] = useState(() => tone.state());
	const [isShown, setShown] = useState(false);
	const ringing = useRef<Ringing>(quietBefore(stood));
	const canRing = !settings.isMuted && state === 'ready';

	const change = (next: SoundSettings): void => {
		keepSound(memory(), next);
		setSettings(next);
	};

	useEffect(() => {
		const look = (): void => {
			const { judged } = board.getState();
			if (judged === null) return;
			const { next, rings } = ringFor(ringing.current, urgentOf(judged.alarms), canRing, performance.now());
			ringing.current = next;
			if (rings) tone.play(settings.volume);
		};
		look();
		return board.subscribe(look);
	}, [board, tone, canRing, settings.volume]);

	useEffect(() => {
		const every = setInterval(() => setState(tone.state()), STATE_EVERY_MS);
		return () => clearInterval(every);
	}, [tone]);

	useEffect(() => {
		let hide: ReturnType<typeof setTimeout>;
		const touched = (event: Event): void => {
			const isTouch = event.type !== 'pointermove';
			if (isTouch) void tone.allow().then(() => setState(tone.state()));
			setShown(true);
			clearTimeout(hide);
			hide = setTimeout(() => setShown(false), SHOWN_MS);
			const isTyping = event.target instanceof HTMLElement && event.target.closest('input:not([type=range]), textarea, select') !== null;
			const isKey = event instanceof KeyboardEvent && event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey;
			if (isKey && !isTyping) {
				setSettings((now) => {
					const next = { ...now, isMuted: !now.isMuted };
					keepSound(memory(), next);
					return next;
				});
			}
		};
		const kinds = ['pointermove', 'pointerdown', 'keydown'] as const;
		for (const kind of kinds) window.addEventListener(kind, touched);
		if (pressed !== undefined) {
			for (const event of pressed.current ?? []) touched(event);
			pressed.current = null;
		}
		return () => {
			clearTimeout(hide);
			for (const kind of kinds) window.removeEventListener(kind, touched);
		};
	}, [tone, pressed]);

	const text = settings.isMuted ? own.sound.muted : state === 'waiting' ? own.sound.waiting : state === 'none' ? own.sound.none : null;
	useEffect(() => board.setState({ sound: text }), [board, text]);

	if (!isShown) return null;
	return (
		<section className={styles.control} data-control="sound" aria-label={own.sound.control}>
			<button type="button" data-quiet onClick={() => change({ ...settings, isMuted: !settings.isMuted })}>
				{settings.isMuted ? own.sound.unmute : own.sound.mute}
			</button>
			<label>
				{own.sound.volume}{' '}
				<input
					type="range"
					min="0"
					max="1"
					step="0.1"
					value={settings.volume}
					onChange={({ target }) => change({ ...settings, volume: Number(target.value) })}
				/>
			</label>
			<button type="button" data-quiet onClick={() => tone.play(settings.volume)}>
				{own.sound.try}
			</button>
		</section>
	);
}
