// Beats at a rhythm that may change meanwhile: a shorter one holds from the next second on. Knows no screen.

/** How soon a change of the rhythm is noticed. */
const LOOK_EVERY_MS = 1000;

/** Gives back how to stop it. */
export function startHeart(rhythmMs: () => number, beat: () => void): () => void {
	let isStopped = false;
	let lastAt = performance.now();
	const untilDue = (): number => lastAt + rhythmMs() - performance.now();
	const step = (): void => {
		if (untilDue() <= 0) {
			// From when it was due, so that small delays do not add up; after a long one it does not make up for what was missed.
			lastAt = Math.max(lastAt + rhythmMs(), performance.now() - rhythmMs());
			beat();
		}
		if (!isStopped) timer = setTimeout(step, Math.max(0, Math.min(untilDue(), LOOK_EVERY_MS)));
	};
	let timer = setTimeout(step, Math.min(untilDue(), LOOK_EVERY_MS));
	return () => {
		isStopped = true;
		clearTimeout(timer);
	};
}
