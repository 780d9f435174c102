// npm run account: makes, lists and removes local accounts in a data folder, also while the server runs. Password and code secret are
// printed once; a password may be chosen, and is then read from standard input, never from the command line.
import { parseArgs } from 'node:util';
import { idPattern } from '../shared/subject.ts';
import { roles } from './domain/token.ts';
import { newAccount, PASSWORD_MIN } from './identity/local-accounts.ts';
import { openAccountStore } from './journal/account-store.ts';

const usage = `npm run account -- make NAME --role ${roles.join('|')} [--teams TEAM[,TEAM]] [--site SITE]
                   [--ask-password]   read a password of at least ${PASSWORD_MIN} characters from standard input; without it one is made
                   list
                   remove NAME        its sessions end within a second
                   [--data DIR]       the data folder (.regia/data, or REGIA_DATA)
They are let in only where the plan says access.breakGlass: true.`;

function fail(message: string): never {
	console.error(`${message}\n\n${usage}`);
	process.exit(2);
}

async function askPassword(): Promise<string> {
	if (process.stdin.isTTY) console.error('Password (shown while you type):');
	let text = '';
	for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
		text += chunk.toString('utf8');
		if (text.includes('\n')) break;
	}
	const password = text.split('\n')[0]?.trimEnd() ?? '';
	return password.length >= PASSWORD_MIN ? password : fail(`a password has at least ${PASSWORD_MIN} characters`);
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		strict: true,
		options: {
			data: { type: 'string' },
			role: { type: 'string' },
			teams: { type: 'string' },
			site: { type: 'string' },
			'ask-password': { type: 'boolean' },
		},
	});
	const [verb, name = ''] = positionals;
	if (verb !== 'make' && verb !== 'list' && verb !== 'remove') fail(`make, list or remove${verb ? `, not "${verb}"` : ''}`);
	if (verb !== 'list' && !idPattern.test(name)) fail('a name of a–z, 0–9 and hyphens is needed');
	const role = roles.find((one) => one === values.role);
	if (verb === 'make' && role === undefined) fail(`--role is one of ${roles.join(', ')}`);
	const store = openAccountStore(values.data ?? process.env.REGIA_DATA ?? '.regia/data');
	try {
		if (verb === 'list') {
			for (const account of store.list())
				console.log([account.name, JSON.stringify(account.duties), new Date(account.madeAt).toISOString()].join('\t'));
		} else if (verb === 'remove') {
			if (!store.remove(name, Date.now())) fail(`there is no account "${name}"`);
			console.log(`Removed ${name}.`);
		} else if (role !== undefined) {
			if (store.get(name)) fail(`there is an account "${name}": remove it first`);
			const { teams, site } = values;
			const duty = { role, ...(teams === undefined ? {} : { teams: teams.split(',') }), ...(site === undefined ? {} : { site }) };
			const chosen = values['ask-password'] ? await askPassword() : null;
			const { account, password, otpauth } = await newAccount(name, [duty], Date.now(), chosen);
			store.make(account);
			console.error(
				`Account ${name}, ${role}. What follows is shown only now${chosen === null ? ': the password, then' : ':'} the address for an authenticator.`,
			);
			if (chosen === null) console.log(password);
			console.log(otpauth);
		}
	} finally {
		store.close();
	}
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
