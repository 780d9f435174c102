// The certificate and its key as files: read at the start, looked at again for as long as the server runs. A pair that cannot be used
// changes nothing: the last good one stays in use. Knows no server.
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

export type TlsFiles = { readonly cert: string; readonly key: string };
export type TlsPair = { readonly cert: Buffer; readonly key: Buffer };

export type WatchedTls = {
	current(): TlsPair;
	/** Calls back with each new pair that can be used. */
	follow(use: (pair: TlsPair) => void): void;
	stop(): void;
};

/** By looking, not by the file system's notices: those miss renamed files, linked folders and network disks. */
const LOOK_EVERY_MS = 2000;

/** Throws where the pair cannot be used. */
function read({ cert, key }: TlsFiles): TlsPair {
	const pair = { cert: readFileSync(cert), key: readFileSync(key) };
	createSecureContext({ ...pair, minVersion: 'TLSv1.2' });
	return pair;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unusable');
const same = (a: TlsPair, b: TlsPair): boolean => a.cert.equals(b.cert) && a.key.equals(b.key);

/** `told` hears of each change once, by code: never what is in the files. `flags`: how they are given, for the remedy. */
export function watchTlsFiles(files: TlsFiles, told: (message: string, error?: unknown) => void, flags = '--tls-cert and --tls-key'): WatchedTls {
	let current: TlsPair;
	try {
		current = read(files);
	} catch (error) {
		throw new Error(`${flags} cannot be used (${codeOf(error)}): give a certificate and its key, both in PEM`, { cause: error });
	}
	let use: (pair: TlsPair) => void = () => {};
	let complained = false;
	const look = (): void => {
		try {
			const next = read(files);
			complained = false;
			if (same(next, current)) return;
			use(next);
			current = next;
			told('the new certificate is in use');
		} catch (error) {
			if (!complained) told(`the new certificate cannot be used (${codeOf(error)}): the one before stays in use`, error);
			complained = true;
		}
	};
	const timer = setInterval(look, LOOK_EVERY_MS);
	timer.unref();
	return {
		current: () => current,
		follow(next) {
			use = next;
		},
		stop: () => clearInterval(timer),
	};
}
