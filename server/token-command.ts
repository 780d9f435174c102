// npm run token: makes, rotates, lists and revokes tokens in a data folder, also while the server runs. A secret is printed once.
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { audiences } from '../shared/events.ts';
import { roles, stateOf, type TokenGrant, type TokenRow, type TokenStore } from './domain/token.ts';
import { grantSchema, lifeSchema, overlapSchema, toGrant } from './domain/token-ask.ts';
import { sitesInForce } from './journal/sites-in-force.ts';
import { openTokenStore } from './journal/token-store.ts';

const usage = `npm run token -- make source NAME [--subjects GLOB[,GLOB]] [--measures GLOB[,GLOB]]   what a source may speak about (default: everything)
                 make display NAME --audience ${audiences.join('|')}
                 make field SITE
                 make person NAME --role ${roles.join('|')} [--teams TEAM[,TEAM]] [--site SITE]
                 link display NAME --audience … | link field SITE   a link that lets one screen in, once, within a day (--valid 1d)
                 rotate ID [--overlap 1h]   a new secret; the old one works until then
                 list
                 revoke ID
                 [--expires 30d]   when what is made ends by itself (default: never)
                 [--why TEXT]      stands in the record
                 [--data DIR]      the data folder (.regia/data, or REGIA_DATA)
                 [--url URL]       where screens find Regia, for link (http://127.0.0.1:4600)`;

const verbs = ['make', 'link', 'rotate', 'list', 'revoke'] as const;
const DAY_MS = 86_400_000;

function fail(message: string): never {
	console.error(`${message}\n\n${usage}`);
	process.exit(2);
}

type Options = Readonly<Record<string, string | undefined>>;

function grantOf(kind: string | undefined, name: string | undefined, { subjects, measures, audience, role, teams, site }: Options): TokenGrant {
	const scope: Readonly<Record<string, object>> = {
		source: { subjects: (subjects ?? '*').split(','), ...(measures === undefined ? {} : { measures: measures.split(',') }) },
		display: { audience },
		field: {},
		person: { duties: [{ role, ...(teams === undefined ? {} : { teams: teams.split(',') }), ...(site === undefined ? {} : { site }) }] },
	};
	const read = grantSchema.safeParse({ kind, name, ...(scope[kind ?? ''] ?? {}) });
	if (read.success) return toGrant(read.data);
	const [issue] = read.error.issues;
	return fail(`${issue?.path.findLast((one) => typeof one === 'string') ?? 'token'}: ${issue?.message ?? 'not as expected'}`);
}

function spanOf(flag: string, text: string | undefined, schema: typeof lifeSchema): number | null {
	if (text === undefined) return null;
	const read = schema.safeParse(text);
	return read.success ? read.data : fail(`--${flag}: ${read.error.issues[0]?.message ?? 'a duration with its unit, as 30d'}`);
}

function lineOf(row: TokenRow, now: number): string {
	const { kind, name, ...scope } = row.grant;
	const iso = (instant: number): string => new Date(instant).toISOString();
	const used = row.lastUsedAt === null ? 'never used' : `used ${iso(row.lastUsedAt)}`;
	const ends = row.expiresAt === null ? 'no end' : `ends ${iso(row.expiresAt)}`;
	return [row.id, kind, name, JSON.stringify(Object.values(scope)), used, ends, stateOf(row, now)].join('\t');
}

/** A site that no plan has is a slip of the keyboard; where the plan can't be known, that is said, and nothing is held up. */
function demandSite(folder: string, grant: TokenGrant): void {
	const asked = grant.kind === 'field' ? [grant.name] : grant.kind === 'person' ? grant.duties.flatMap(({ site }) => site ?? []) : [];
	if (asked.length === 0) return;
	const known = sitesInForce(folder);
	for (const site of asked) {
		if ('unknown' in known) console.error(`Whether the plan has a site "${site}" is not known: ${known.unknown}.`);
		else if (!known.sites.includes(site)) {
			const others = known.sites.length === 0 ? 'it has no sites' : `its sites are ${known.sites.join(', ')}`;
			fail(`the plan in force in ${folder} has no site "${site}": ${others}. A site of a newer plan is known once Regia was started with it`);
		}
	}
}

function act(store: TokenStore, folder: string, verb: (typeof verbs)[number], rest: readonly string[], options: Options): void {
	const now = Date.now();
	const origin = {
		by: `terminal/${userInfo().username}`,
		from: 'terminal',
		...(options.why === undefined ? {} : { why: options.why.slice(0, 200) }),
	};
	const life = spanOf('expires', options.expires, lifeSchema);
	const expiresAt = life === null ? null : now + life;
	const [id = ''] = rest;
	if (verb === 'list') {
		for (const row of store.list()) console.log(lineOf(row, now));
	} else if (verb === 'revoke') {
		if (!store.revoke(id, now, origin)) fail(`there is no valid token "${id}"`);
		console.log(`Revoked ${id}.`);
	} else if (verb === 'rotate') {
		const formerUntil = now + (spanOf('overlap', options.overlap ?? '1h', overlapSchema) ?? 0);
		const rotated = store.rotate(id, now, formerUntil, origin) ?? fail(`there is no valid token "${id}"`);
		console.error(`Token ${id} has a new secret, shown only now; the former one works until ${new Date(formerUntil).toISOString()}:`);
		console.log(rotated.secret);
	} else if (verb === 'link') {
		const grant = grantOf(rest[0], rest[1], options);
		if (grant.kind !== 'display' && grant.kind !== 'field') fail('a link is for a display or a field');
		demandSite(folder, grant);
		const validUntil = now + (spanOf('valid', options.valid, lifeSchema) ?? DAY_MS);
		const { code } = store.link(grant, now, { validUntil, expiresAt }, origin);
		console.error(`A link for ${grant.kind} ${grant.name}, good once, until ${new Date(validUntil).toISOString()}:`);
		console.log(`${(options.url ?? 'http://127.0.0.1:4600').replace(/\/$/, '')}/enter#${code}`);
	} else {
		const grant = grantOf(rest[0], rest[1], options);
		demandSite(folder, grant);
		const made = store.make(grant, now, { expiresAt, origin });
		console.error(`Token ${made.id} for ${grant.kind} ${grant.name}. It is shown only now:`);
		console.log(made.secret);
	}
}

function main(): void {
	z.config(z.locales.en());
	const text = { type: 'string' } as const;
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		strict: true,
		options: {
			data: text,
			subjects: text,
			measures: text,
			audience: text,
			role: text,
			teams: text,
			site: text,
			expires: text,
			overlap: text,
			valid: text,
			why: text,
			url: text,
		},
	});
	const [asked, ...rest] = positionals;
	const verb = verbs.find((one) => one === asked) ?? fail(`${verbs.join(', ')}${asked ? `, not "${asked}"` : ''}`);
	const folder = values.data ?? process.env.REGIA_DATA ?? '.regia/data';
	mkdirSync(folder, { recursive: true });
	const store = openTokenStore(folder);
	try {
		act(store, folder, verb, rest, values);
	} finally {
		store.close();
	}
}

try {
	main();
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}
