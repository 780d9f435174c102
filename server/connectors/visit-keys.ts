// Visits and patients as keyed hashes: the only thing of them that goes on into Regia. Owns the data folder's key; keeps nothing it hashes.
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PatientKey, VisitKey } from '../domain/er-event.ts';
import { Person } from './hl7-person.ts';

const KEY_BYTES = 32;
const HASH_BYTES = 16;
const FILE = 'visit.key';

export type Identity = Person | string | null;

export type VisitKeys = {
	/** `authority` is who gave the number out: two hospitals count alike. */
	visit(authority: Identity, number: Identity): VisitKey;
	/** A visit without a number of its own: the patient's one that began then. */
	visitOf(patient: PatientKey, began: string): VisitKey;
	patient(authority: Identity, number: Identity): PatientKey;
	/** What makes a message the same one: it covers what was said of a person, so it is keyed as well. */
	digest(parts: readonly (Uint8Array | string)[]): string;
};

export function createVisitKeys(key: Uint8Array): VisitKeys {
	if (key.length !== KEY_BYTES) throw new Error(`a visit key has ${KEY_BYTES} bytes, not ${key.length}`);
	// Made anew from its bytes for every hash, it costs five times the hash.
	const secret = createSecretKey(key);
	/** Each part ends with bytes that none of them holds: two lists of parts never make the same bytes. */
	function hash(purpose: string, parts: readonly (Identity | Uint8Array)[]): string {
		const hmac = createHmac('sha256', secret).update(`${purpose}\0`);
		for (const part of parts) {
			if (part instanceof Person) Person.hashInto(hmac, part);
			else if (part !== null) hmac.update(part);
			hmac.update('\0\x1e');
		}
		return hmac.digest().toString('base64url', 0, HASH_BYTES);
	}
	return {
		visit: (authority, number) => hash('visit', [authority, number]) as VisitKey,
		visitOf: (patient, began) => hash('visit of', [patient, began]) as VisitKey,
		patient: (authority, number) => hash('patient', [authority, number]) as PatientKey,
		digest: (parts) => hash('message', parts),
	};
}

/** The key in the data folder, made at the first start. Throws where it is there and is none: with another one, nobody's visit would end. */
export function openVisitKeys(folder: string): VisitKeys {
	const file = join(folder, FILE);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	makeKey(file);
	const key = readFileSync(file);
	if (key.length !== KEY_BYTES)
		throw new Error(`${file} is not a key: bring it back from a backup; without it, visits that are under way cannot be known again`);
	return createVisitKeys(key);
}

/** Whole or not at all, and never over one that is there: it is written beside, and linked into its place. */
function makeKey(file: string): void {
	const fresh = `${file}.${process.pid}.new`;
	try {
		const handle = openSync(file, 'r');
		closeSync(handle);
		return;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	}
	rmSync(fresh, { force: true });
	const handle = openSync(fresh, 'wx', 0o600);
	try {
		writeSync(handle, randomBytes(KEY_BYTES));
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	try {
		linkSync(fresh, file);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	} finally {
		rmSync(fresh, { force: true });
	}
}
