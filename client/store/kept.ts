// What this browser keeps by itself over pages and reloads: small texts under a name of Regia's. A browser may keep nothing at all.

const name = (key: string): string => `regia.${key}`;

/** Null where nothing was kept, or nothing can be. */
export function recallText(key: string): string | null {
	try {
		return window.localStorage.getItem(name(key));
	} catch {
		return null;
	}
}

/** Null forgets it. */
export function keepText(key: string, text: string | null): void {
	try {
		if (text === null) window.localStorage.removeItem(name(key));
		else window.localStorage.setItem(name(key), text);
	} catch {
		// Without room or memory it lives as long as the page does.
	}
}
