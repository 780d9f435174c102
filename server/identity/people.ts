// Who is inside and how they came in: joins provider, local accounts, sessions and the first claim behind the web's port.
// Every coming and going is handed to `note`, for the record. Uses the real clock, in a rehearsal too.
import { randomBytes } from 'node:crypto';
import type { AuditDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';
import { idPattern } from '../../shared/subject.ts';
import { type Credentials, cookieIn, type SessionWho } from '../domain/may.ts';
import {
	type AccountStore,
	type Door,
	dutiesOf,
	type EndReason,
	type NotIn,
	type People,
	type RefusalReason,
	type SessionRow,
	type SessionStore,
} from '../domain/people.ts';
import type { Duty } from '../domain/token.ts';
import { type Claim, createClaim } from './claim.ts';
import { noSession, noTransaction, sessionLine, shownSession, TRANSACTION_COOKIE, transactionLine } from './cookies.ts';
import { createGroupWatch, type GroupWatch } from './group-watch.ts';
import { createLocalAccounts, newAccount } from './local-accounts.ts';
import { createOidc, type Transaction } from './oidc.ts';
import { createSessions, type NewSession, seal, unseal } from './sessions.ts';

export type PeopleSetup = {
	readonly access: Plan['access'];
	readonly sessions: SessionStore;
	readonly accounts: AccountStore;
	/** Whether a person's token was ever made: then somebody is in charge here. */
	hasPersonToken(): boolean;
	readonly isRehearsal: boolean;
	secret(name: string): string | undefined;
	readonly askEveryMs: number;
	now(): number;
	note(audit: Omit<AuditDraft, 'kind' | 'at'>): Promise<void>;
};

export type PeopleInside = People & {
	sessionOf(credentials: Credentials): SessionWho | null;
	/** The first administrator's code; null where this Regia is somebody's already. */
	readonly claimCode: string | null;
	close(): void;
};

const TICK_MS = 1000;
const TRANSACTION_LASTS_MS = 600_000;
const FIRST_ADMINISTRATOR = 'first-administrator';
const administrator: readonly Duty[] = [{ role: 'administrator' }];
/** Refusals of one kind a minute that are worth an entry; the rest would only fill the record. */
const REFUSALS_NOTED = 20;
type Sealed = Transaction & { readonly to: string; readonly until: number };

/** A path of our own pages; anything else leads home. */
export const pathWithin = (to: string | null): string => (to !== null && /^\/(?!\/)[\w/-]{0,200}$/.test(to) ? to : '/');

export function createPeople(setup: PeopleSetup): PeopleInside {
	const { access, accounts, now, note } = setup;
	const publicUrl = access.oidc?.publicUrl ?? null;
	const isPublicSecure = publicUrl?.startsWith('https:') ?? false;
	const sessions = createSessions(setup.sessions, access.sessions);
	const local = access.breakGlass ? createLocalAccounts(accounts, now) : null;
	const secretName = access.oidc?.clientSecretFrom;
	const oidc = access.oidc ? createOidc(access.oidc, secretName === undefined ? null : (setup.secret(secretName) ?? null), now) : null;
	/** Seals a sign-in on its way; a restart means trying again. */
	const transactionKey = randomBytes(32).toString('base64url');
	const noted = new Map<string, { from: number; count: number }>();
	let isClaimed = setup.isRehearsal;

	const isUnclaimed = (): boolean => {
		isClaimed ||= accounts.isClaimed() || setup.hasPersonToken();
		return !isClaimed;
	};
	const claim: Claim | null = isUnclaimed() ? createClaim(now) : null;

	const nameOf = ({ name }: Pick<SessionRow, 'name'>): string => `person/${name}`;
	const dutiesAt = ({ way, subject, groups }: Pick<SessionRow, 'way' | 'subject' | 'groups'>): readonly Duty[] => {
		if (way === 'oidc') return oidc ? dutiesOf(groups, access) : [];
		if (way === 'claim') return administrator;
		return local ? (accounts.get(subject)?.duties ?? []) : [];
	};
	const rowOf = (credentials: Credentials): SessionRow | null => {
		if (credentials.family !== undefined) return sessions.ofFamily(credentials.family, now());
		const shown = shownSession(credentials, publicUrl);
		return shown && sessions.check(shown.secret, now());
	};
	const end = (row: SessionRow, why: EndReason | 'idle' | 'absolute', from = 'server'): void => {
		if (sessions.end(row.family)) void note({ act: 'session-ended', by: nameOf(row), from, why, detail: { way: row.way } });
	};

	const watch: GroupWatch | null =
		oidc &&
		createGroupWatch({
			oidc,
			sessions,
			everyMs: setup.askEveryMs,
			now,
			end,
			changed(row, groups) {
				const duties = dutiesAt({ ...row, groups });
				const isSame = JSON.stringify(duties) === JSON.stringify(dutiesAt(row));
				sessions.setGroups(row.family, groups);
				const roles = duties.map(({ role }) => role).join(' ');
				if (!isSame) void note({ act: 'duties-changed', by: nameOf(row), from: 'provider', detail: { roles } });
				if (duties.length === 0) end(row, 'no-role');
			},
		});

	async function refuse(why: RefusalReason, from: string, by = 'nobody'): Promise<NotIn> {
		const key = `${why} ${from}`;
		const at = now();
		if (noted.size > 1000) noted.clear();
		const last = noted.get(key);
		const entry = last && at - last.from < 60_000 ? last : { from: at, count: 0 };
		noted.set(key, entry);
		entry.count += 1;
		if (entry.count <= REFUSALS_NOTED) await note({ act: 'sign-in-refused', by, from, why });
		return { ok: false, why };
	}

	/** Whatever the browser showed before is ended, and a new id given. */
	async function enter(session: NewSession, { from, isSecure, credentials }: Door) {
		const before = rowOf(credentials);
		if (before) end(before, 'replaced', from);
		const { row, secret } = sessions.start(session, now());
		accounts.claim();
		await note({ act: 'signed-in', by: nameOf(row), from, detail: { way: row.way } });
		return { row, cookies: [sessionLine(secret, isSecure)] };
	}

	const tick = (): void => {
		for (const row of sessions.all()) {
			const over = sessions.over(row, now());
			if (over) end(row, over);
			else if (dutiesAt(row).length === 0) end(row, row.way === 'break-glass' ? 'account-removed' : 'no-role');
		}
		watch?.tick(sessions.all().filter(({ way }) => way === 'oidc'));
		for (const { act, subject, at } of accounts.takePending())
			void note({ act, by: 'command', from: 'terminal', detail: { at }, ...(subject ? { subject } : {}) });
	};
	tick();
	const timer = setInterval(tick, TICK_MS);

	return {
		ways: [...(oidc ? (['oidc'] as const) : []), ...(local ? (['break-glass'] as const) : []), 'token'],
		claimCode: claim?.code ?? null,
		isProviderDown: () => oidc?.isDown() ?? false,
		isUnclaimed,
		sessionOf(credentials) {
			const row = rowOf(credentials);
			if (row === null) return null;
			const duties = dutiesAt(row);
			return duties.length === 0 ? null : { kind: 'person', name: row.name, duties, session: row.family };
		},
		async settle(credentials) {
			const shown = shownSession(credentials, publicUrl);
			const row = shown && sessions.check(shown.secret, now());
			if (shown && row?.way === 'oidc') await watch?.settle(row, shown.secret);
		},
		renew(credentials, isAct) {
			const shown = shownSession(credentials, publicUrl);
			const row = shown && sessions.check(shown.secret, now());
			if (!shown || !row) return null;
			if (isAct) sessions.act(row.family, now());
			const next = sessions.turn(shown.secret, now());
			return next === null ? null : sessionLine(next, shown.isSecure);
		},
		async toProvider(to, from) {
			if (!oidc) return refuse('not-offered', from);
			const [state = '', nonce = '', verifier = ''] = [0, 1, 2].map(() => randomBytes(32).toString('base64url'));
			const address = await oidc.send({ state, nonce, verifier });
			if (address === null) return refuse('provider-down', from);
			const sealed: Sealed = { state, nonce, verifier, to: pathWithin(to), until: now() + TRANSACTION_LASTS_MS };
			return { ok: true, address, cookie: transactionLine(seal(JSON.stringify(sealed), transactionKey), isPublicSecure) };
		},
		async fromProvider(query, cookies, door) {
			const gone = [noTransaction(isPublicSecure)];
			const shown = cookieIn(cookies, `${isPublicSecure ? '__Host-' : ''}${TRANSACTION_COOKIE}`);
			const opened = shown === null ? null : unseal(shown, transactionKey);
			const transaction = opened === null ? null : (JSON.parse(opened) as Sealed);
			if (!oidc || transaction === null || now() >= transaction.until) return { ...(await refuse('no-transaction', door.from)), cookies: gone };
			const arrived = await oidc.receive(query, transaction);
			if (!arrived.ok) return { ...(await refuse(arrived.why, door.from)), cookies: gone };
			const { subject, name, groups, grant } = arrived.known;
			const session = { way: 'oidc', subject, name, groups, kept: JSON.stringify(grant) } as const;
			if (dutiesAt(session).length === 0) return { ...(await refuse('no-role', door.from, nameOf(session))), cookies: gone };
			const { row, cookies: made } = await enter(session, { ...door, isSecure: isPublicSecure });
			watch?.hold(row.family, grant);
			return { ok: true, cookies: [...made, ...gone], to: transaction.to };
		},
		async breakGlass(attempt, door) {
			if (!local) return refuse('not-offered', door.from);
			const checked = await local.check(attempt, door.from);
			// A name is kept only where it is an account's: what is typed there may be a password.
			const by = accounts.get(attempt.name) ? `person/${attempt.name}` : 'nobody';
			if (!checked.ok) return refuse(checked.why, door.from, by);
			const { name } = checked.account;
			const { cookies } = await enter({ way: 'break-glass', subject: name, name, groups: [], kept: null }, door);
			return { ok: true, cookies, to: '/' };
		},
		async claim(code, given, door) {
			const name = given === '' ? FIRST_ADMINISTRATOR : given;
			if (!claim?.isGood(code) || !isUnclaimed() || !idPattern.test(name)) return refuse('bad-code', door.from);
			claim.spend();
			const made = local ? await newAccount(name, administrator, now()) : null;
			if (made) accounts.make(made.account);
			accounts.claim();
			await note({ act: 'claimed', by: nameOf({ name }), from: door.from });
			const { cookies } = await enter({ way: local ? 'break-glass' : 'claim', subject: name, name, groups: [], kept: null }, door);
			return { ok: true, cookies, to: '/', password: made?.password ?? null, totp: made?.otpauth ?? null };
		},
		async signOut({ from, credentials }, everywhere) {
			const row = rowOf(credentials);
			if (row === null) return { cookies: noSession(), to: null };
			const others = everywhere ? sessions.all().filter(({ way, subject }) => way === row.way && subject === row.subject) : [];
			const grant = watch?.grantOf(row.family) ?? null;
			sessions.end(row.family);
			await note({ act: 'signed-out', by: nameOf(row), from, detail: { everywhere } });
			for (const other of others) end(other, 'everywhere', from);
			const to = row.way === 'oidc' ? await oidc?.leave(grant) : null;
			return { cookies: noSession(), to: to ?? null };
		},
		close() {
			clearInterval(timer);
			setup.sessions.close();
			accounts.close();
		},
	};
}
