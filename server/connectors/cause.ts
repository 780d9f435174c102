// Why a conversation with an outside system failed, in six words. Knows error codes only: an error's text never leaves here.
import type { BlindCode } from '../../shared/sample.ts';

/**
 * `ours`: this machine could not even try (name lookup, no network, no sockets left), which says nothing of the target (rule 3).
 * `forbidden`: the plan does not let it be asked (access.targets).
 */
export type Cause = 'timeout' | 'ours' | 'forbidden' | 'refused' | 'garbage' | 'tls';

const ours = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EAI_NODATA',
	'EAI_NONAME',
	'ENETUNREACH',
	'ENETDOWN',
	'EMFILE',
	'ENFILE',
	'EADDRNOTAVAIL',
	'ENOBUFS',
	'ENOMEM',
	'EACCES',
	'EPERM',
]);
const refused = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'EHOSTDOWN', 'ECONNABORTED', 'ENOENT']);

const codeOf = (error: unknown): string => {
	if (typeof error !== 'object' || error === null) return '';
	if ('code' in error && typeof error.code === 'string') return error.code;
	// Several addresses were tried (localhost has two): the first failure speaks for all.
	return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : '';
};

const isTls = (code: string): boolean =>
	code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.startsWith('CERT_') || code.includes('_CERT') || code === 'EPROTO';

export function causeOf(error: unknown): Cause {
	const code = codeOf(error);
	if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return 'timeout';
	if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) return 'timeout';
	if (code === 'REGIA_NOT_PERMITTED') return 'forbidden';
	if (ours.has(code)) return 'ours';
	if (refused.has(code)) return 'refused';
	return isTls(code) ? 'tls' : 'garbage';
}

const blind: Record<Cause, BlindCode> = {
	timeout: 'timeout',
	ours: 'observer-blind',
	forbidden: 'not-permitted',
	refused: 'unreachable',
	garbage: 'bad-answer',
	tls: 'unreachable',
};

export const blindBy = (cause: Cause): BlindCode => blind[cause];
