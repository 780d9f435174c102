// Sessions over a real file, told the time: what is kept, limits, new ids, and which cookie is believed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdentify, credentialsOf } from '../../server/domain/may.ts';
import type { SessionStore } from '../../server/domain/people.ts';
import { noSession, noTransaction, sessionLine, shownSession, transactionLine } from '../../server/identity/cookies.ts';
import { pathWithin } from '../../server/identity/people.ts';
import { createSessions, OVERLAP_MS, ROTATE_EVERY_MS, type Sessions, seal, unseal } from '../../server/identity/sessions.ts';
import { openSessionStore } from '../../server/journal/session-store.ts';
import { temporaryFolder } from '../kit/server.ts';

const MINUTE = 60_000;
const limits = { idle: 30 * MINUTE, absolute: 12 * 60 * MINUTE };
const person = { way: 'oidc', subject: 's-1', name: 'turno-1', groups: ['sala'], kept: 'un-segreto-del-fornitore' } as const;
const T = 1_761_000_000_000;

let folder: string;
let store: SessionStore;
let sessions: Sessions;
beforeEach(() => {
	folder = temporaryFolder('people');
	store = openSessionStore(folder);
	sessions = createSessions(store, limits);
});
afterEach(() => store.close());

describe('what is kept', () => {
	test('neither the id nor what was kept for the provider is in any file', () => {
		const { secret } = sessions.start(person, T);
		sessions.turn(secret, T + ROTATE_EVERY_MS);
		const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
		expect(bytes.join('').includes(secret)).toBe(false);
		expect(bytes.join('').includes(person.kept)).toBe(false);
		expect(bytes.join('').includes('turno-1')).toBe(true);
	});

	test('an id has 256 bits, and no two are the same', () => {
		const secrets = new Set(Array.from({ length: 200 }, () => sessions.start(person, T).secret));
		expect(secrets.size).toBe(200);
		for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
	});

	test('what was sealed opens only with its own secret, and not when changed', () => {
		const sealed = seal('testo', 'uno');
		expect([unseal(sealed, 'uno'), unseal(sealed, 'due'), unseal(`${sealed.slice(0, -2)}AA`, 'uno'), unseal('', 'uno')]).toEqual([
			'testo',
			null,
			null,
			null,
		]);
	});

	test('a session outlives a restart', () => {
		const { secret } = sessions.start(person, T);
		store.close();
		store = openSessionStore(folder);
		sessions = createSessions(store, limits);
		const row = sessions.check(secret, T + 1);
		expect(row).toMatchObject({ name: 'turno-1', groups: ['sala'] });
		expect(row && sessions.kept(row, secret)).toBe(person.kept);
	});
});

describe('limits', () => {
	test.each([
		[29 * MINUTE, true],
		[30 * MINUTE - 1, true],
		[30 * MINUTE, false],
	])('idle for %d ms: inside is %s', (idle, isInside) => {
		expect(sessions.check(sessions.start(person, T).secret, T + idle) !== null).toBe(isInside);
	});

	test('acts keep it alive, up to the absolute limit and no longer', () => {
		const { row, secret } = sessions.start(person, T);
		for (let at = T; at < T + limits.absolute; at += 20 * MINUTE) sessions.act(row.family, at);
		expect(sessions.check(secret, T + limits.absolute - 1)).not.toBeNull();
		expect(sessions.check(secret, T + limits.absolute)).toBeNull();
		expect(sessions.over(row, T + limits.absolute)).toBe('absolute');
	});

	test('an act after the end does not bring it back', () => {
		const { row, secret } = sessions.start(person, T);
		sessions.act(row.family, T + limits.idle);
		expect(sessions.check(secret, T + limits.idle)).toBeNull();
	});
});

describe('a new id every 15 minutes', () => {
	const due = T + ROTATE_EVERY_MS;
	const start = () => sessions.start(person, T).secret;

	test('is not given before', () => expect(sessions.turn(start(), due - 1)).toBeNull());

	test('stands for the same session, and opens what was sealed', () => {
		const { row, secret } = sessions.start(person, T);
		const next = sessions.turn(secret, due) ?? '';
		const after = sessions.check(next, due + 1);
		expect(after?.family).toBe(row.family);
		expect(after && sessions.kept(after, next)).toBe(person.kept);
	});

	test('leaves the old one good until the new one was seen, and a moment longer', () => {
		const secret = start();
		const next = sessions.turn(secret, due) ?? '';
		expect(sessions.check(secret, due + 5 * MINUTE)).not.toBeNull();
		expect(sessions.check(next, due + 6 * MINUTE)).not.toBeNull();
		expect(sessions.check(secret, due + 6 * MINUTE + OVERLAP_MS - 1)).not.toBeNull();
		expect(sessions.check(secret, due + 6 * MINUTE + OVERLAP_MS)).toBeNull();
		expect(sessions.check(next, due + 6 * MINUTE + OVERLAP_MS)).not.toBeNull();
	});

	test('is given once to requests that come together', () => {
		const secret = start();
		expect([sessions.turn(secret, due), sessions.turn(secret, due + 1), sessions.turn(secret, due + 50)].filter((one) => one !== null)).toHaveLength(
			1,
		);
	});

	test('is given again where the first one was lost on its way', () => {
		const secret = start();
		const lost = sessions.turn(secret, due) ?? '';
		const again = sessions.turn(secret, due + OVERLAP_MS) ?? '';
		expect(sessions.check(again, due + OVERLAP_MS + 1)).not.toBeNull();
		expect(sessions.check(lost, due + OVERLAP_MS + 1)).toBeNull();
	});
});

