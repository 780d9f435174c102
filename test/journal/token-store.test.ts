// Tokens at rest: a secret is told once and kept as a hash, revocation holds at once, also for another process's store.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TokenGrant, TokenStore } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';

const source: TokenGrant = { kind: 'source', name: 'rclone-1', subjects: ['archive/*'] };
const grants: readonly TokenGrant[] = [
	source,
	{ kind: 'display', name: 'wall-3', audience: 'wall' },
	{ kind: 'field', name: 'er-1' },
	{ kind: 'person', name: 'commander', duties: [{ role: 'commander' }] },
];

describe('the token store', () => {
	let folder: string;
	let now: number;
	let store: TokenStore;
	let other: TokenStore;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'regia-tokens-'));
		now = Date.UTC(2025, 9, 25);
		store = openTokenStore(folder, () => now);
		other = openTokenStore(folder, () => now);
	});
	afterEach(() => {
		store.close();
		other.close();
		rmSync(folder, { recursive: true });
	});

	test.each(grants)('gives a $kind its grant back for its secret', (grant) => {
		const { id, secret } = store.make(grant, now);
		expect(secret).toMatch(new RegExp(`^regia_${id}_[A-Za-z0-9_-]{43}$`));
		expect(store.check(secret)).toEqual({ id, grant });
		expect(other.check(secret)).toEqual({ id, grant });
	});

	test('keeps no secret on the disk', () => {
		const { secret } = store.make(source, now);
		store.close();
		other.close();
		const kept = readFileSync(join(folder, 'tokens.db')).toString('latin1');
		expect(kept).toContain('rclone-1');
		expect(kept).not.toContain(secret.split('_').slice(2).join('_'));
		store = openTokenStore(folder);
		other = openTokenStore(folder);
		expect(store.check(secret)?.grant).toEqual(source);
	});

	test('knows no secret but the whole right one', () => {
		const { id, secret } = store.make(source, now);
		const swapped = secret.endsWith('A') ? 'B' : 'A';
		const strange = ['', 'x', id, `regia_${id}_`, secret.slice(0, -1), secret.slice(0, -1) + swapped, `${secret} `, secret.replace(id, '0123456789')];
		for (const one of [...strange, store.make(source, now).secret.replace(/_[0-9a-f]{10}_/, `_${id}_`)]) expect(store.check(one)).toBeNull();
		expect(store.check(secret)).not.toBeNull();
	});

	test('ends a token at once, in both stores and after a restart', () => {
		const { id, secret } = store.make(source, now);
		expect(other.check(secret)).not.toBeNull();
		expect(store.revoke(id, now + 5)).toBe(true);
		expect(store.check(secret)).toBeNull();
		expect(other.check(secret)).toBeNull();
		expect(other.revoke(id, now + 6)).toBe(false);
		expect(store.revoke('0123456789', now)).toBe(false);
		expect(other.list()).toEqual([expect.objectContaining({ id, revokedAt: now + 5 })]);
	});

	test('notes the use of a token at most once a minute', () => {
		const { secret } = store.make(source, now);
		const usedAt = () => other.list()[0]?.lastUsedAt;
		expect(usedAt()).toBeNull();
		const first = now;
		store.check(secret);
		expect(usedAt()).toBe(first);
		now = first + 59_999;
		store.check(secret);
		expect(usedAt()).toBe(first);
		now = first + 60_000;
		other.check(secret);
		expect(usedAt()).toBe(first + 60_000);
	});

	test('lists tokens in the order they were made', () => {
		const made = grants.map((grant, n) => store.make(grant, now + n).id);
		expect(other.list().map(({ id, grant, madeAt }) => ({ id, grant, madeAt }))).toEqual(
			grants.map((grant, n) => ({ id: made[n], grant, madeAt: now + n })),
		);
	});
});
