// What may be logged: codes, counts and faults of our own. Never what somebody sent, nor a secret that a careless call hands over.
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../server/log.ts';
import { readSources } from './sources.ts';

/** A call of the log, or of the console, to its end on the same statement. */
const CALL = /\b(?:log|logger|console)\.(?:trace|debug|info|warn|error|fatal|log)\(([^;]*);/g;
/** What came from outside as it came. */
const OUTSIDE =
	/\b(?:body|rawBody|payload|request\.(?:query|params|header|headers|url|originalUrl|body)|req\b|headers|cookie|password|secret(?!s\b)|bearer|credentials)\b/;

const offencesIn = (text: string): readonly string[] =>
	[...text.matchAll(CALL)].map((match) => match[1] ?? '').filter((given) => OUTSIDE.test(given));

/** Commands print a new secret to whoever asked for it, once. */
const commands = /-command\.ts$/;

describe('the log', () => {
	it('is never handed a body, a header, a query or a secret', () => {
		const server = readSources().filter(({ path }) => path.startsWith('server/') && !commands.test(path));
		const found = server.flatMap(({ path, text }) => offencesIn(text).map((given) => `${path}: ${given}`));
		expect(found).toEqual([]);
		expect(server.some(({ text }) => text.search(CALL) >= 0)).toBe(true);
	});

	it.each([
		"log.info({ body }, 'got');",
		"log.warn({ headers: request.headers }, 'odd');",
		'console.error(request.query.get("msg"));',
		"log.debug({ screen,\n\tpassword }, 'x');",
	])('%s would be caught', (text) => {
		expect(offencesIn(text)).toHaveLength(1);
	});

	it('strikes out what is logged under the name of a secret, however deep', () => {
		const lines: string[] = [];
		const out = new Writable({
			write(chunk, _encoding, done) {
				lines.push(String(chunk));
				done();
			},
		});
		const log = openLog('trace', out);
		const secret = 'molto-segreto';
		log.info({ token: secret, password: secret, code: secret, a: { authorization: secret, b: { cookie: secret } } }, 'x');
		log.error({ err: Object.assign(new Error('x'), { code: 'ENOENT', body: secret }) }, 'y');
		expect(lines).toHaveLength(2);
		expect(lines.join('')).not.toContain(secret);
		expect(lines[1]).toContain('ENOENT');
	});
});
