// What a message says of a person's identity, wrapped so that it cannot be read, printed, written down or sent (rule 6): it can only be
// hashed, and visit-keys.ts alone does that.
import type { Hmac } from 'node:crypto';
import { inspect } from 'node:util';

/** Says nothing of what it holds: as text it is empty, as JSON it is left out, looked into it is its name. */
export class Person {
	readonly #bytes: Buffer;
	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}
	static hashInto(hmac: Hmac, person: Person): void {
		hmac.update(person.#bytes);
	}
	toString(): string {
		return '';
	}
	toJSON(): undefined {
		return undefined;
	}
	[Symbol.toPrimitive](): string {
		return '';
	}
	[inspect.custom](): string {
		return 'Person';
	}
}
