// Who may import what: a row a rule, each with its reason. The compiler's project references refuse most of these as well.
import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from './sources.ts';

const sources = readSources();
const under = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const edges = ['connectors', 'identity', 'journal', 'notify', 'press', 'rehearsal', 'stream', 'web'];

type Rule = { readonly rule: string; readonly where: (path: string) => boolean; readonly forbids: (target: string, path: string) => boolean };

const only = (name: string, ...places: string[]): Rule => ({
	rule: `${name} is known in ${places.join(' and ')} alone, so that it can be replaced in one place`,
	where: (path) => !under('test')(path) && !places.some((place) => path.startsWith(place)),
	forbids: (target) => target === name || target.startsWith(`${name}/`),
});

const rules: readonly Rule[] = [
	{
		rule: 'shared imports only itself and the schema library: it is the contract of both ends',
		where: under('shared'),
		forbids: (target) => !target.startsWith('shared/') && target !== 'zod/mini',
	},
	{ rule: 'the server never imports the client', where: under('server'), forbids: under('client') },
	{ rule: 'the client never imports the server', where: (path) => under('client')(path), forbids: under('server') },
	{
		rule: 'domain and projections are pure: no edge, no package but the schema library',
		where: (path) => under('server/domain')(path) || under('server/projections')(path),
		forbids: (target) => !/^(shared|server\/domain|server\/projections)\//.test(target) && target !== 'zod/mini',
	},
	...edges.map(
		(edge): Rule => ({
			rule: `server/${edge} never imports another edge: regia.ts joins them`,
			where: under(`server/${edge}`),
			forbids: (target) => edges.some((other) => other !== edge && target.startsWith(`server/${other}/`)),
		}),
	),
	{ rule: 'tiles never import the link: they draw what the store holds', where: under('client/tiles'), forbids: under('client/link') },
	only('socket.io', 'server/stream/socket-server.ts'),
	only('express', 'server/web/app.ts'),
	only('prom-client', 'server/web/metrics.ts'),
	only('socket.io-client', 'client/link/'),
	only('openid-client', 'server/identity/oidc.ts'),
	only('@node-rs/argon2', 'server/identity/local-accounts.ts'),
	only('nodemailer', 'server/notify/email.channel.ts'),
	only('recharts', 'client/tiles/charts/'),
	only('qrcode-generator', 'client/views/field-qr.ts', 'server/press/qr.ts'),
	only('satori', 'server/press/draw-svg.ts'),
	only('@resvg/resvg-js', 'server/press/'),
	only('pdfkit', 'server/press/draw-pdf.ts'),
	only('svg-to-pdfkit', 'server/press/draw-pdf.ts'),
	only('fontkit', 'server/press/typeface.ts'),
	only('pg', 'server/connectors/'),
	only('mqtt', 'server/connectors/mqtt-subscription.ts'),
	only('@peculiar/asn1-tsp', 'server/journal/timestamp-authority.ts'),
	only('@peculiar/asn1-cms', 'server/journal/timestamp-authority.ts'),
	only('fflate', 'server/import/'),
	only('saxes', 'server/import/', 'server/press/logo.ts'),
	only('node:sqlite', 'server/journal/'),
	only('yaml', 'server/plan-yaml.ts', 'server/plan-file.ts'),
];

const offences = ({ where, forbids }: Rule, files: readonly SourceFile[]): string[] =>
	files
		.filter((file) => where(file.path))
		.flatMap((file) => file.imports.filter((one) => forbids(one, file.path)).map((one) => `${file.path} → ${one}`));

describe('imports', () => {
	it.each(rules)('$rule', (rule) => {
		expect(offences(rule, sources)).toEqual([]);
	});

	it.each([
		['server/domain/x.ts', 'server/journal/journal.ts'],
		['server/web/x.route.ts', 'express'],
		['server/stream/x.ts', 'server/web/app.ts'],
		['client/tiles/x.tile.tsx', 'client/link/link.ts'],
		['shared/x.ts', 'node:fs'],
	])('an offence of %s importing %s is caught', (path, target) => {
		const planted = [{ path, text: '', imports: [target], lines: 1 }];
		expect(rules.flatMap((rule) => offences(rule, planted)).length).toBeGreaterThan(0);
	});

	it('pure code never asks for the time or for chance', () => {
		const pure = sources.filter(({ path }) => /^(shared|server\/domain|server\/projections)\//.test(path));
		const asks = /\bDate\.now\(|new Date\(\)|Math\.random|setTimeout|setInterval|performance\.now/;
		expect(pure.filter(({ text }) => asks.test(text)).map(({ path }) => path)).toEqual([]);
		expect(pure.length).toBeGreaterThan(20);
	});
});
