// What a test run leaves behind to be searched at its end: every secret that was made or shown, and all that came out of Regia.
// Written at once and by every process of the run, so that nothing is lost with one of them. Outside a run it keeps nothing.

import { hash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, openSync, readdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `seed`: of one-time codes. `short`: a code of six characters. `claim`: the first administrator's, which the terminal may show. */
export type SecretKind = 'token' | 'password' | 'seed' | 'short' | 'session' | 'nonce' | 'link' | 'claim' | 'provider';
export type EvidenceKind = 'log' | 'frame' | 'answer';
export type KeptSecret = { readonly kind: SecretKind; readonly text: string };

export const RUN_VARIABLE = 'REGIA_TEST_RUN';
const run = process.env[RUN_VARIABLE];

const files = new Map<string, number>();
function write(folder: string, name: string, bytes: Uint8Array | string): void {
	if (run === undefined) return;
	const key = `${folder}/${name}`;
	let file = files.get(key);
	if (file === undefined) {
		mkdirSync(join(run, folder), { recursive: true });
		file = openSync(join(run, folder, `${process.pid}-${name}`), 'a');
		files.set(key, file);
	}
	if (typeof bytes === 'string') writeSync(file, bytes);
	else writeSync(file, bytes);
}

const known = new Set<string>();
/** What must be found nowhere when the run has ended. */
export function registerSecret(kind: SecretKind, text: string): void {
	if (known.has(text)) return;
	known.add(text);
	write('secrets', 'secrets', `${JSON.stringify({ kind, text } satisfies KeptSecret)}\n`);
}

/** Where secrets stand in what goes over the wire; the group holds one. */
const places: readonly (readonly [SecretKind, RegExp])[] = [
	['token', /\bregia_[0-9a-f]{10}_([\w-]{43})(?![\w-])/g],
	['link', /\blink_([\w-]{43})(?![\w-])/g],
	['session', /^set-cookie: (?:__Host-)?regia[\w-]*=(?!regia_)([\w.-]{20,})/gim],
	['password', /"password":"([^"\\]{12,200})"/g],
	['nonce', /"(?:nonce|secret)":"(?!regia_)([\w-]{20,})"/g],
	['seed', /[?&]secret=([A-Z2-7]{16,})/g],
	['short', /"code":"([A-Z0-9]{6})"(?=[,}])/g],
	['claim', /\/claim#([\w-]{20,})/g],
];

/** Registers every secret that stands in a text by its shape or its place. */
export function noticeSecrets(text: string): void {
	for (const [kind, place] of places) for (const [, found] of text.matchAll(place)) if (found !== undefined) registerSecret(kind, found);
}

const seen = new Set<string>();
const SEEN_MOST = 200_000;
/** Keeps what came out, each different piece once: a frame goes to many screens. */
export function keepEvidence(kind: EvidenceKind, bytes: Uint8Array | string): void {
	if (run === undefined) return;
	const digest = hash('sha1', bytes, 'base64');
	if (seen.has(digest)) return;
	if (seen.size >= SEEN_MOST) seen.clear();
	seen.add(digest);
	write('said', kind, bytes);
	write('said', kind, '\n');
}

/** A folder that lives until the run's end and is searched then; null outside a run. */
export function folderOfRun(name: string): string | null {
	if (run === undefined) return null;
	mkdirSync(join(run, 'folders'), { recursive: true });
	return mkdtempSync(join(run, 'folders', `${name}-`));
}

/** Another name for the files of a data folder that its test may throw away. */
export function keepFiles(folder: string): void {
	if (run === undefined || !existsSync(folder)) return;
	const place = folderOfRun('kept') ?? '';
	for (const one of readdirSync(folder, { withFileTypes: true })) {
		if (!one.isFile()) continue;
		const [from, to] = [join(folder, one.name), join(place, one.name)];
		try {
			linkSync(from, to);
		} catch {
			copyFileSync(from, to);
		}
	}
}

/** A run's own folder: `npm test` has one, and so has a single file that is run by itself. */
export const newRunFolder = (): string => mkdtempSync(join(tmpdir(), 'regia-run-'));
