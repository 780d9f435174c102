// Turns: what strangers ask is done a little at a time, between what others ask, so that many at once delay nobody for long. Knows no request.

export type Turns = (run: () => void) => void;

/** At most `aTurn` pieces of work in a turn of the event loop, in the order in which they came. */
export function openTurns(aTurn: number): Turns {
	let waiting: (() => void)[] = [];
	let isDue = false;

	function serve(): void {
		isDue = false;
		const now = waiting.slice(0, aTurn);
		waiting = waiting.slice(aTurn);
		if (waiting.length > 0) expect();
		for (const run of now) run();
	}

	function expect(): void {
		if (isDue) return;
		isDue = true;
		setImmediate(serve);
	}

	return (run) => {
		waiting.push(run);
		expect();
	};
}
