// npm run token: makes, lists and revokes tokens in a data folder, also while the server runs. A secret is printed once.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { audiences } from '../shared/events.ts';
import { idPattern } from '../shared/subject.ts';
import { roles, type TokenGrant } from './domain/token.ts';
import { openTokenStore } from './journal/token-store.ts';

const usage = `npm run token -- make source NAME [--subjects GLOB[,GLOB]]   what a source may speak about (default: everything)
                 make display NAME --audience ${audiences.join('|')}
                 make field SITE
                 make person NAME --role ${roles.join('|')} [--teams TEAM[,TEAM]] [--site SITE]
                 list
                 revoke ID
                 [--data DIR]   the data folder (.regia/data, or REGIA_DATA)`;

function fail(message: string): never {
	console.error(`${message}\n\n${usage}`);
	process.exit(2);
}

function grantOf(kind: string | undefined, name: string | undefined, options: Record<string, string | undefined>): TokenGrant {
	if (name === undefined || !idPattern.test(name)) fail(`a name of a–z, 0–9 and hyphens is needed${name === undefined ? '' : `, not "${name}"`}`);
	if (kind === 'source') return { kind, name, subjects: (options.subjects ?? '*').split(',') };
	if (kind === 'field') return { kind, name };
	if (kind === 'display') {
		const audience = audiences.find((one) => one === options.audience) ?? fail(`--audience is one of ${audiences.join(', ')}`);
		return { kind, name, audience };
	}
	if (kind === 'person') {
		const role = roles.find((one) => one === options.role) ?? fail(`--role is one of ${roles.join(', ')}`);
		const { teams, site } = options;
		return { kind, name, duties: [{ role, ...(teams === undefined ? {} : { teams: teams.split(',') }), ...(site === undefined ? {} : { site }) }] };
	}
	return fail(`a token is for a source, display, field or person, not "${kind ?? ''}"`);
}

function main(): void {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		strict: true,
		options: {
			data: { type: 'string' },
			subjects: { type: 'string' },
			audience: { type: 'string' },
			role: { type: 'string' },
			teams: { type: 'string' },
			site: { type: 'string' },
		},
	});
	const [verb, ...rest] = positionals;
	if (verb !== 'make' && verb !== 'list' && verb !== 'revoke') fail(`make, list or revoke${verb ? `, not "${verb}"` : ''}`);
	const grant = verb === 'make' ? grantOf(rest[0], rest[1], values) : null;
	const folder = values.data ?? process.env.REGIA_DATA ?? '.regia/data';
	mkdirSync(folder, { recursive: true });
	const store = openTokenStore(folder);
	try {
		if (grant) {
			const { id, secret } = store.make(grant, Date.now());
			console.error(`Token ${id} for ${grant.kind} ${grant.name}. It is shown only now:`);
			console.log(secret);
		} else if (verb === 'list') {
			for (const row of store.list()) {
				const { kind, name, ...scope } = row.grant;
				const used = row.lastUsedAt === null ? 'never used' : `used ${new Date(row.lastUsedAt).toISOString()}`;
				console.log([row.id, kind, name, JSON.stringify(Object.values(scope)), used, row.revokedAt === null ? 'valid' : 'revoked'].join('\t'));
			}
		} else if (!store.revoke(rest[0] ?? '', Date.now())) fail(`there is no valid token "${rest[0] ?? ''}"`);
		else console.log(`Revoked ${rest[0]}.`);
	} finally {
		store.close();
	}
}

try {
	main();
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}
