// Asks the provider again, while a session lives, whether its groups are still what they were. A provider that is down changes nothing.
import type { EndReason, SessionRow } from '../domain/people.ts';
import type { Grant, Oidc } from './oidc.ts';
import type { Sessions } from './sessions.ts';

type Held = { grant: Grant; askedAt: number; asking: Promise<void> | null; isUnsaved: boolean };

export type GroupWatchPorts = {
	readonly oidc: Oidc;
	readonly sessions: Sessions;
	readonly everyMs: number;
	now(): number;
	changed(row: SessionRow, groups: readonly string[]): void;
	end(row: SessionRow, why: EndReason): void;
};

export type GroupWatch = {
	hold(family: string, grant: Grant): void;
	grantOf(family: string): Grant | null;
	/** Called with every request that shows the session: takes up what was sealed, saves what is new, waits where it was not asked for too long. */
	settle(row: SessionRow, secret: string): Promise<void>;
	/** Asks about those who are due; and about the provider itself, where nobody is. */
	tick(rows: readonly SessionRow[]): void;
};

export function createGroupWatch({ oidc, sessions, everyMs, now, changed, end }: GroupWatchPorts): GroupWatch {
	const held = new Map<string, Held>();
	let probing = false;

	const ask = (row: SessionRow, one: Held): Promise<void> => {
		one.asking ??= (async () => {
			const answer = await oidc.askAgain(one.grant);
			one.asking = null;
			one.askedAt = now();
			const current = sessions.ofFamily(row.family, now());
			if (current === null || answer.kind === 'down') return;
			if (answer.kind !== 'same') return end(current, answer.kind === 'refused' ? 'refused-by-provider' : 'cannot-be-asked-again');
			one.isUnsaved ||= answer.grant !== one.grant;
			one.grant = answer.grant;
			const isChanged = [...answer.groups].sort().join('\n') !== [...current.groups].sort().join('\n');
			if (isChanged) changed(current, answer.groups);
		})();
		return one.asking;
	};

	return {
		hold: (family, grant) => void held.set(family, { grant, askedAt: now(), asking: null, isUnsaved: false }),
		grantOf: (family) => held.get(family)?.grant ?? null,
		async settle(row, secret) {
			let one = held.get(row.family);
			if (one === undefined) {
				const kept = sessions.kept(row, secret);
				// An id that was replaced can't open what its successor sealed.
				if (kept === null) return row.previousHash === null ? end(row, 'cannot-be-asked-again') : undefined;
				one = { grant: JSON.parse(kept) as Grant, askedAt: 0, asking: null, isUnsaved: false };
				held.set(row.family, one);
			}
			const wasDownJustNow = oidc.isDown() && now() - oidc.askedAt() < everyMs;
			if (now() - one.askedAt >= 2 * everyMs && !wasDownJustNow) await ask(row, one);
			if (one.isUnsaved) {
				sessions.keep(row.family, secret, JSON.stringify(one.grant));
				one.isUnsaved = false;
			}
		},
		tick(rows) {
			const alive = new Set(rows.map(({ family }) => family));
			for (const family of held.keys()) if (!alive.has(family)) held.delete(family);
			for (const row of rows) {
				const one = held.get(row.family);
				if (one && one.asking === null && now() - one.askedAt >= everyMs) void ask(row, one);
			}
			if (probing || now() - oidc.askedAt() < everyMs) return;
			probing = true;
			void oidc.probe().finally(() => {
				probing = false;
			});
		},
	};
}
