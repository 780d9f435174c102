// The wall's tone, made by the browser itself: two short notes. Knows no alarm.

export type ToneState = 'ready' | 'waiting' | 'none';
export type Tone = {
	/** `waiting`: the browser wants a key or a touch first; `none`: it has no sound at all. */
	state(): ToneState;
	/** To be called from a key or a touch. */
	allow(): Promise<void>;
	/** `volume`: 0–1. */
	play(volume: number): void;
};

const NOTES = [
	{ hertz: 784, from: 0, lasts: 0.16 },
	{ hertz: 1047, from: 0.2, lasts: 0.24 },
] as const;
const EDGE_S = 0.02;

/** `Context`: the browser's AudioContext. Made at once: where a screen is set up to sound by itself, nobody has to touch it. */
export function createTone(Context: typeof AudioContext | undefined): Tone {
	const context = Context === undefined ? null : new Context();

	return {
		state: () => (context === null ? 'none' : context.state === 'running' ? 'ready' : 'waiting'),
		async allow() {
			if (context !== null && context.state !== 'running') await context.resume().catch(() => undefined);
		},
		play(volume) {
			if (context === null || context.state !== 'running') return;
			for (const { hertz, from, lasts } of NOTES) {
				const begins = context.currentTime + from;
				const gain = context.createGain();
				gain.gain.setValueAtTime(0, begins);
				gain.gain.linearRampToValueAtTime(volume, begins + EDGE_S);
				gain.gain.setValueAtTime(volume, begins + lasts - EDGE_S);
				gain.gain.linearRampToValueAtTime(0, begins + lasts);
				const note = context.createOscillator();
				note.frequency.value = hertz;
				note.connect(gain).connect(context.destination);
				note.start(begins);
				note.stop(begins + lasts);
			}
		},
	};
}