describe('fixation and cookies', () => {
	const HOST = 'regia.example.it';
	const publicUrl = `https://${HOST}`;
	const good = 'a'.repeat(43);
	const other = 'b'.repeat(43);
	const plain = `regia-session=${good}`;
	const prefixed = `__Host-regia-session=${good}`;
	type Row = readonly [cookie: string, host: string, url: string | null, secret: string | null, what: string];
	test.each([
		[prefixed, HOST, publicUrl, good, 'the cookie that only this host can set'],
		[plain, HOST, publicUrl, null, 'a plain one, which a neighbouring host may have planted'],
		[`${plain}; __Host-regia-session=${other}`, HOST, publicUrl, other, 'both: the planted one is not looked at'],
		[plain, '10.0.0.5:4600', publicUrl, good, 'break-glass by address, without https'],
		[plain, HOST, null, good, 'no public address is known'],
		[plain, HOST, `http://${HOST}`, good, 'a public address without https'],
		[`${plain}; regia-session=${other}`, HOST, null, null, 'twice with two values: one of them is planted'],
		[`${plain}; ${plain}`, HOST, null, good, 'twice the same'],
		[`${prefixed}; __Host-regia-session=${other}`, HOST, publicUrl, null, 'the prefixed one twice'],
		['', HOST, publicUrl, null, 'no cookie'],
		['regia-session=', HOST, null, null, 'an empty one'],
		[`xregia-session=${good}`, HOST, null, null, 'a name that ends as ours'],
		[`regia-session2=${good}`, HOST, null, null, 'a name that begins as ours'],
		[`altro=regia-session=${good}`, HOST, null, null, "ours inside another's value"],
		[`altro=1;regia-session=${good}`, HOST, null, good, 'without a space between'],
	] as readonly Row[])('%s at %s with %s → %s (%s)', (cookie, host, url, secret) => {
		expect(shownSession(credentialsOf({ host, cookie }), url)?.secret ?? null).toBe(secret);
	});

	test.each([
		'scelto-da-altri',
		'a'.repeat(43),
		'a'.repeat(42),
		`${'a'.repeat(43)}=`,
		"' OR 1=1 --",
		'../../../etc/passwd',
		'\u0000'.repeat(43),
		'%61'.repeat(15),
	])('an id that was not given out is nobody: %j', (secret) => {
		sessions.start(person, T);
		expect([sessions.check(secret, T), sessions.turn(secret, T + ROTATE_EVERY_MS)]).toEqual([null, null]);
	});

	test('a sign-in always gives an id that was not there before', () => {
		const planted = sessions.start(person, T).secret;
		expect(sessions.start(person, T).secret).not.toBe(planted);
	});

	test.each([
		[sessionLine('x', true), ['__Host-regia-session=x', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'], ['Domain', 'Max-Age']],
		[sessionLine('x', false), ['regia-session=x', 'HttpOnly', 'SameSite=Strict', 'Path=/'], ['Domain', 'Secure']],
		[transactionLine('x', true), ['__Host-regia-sign-in=x', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=600'], ['Domain']],
		[transactionLine('x', false), ['regia-sign-in=x', 'HttpOnly', 'SameSite=Lax'], ['Domain', 'Secure']],
		[noSession()[0] ?? '', ['regia-session=', 'Max-Age=0'], []],
		[noSession()[1] ?? '', ['__Host-regia-session=', 'Max-Age=0', 'Secure'], []],
		[noTransaction(true), ['__Host-regia-sign-in=', 'Max-Age=0', 'Secure'], []],
	])('%s', (line, has, lacks) => {
		const parts = line.split('; ');
		expect(has.filter((one) => !parts.includes(one))).toEqual([]);
		expect(lacks.filter((one) => parts.some((part) => part.startsWith(one)))).toEqual([]);
	});

	test("a session speaks before a screen's cookie, and a screen's cookie once the session is over", () => {
		const grant = { kind: 'display', name: 'parete-1', audience: 'wall' } as const;
		let isInside = true;
		const identify = createIdentify(
			() => ({ grant }),
			false,
			() => (isInside ? { kind: 'person', name: 'turno-1', duties: [{ role: 'viewer' }], session: 'f' } : null),
		);
		const shown = credentialsOf({ host: HOST, cookie: `regia=t; ${plain}` });
		expect(identify(shown).kind).toBe('person');
		isInside = false;
		expect(identify(shown).kind).toBe('display');
		expect(identify({ ...shown, family: 'f' }).kind).toBe('nobody');
		isInside = true;
		expect(identify({ ...shown, sameOrigin: false }).kind).toBe('nobody');
	});

	test.each([
		['/archives', '/archives'],
		['/wall/cutover', '/wall/cutover'],
		[null, '/'],
		['', '/'],
		['//altrove.example', '/'],
		['/\\altrove.example', '/'],
		['https://altrove.example', '/'],
		['/a?b=https://altrove.example', '/'],
		['javascript:alert(1)', '/'],
		['/%2f%2faltrove.example', '/'],
		['/\taltrove', '/'],
		['/a\r\nSet-Cookie: x=1', '/'],
	])('after sign-in %j leads to %s', (to, path) => expect(pathWithin(to)).toBe(path));
});
