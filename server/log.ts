// The log: JSON lines on standard error. Whatever is logged under a name that holds a secret is struck out, whoever forgets it.
import pino, { type DestinationStream, type Logger } from 'pino';

const secretNames = ['authorization', 'cookie', 'set-cookie', 'token', 'secret', 'password', 'passwordFrom', 'clientSecret', 'code', 'body'];
/** `code` is also what an error is known by: there it stays. */
const paths = secretNames
	.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])
	.filter((path) => path !== '*["code"]' && path !== '*.*["code"]');

export const openLog = (level: string, out: DestinationStream = pino.destination(2)): Logger =>
	pino({ level, redact: { paths, censor: '[struck out]' } }, out);
