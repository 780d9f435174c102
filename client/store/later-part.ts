// A part that a screen loads only once it needs it. Where it cannot be had, it is asked for again.
export type LaterPart<T> = {
	/** The part, or null while it is not here; asking sends for it. */
	ask(): T | null;
	isHere(): boolean;
};

export function laterPart<T extends object>(load: () => Promise<T>, arrived: () => void): LaterPart<T> {
	let part: T | null = null;
	let isAsked = false;

	const send = async (): Promise<void> => {
		isAsked = true;
		try {
			part = await load();
			arrived();
		} catch {
			isAsked = false;
		}
	};

	return {
		ask() {
			if (part === null && !isAsked) void send();
			return part;
		},
		isHere: () => part !== null,
	};
}
