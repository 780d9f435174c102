// Holds what has arrived until the screen takes it, on a timer and never on animation frames alone: a hidden or busy wall must
// not starve. Bounded: past its limit it drops all it holds and says so. Knows neither socket nor board.

export type Inbox<T> = { push(item: T): void; close(): void };

export type InboxPorts<T> = {
	readonly release: (items: readonly T[]) => void;
	readonly overflow: (dropped: number) => void;
	readonly limit?: number;
	readonly everyMs?: number;
};

export function createInbox<T>({ release, overflow, limit = 240, everyMs = 60 }: InboxPorts<T>): Inbox<T> {
	let held: T[] = [];
	let dropped = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const open = (): void => {
		timer = undefined;
		const items = held;
		const lost = dropped;
		held = [];
		dropped = 0;
		if (items.length > 0) release(items);
		if (lost > 0) overflow(lost);
	};

	return {
		push(item) {
			if (held.length >= limit) {
				dropped += held.length;
				held = [];
			}
			// Once something is lost, what follows cannot be applied either: it is counted, not kept.
			if (dropped > 0) dropped += 1;
			else held.push(item);
			timer ??= setTimeout(open, everyMs);
		},
		close() {
			clearTimeout(timer);
			timer = undefined;
			held = [];
		},
	};
}
