// What a night has begun and must end, whichever way it goes: last begun, first ended, also what was still starting.

export type Endings = {
	/** Ends with the night, even where it is still starting when the night ends. Once the night ends nothing begins any more. */
	begin<T>(start: () => Promise<T> | T, end: (started: T) => Promise<unknown> | unknown): Promise<T>;
	/** Ends all; a second call waits for the first. One that fails doesn't keep the others. */
	endAll(): Promise<void>;
};

export function createEndings(): Endings {
	const ends: (() => Promise<unknown>)[] = [];
	let ending: Promise<void> | null = null;

	async function endEach(): Promise<void> {
		for (const end of ends.reverse()) {
			await end().catch((error: unknown) => process.stderr.write(`could not be ended: ${String(error)}\n`));
		}
	}

	return {
		async begin(start, end) {
			if (ending) throw new Error('the night is ending');
			const starting = (async () => start())();
			ends.push(async () => {
				const [outcome] = await Promise.allSettled([starting]);
				if (outcome?.status === 'fulfilled') await end(outcome.value);
			});
			return starting;
		},
		endAll() {
			ending ??= endEach();
			return ending;
		},
	};
}
