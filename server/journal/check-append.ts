// What a caller may hand to any journal. Knows no storage.

const KEY_MAX_CHARACTERS = 200;

/** Throws for a programmer's mistake: nothing outside can cause it. */
export function checkAppend(seen: number, key: string | undefined): void {
	if (!Number.isSafeInteger(seen)) throw new RangeError(`seen is whole ms since 1970 UTC, not ${seen}`);
	if (key !== undefined && (key.length === 0 || key.length > KEY_MAX_CHARACTERS)) {
		throw new RangeError(`an idempotency key has 1 to ${KEY_MAX_CHARACTERS} characters, not ${key.length}`);
	}
}
