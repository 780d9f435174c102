// Asks the server who this screen's user is, and says that somebody is at the screen. Knows no page.
import type { Me } from '../../shared/me.ts';
import { askServer } from './ask-server.ts';

const STAY_EVERY_MS = 60_000;

export async function whoAmI(): Promise<Me | null> {
	const { status, json } = await askServer('GET', '/api/me');
	return status === 200 && typeof json === 'object' && json !== null && 'ways' in json ? (json as Me) : null;
}

/** Tells the server of the user's own acts, at most once a minute: looking on is not enough to keep a session. */
export function sayOnActs(page: EventTarget, isInside: () => boolean): void {
	let said = Number.NEGATIVE_INFINITY;
	const say = (): void => {
		const now = performance.now();
		if (!isInside() || now - said < STAY_EVERY_MS) return;
		said = now;
		void askServer('POST', '/auth/stay');
	};
	for (const act of ['pointerdown', 'keydown']) page.addEventListener(act, say, { passive: true });
}
