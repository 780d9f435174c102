// Keys of visits, and the wrapping that keeps a person's words from being anything but hashed (rule 6): by types, and at run time.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { readMessage } from '../../server/connectors/hl7-message.ts';
import { Person } from '../../server/connectors/hl7-person.ts';
import { createVisitKeys, openVisitKeys } from '../../server/connectors/visit-keys.ts';
import { readSources } from '../house/sources.ts';
import { hl7, identifiers } from './hl7-kit.ts';

const folders: string[] = [];
const newFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'regia-keys-'));
	folders.push(folder);
	return folder;
};
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a person', () => {
	const word = identifiers[0] ?? '';
	const person = new Person(Buffer.from(word));
	test.each([
		['text', () => String(person)],
		['a template', () => `${person}`],
		['a sum of texts', () => `a ${person as unknown as string} b`],
		['JSON', () => JSON.stringify({ person, list: [person] })],
		['JSON of itself', () => JSON.stringify(person) ?? ''],
		['a look inside', () => inspect(person, { showHidden: true, depth: 9, customInspect: false }) + inspect(person, { showHidden: true })],
		['its keys', () => JSON.stringify([Object.keys(person), Object.entries(person), Object.getOwnPropertyNames(person), { ...person }])],
		['a clone', () => inspect(structuredClone({ ...person }))],
		['an error', () => String(new Error(`${person}`))],
	])('says nothing as %s', (_how, say) => {
		expect(say()).not.toContain(word);
		expect(say()).not.toContain(Buffer.from(word).toString('hex'));
	});

	test('is not to be had as text: the compiler refuses', () => {
		const read = readMessage(Buffer.from(hl7()), 'windows-1252');
		if (!read.ok) throw new Error('the message is not read');
		const { message } = read;
		const number = message.person('PV1-19');
		// @ts-expect-error a person is no text
		const text: string = number;
		expect(JSON.stringify({ text })).not.toContain(identifiers[1]);
		// @ts-expect-error a person's field is not open
		const closed = () => message.text('PID-5');
		// @ts-expect-error nor is the visit's number
		const alsoClosed = () => message.text('PV1-19');
		// @ts-expect-error what it holds is private
		const inside = () => number?.bytes;
		expect([typeof closed, typeof alsoClosed, inside()]).toEqual(['function', 'function', undefined]);
	});

	test('is unwrapped by nobody but the keys', () => {
		const sources = readSources().filter(({ path }) => path.startsWith('server/'));
		expect(sources.filter(({ text }) => text.includes('hashInto')).map(({ path }) => path)).toEqual([
			'server/connectors/hl7-person.ts',
			'server/connectors/visit-keys.ts',
		]);
	});
});

test('what reads HL7 writes no log, and no error that it throws quotes what it read', () => {
	const readers = readSources().filter(({ path }) => /^server\/connectors\/(hl7|mllp)/.test(path));
	expect(readers.length).toBeGreaterThan(12);
	const speaks = /\b(?:console|log|logger|process\.std\w+)\.|new \w*Error\(`/;
	expect(readers.filter(({ text }) => speaks.test(text)).map(({ path }) => path)).toEqual([]);
});

describe('keys', () => {
	const keys = createVisitKeys(new Uint8Array(32).fill(7));
	test('are the same for the same number, wrapped or not, and tell all else apart', () => {
		const said = [keys.visit('A', '12'), keys.visit('A1', '2'), keys.visit('B', '12'), keys.visit(null, 'A12'), keys.patient('A', '12')];
		expect(new Set<string>(said).size).toBe(said.length);
		expect(keys.visit(new Person(Buffer.from('A')), new Person(Buffer.from('12')))).toBe(said[0]);
		for (const one of said) expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(createVisitKeys(new Uint8Array(32).fill(8)).visit('A', '12')).not.toBe(said[0]);
	});

	test('are HMAC-SHA-256 under the key of the data folder, which is made once, for its owner alone', () => {
		const folder = newFolder();
		const first = openVisitKeys(folder).visit('A', '12');
		const file = join(folder, 'visit.key');
		expect(statSync(file).size).toBe(32);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const bytes = readFileSync(file);
		expect(openVisitKeys(folder).visit('A', '12')).toBe(first);
		expect(readFileSync(file)).toEqual(bytes);
		expect(openVisitKeys(newFolder()).visit('A', '12')).not.toBe(first);
	});

	test('are refused from a file that is no key', () => {
		const folder = newFolder();
		writeFileSync(join(folder, 'visit.key'), 'short');
		expect(() => openVisitKeys(folder)).toThrow(/is not a key: bring it back from a backup/);
	});
});
