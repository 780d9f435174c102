// Guards the driver's reader of a server's answers: one that ends too soon is an error of that connection, never an endless loop nor the
// end of the process. Knows no query. The driver (pg-protocol 1.16) reads past a message's end and takes what is not there as empty.
import { BufferReader } from 'pg-protocol/dist/buffer-reader.js';
import { DatabaseError } from 'pg-protocol/dist/messages.js';
import { Parser } from 'pg-protocol/dist/parser.js';

/** The class 08P01 is PostgreSQL's own word for a violation of its protocol. */
const PROTOCOL_VIOLATION = '08P01';

let isGuarded = false;

export function guardPostgresReader(): void {
	if (isGuarded) return;
	isGuarded = true;
	const reader = BufferReader.prototype as unknown as { buffer: Buffer; offset: number; string(length: number): string; cstring(): string };
	const { string, cstring } = reader;
	const demand = (ok: boolean): void => {
		if (!ok) throw new RangeError('the message ends too soon');
	};
	reader.string = function (length) {
		demand(length >= 0 && this.offset + length <= this.buffer.length);
		return string.call(this, length);
	};
	reader.cstring = function () {
		demand(this.buffer.indexOf(0, this.offset) >= 0);
		return cstring.call(this);
	};
	const { parse } = Parser.prototype;
	Parser.prototype.parse = function (buffer, callback) {
		try {
			parse.call(this, buffer, callback);
		} catch (error) {
			// What the driver or its user makes of a whole message is theirs.
			if (!(error instanceof RangeError)) throw error;
			const violation = new DatabaseError('', 0, 'error');
			violation.code = PROTOCOL_VIOLATION;
			callback(violation);
		}
	};
}
