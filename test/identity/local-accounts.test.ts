// Local accounts: both secrets are asked, each code is good once, guessing is bounded before it costs anything.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountStore } from '../../server/domain/people.ts';
import { codeAt, createLocalAccounts, type LocalAccounts, newAccount } from '../../server/identity/local-accounts.ts';
import { openAccountStore } from '../../server/journal/account-store.ts';
import { temporaryFolder } from '../kit/server.ts';

const T = 1_761_000_010_000;
let now: number;
let store: AccountStore;
let local: LocalAccounts;
let password: string;
let secret: string;
beforeEach(async () => {
	now = T;
	store = openAccountStore(temporaryFolder('accounts'));
	const made = await newAccount('turno-1', [{ role: 'commander' }], now);
	store.make(made.account);
	({ password } = made);
	secret = made.account.totpSecret;
	local = createLocalAccounts(store, () => now);
});
afterEach(() => store.close());

const enter = (change: Partial<{ name: string; password: string; code: string }> = {}, from = '10.0.0.1') =>
	local.check({ name: 'turno-1', password, code: codeAt(secret, now), ...change }, from);
const isIn = async (change: Parameters<typeof enter>[0] = {}, from?: string): Promise<boolean> => (await enter(change, from)).ok;

describe('a local account', () => {
	test('is made with argon2id, a password of 144 bits, and an address for an authenticator', async () => {
		const { account, otpauth, password: made } = await newAccount('turno-2', [{ role: 'viewer' }], T);
		expect(account.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
		expect(Buffer.from(made, 'base64url')).toHaveLength(18);
		expect(otpauth).toMatch(/^otpauth:\/\/totp\/Regia:turno-2\?/);
	});

	test('lets in with both secrets', async () => expect(await isIn()).toBe(true));

	test.each([
		['another password', { password: 'sbagliata-ma-lunga' }],
		['an empty password', { password: '' }],
		['a password longer than any', { password: 'a'.repeat(201) }],
		['another code', { code: '000000' }],
		['no code', { code: '' }],
		['a code that is no number', { code: 'abcdef' }],
		['an unknown name', { name: 'turno-9' }],
		['a name in capitals', { name: 'TURNO-1' }],
	])('refuses %s', async (_what, change) => expect(await isIn(change)).toBe(false));

	test('takes a code one step early or late, and no further', async () => {
		expect(await isIn({ code: codeAt(secret, now - 90_000) })).toBe(false);
		expect(await isIn({ code: codeAt(secret, now + 90_000) })).toBe(false);
		expect(await isIn({ code: codeAt(secret, now - 30_000) })).toBe(true);
		expect(await isIn({ code: codeAt(secret, now + 30_000) })).toBe(true);
	});

	test('takes each code once, and none that is older than one it took', async () => {
		expect(await isIn()).toBe(true);
		expect(await isIn()).toBe(false);
		expect(await isIn({ code: codeAt(secret, now - 30_000) })).toBe(false);
		now += 30_000;
		expect(await isIn()).toBe(true);
	});

	test('of two at the same moment with one code, one comes in', async () => {
		const answers = await Promise.all([isIn(), isIn()]);
		expect(answers.filter(Boolean)).toHaveLength(1);
	});

	test('after ten attempts from one address even the right one waits; from another address it does not', async () => {
		for (let n = 0; n < 10; n += 1) expect(await enter({ code: '' })).toMatchObject({ ok: false, why: 'wrong-credentials' });
		expect(await enter()).toMatchObject({ ok: false, why: 'too-many' });
		expect(await isIn({}, '10.0.0.2')).toBe(true);
		now += 5 * 60_000;
		expect(await isIn()).toBe(true);
	});

	test('the limit stands before the hashing: what is refused by it costs nothing', async () => {
		for (let n = 0; n < 10; n += 1) await enter({ code: '' });
		const from = performance.now();
		for (let n = 0; n < 200; n += 1) await enter();
		const refused = (performance.now() - from) / 200;
		const one = performance.now();
		await enter({}, '10.0.0.3');
		expect(refused * 5).toBeLessThan(performance.now() - one);
	});

	test('a removed one is nobody at once', async () => {
		expect(store.remove('turno-1', now)).toBe(true);
		expect(await isIn()).toBe(false);
		expect(store.takePending().map(({ act, subject }) => [act, subject])).toEqual([
			['account-made', 'account/turno-1'],
			['account-changed', 'account/turno-1'],
		]);
		expect(store.takePending()).toEqual([]);
	});
});
