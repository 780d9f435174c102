// A real OpenID Connect provider on loopback: a login form, a groups claim, roles that can be taken away, people that can be shut out, an end.
// Knows nothing of Regia but where it sends people back to.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { registerSecret } from './evidence.ts';

export type IdentityProvider = {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Which groups a person is in from now on. Nobody who is not named here can sign in. */
	setGroups(person: string, groups: readonly string[]): void;
	/** Ends all that was granted to this person. */
	shutOut(person: string): Promise<void>;
	/** No answer from here on, until `comeBack`. */
	goDown(): Promise<void>;
	comeBack(): Promise<void>;
	stop(): Promise<void>;
};

export type IdentityProviderOptions = {
	readonly port?: number;
	readonly redirectUri: string;
	readonly groups: Readonly<Record<string, readonly string[]>>;
	/** Whether it announces where to sign out; left out: it does. */
	readonly signsOut?: boolean;
};

const form = (uid: string): string =>
	`<!doctype html><title>Accesso</title><form method="post" action="/interaction/${uid}"><label>Nome <input name="name"></label><button>Avanti</button></form>`;

const askToLeave = (context: { body: unknown }, form: string): void => {
	context.body = `<!doctype html><title>Uscita</title>${form}<button form="op.logoutForm" name="logout" value="yes">Esci dal servizio</button>`;
};

export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
	const people = new Map(Object.entries(options.groups));
	const clientId = 'regia';
	const clientSecret = 'un-segreto-di-prova-abbastanza-lungo';
	const http = createServer();
	await listen(http, options.port ?? 0);
	const { port } = http.address() as AddressInfo;
	// Under another name than Regia's, so that to a browser it is another site.
	const issuer = `http://localhost:${port}`;
	const provider = new Provider(issuer, {
		clients: [
			{
				client_id: clientId,
				client_secret: clientSecret,
				redirect_uris: [options.redirectUri],
				post_logout_redirect_uris: [new URL('/', options.redirectUri).href],
				grant_types: ['authorization_code', 'refresh_token'],
				response_types: ['code'],
				token_endpoint_auth_method: 'client_secret_post',
			},
		],
		claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
		scopes: ['openid', 'profile', 'groups', 'offline_access'],
		cookies: { keys: ['una-chiave-di-prova'] },
		features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: options.signsOut ?? true, logoutSource: askToLeave } },
		interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
		pkce: { required: () => true },
		issueRefreshToken: async () => true,
		ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 86_400, IdToken: 3600, Interaction: 600, Session: 86_400, RefreshToken: 86_400 },
		async findAccount(_context, id) {
			const groups = people.get(id);
			if (!groups) return undefined;
			return { accountId: id, claims: async () => ({ sub: id, preferred_username: id, groups: [...(people.get(id) ?? [])] }) };
		},
		async loadExistingGrant(context) {
			const grant = new provider.Grant({ clientId, accountId: context.oidc.session?.accountId ?? '' });
			grant.addOIDCScope('openid profile groups offline_access');
			await grant.save();
			return grant;
		},
	});
	registerSecret('password', clientSecret);
	provider.on('grant.success', ({ body }) => {
		const given = body as Readonly<Record<string, unknown>>;
		for (const token of [given.access_token, given.refresh_token, given.id_token]) {
			// Of a signed token the part that nobody else can make.
			if (typeof token === 'string') registerSecret('provider', token.slice(token.lastIndexOf('.') + 1));
		}
	});
	provider.on('authorization.success', (_context, given) => {
		if (typeof given?.code === 'string') registerSecret('provider', given.code);
	});
	const answer = provider.callback();
	const sockets = new Set<import('node:net').Socket>();
	const follow = (server: Server): void => {
		server.on('connection', (socket) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
		});
		server.on('request', async (request, response) => {
			const [, what, uid = ''] = (request.url ?? '').split(/[/?]/);
			if (what !== 'interaction') return answer(request, response);
			if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html; charset=utf-8').end(form(uid));
			let body = '';
			for await (const chunk of request) body += String(chunk);
			const accountId = new URLSearchParams(body).get('name') ?? '';
			if (!people.has(accountId)) return void response.writeHead(303, { location: `/interaction/${uid}` }).end();
			const result = { login: { accountId } };
			await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
		});
	};
	follow(http);
	let running = http;

	const close = async (): Promise<void> => {
		const closed = new Promise<void>((resolve) => running.close(() => resolve()));
		for (const socket of sockets) socket.destroy();
		await closed;
	};

	return {
		issuer,
		clientId,
		clientSecret,
		setGroups: (person, groups) => void people.set(person, groups),
		shutOut: async (person) => void people.delete(person),
		goDown: close,
		async comeBack() {
			running = createServer();
			follow(running);
			await listen(running, port);
		},
		stop: close,
	};
}

const listen = (server: Server, port: number): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
