// The walk over the buttons: every page and panel as every role, each acting button there or not as the matrix kept by hand says; and no
// button that calls itself quiet asks the server to change anything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, type ReactNode } from 'react';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { type Ask, useScreen } from '../../client/store/hooks.ts';
import type { Token } from '../../client/views/access.page.tsx';
import { ActButton } from '../../client/views/act-button.tsx';
import { ClaimView } from '../../client/views/claim.view.tsx';
import { DeskView } from '../../client/views/desk.view.tsx';
import { SignInView } from '../../client/views/sign-in.view.tsx';
import { RevokePanel, RotatePanel } from '../../client/views/token-acts.tsx';
import { actions, mayDo, type Who } from '../../server/domain/may.ts';
import { routes } from '../../server/web/people.route.ts';
import type { Me, Whose } from '../../shared/me.ts';
import { buttonMatrix, type Caller, ownButtons } from '../access/matrix.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { alarmLiteral, alarmsOf, breakdownLiteral, channelLiteral } from '../kit/breakdown-literal.ts';
import { siteFacts } from '../kit/er-literal.ts';
import { figuresAnswer, sheetFacts } from '../kit/press-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

/** The team and the site of whoever leads or counts in the walk; what the board literal has besides is another's. */
const OWN_TEAM = 'ict';
const OWN_SITE = 'genova';
/** A draft of somebody else's. */
const SHEET = '7f3k-92qd';

const roles = ['viewer', 'team-lead', 'commander', 'er', 'press-author', 'press-releaser', 'alarm-operator', 'auditor', 'administrator'] as const;
const persons: readonly (readonly [Caller, Who])[] = [
	['nobody', { kind: 'nobody' }],
	...roles.map((role): readonly [Caller, Who] => {
		const limits = role === 'team-lead' ? { teams: [OWN_TEAM] } : role === 'er' ? { site: OWN_SITE } : {};
		return [role, { kind: 'person', name: `turno-${role}`, duties: [{ role, ...limits }], session: 'x' }];
	}),
];

/** What the server itself would say at GET /api/me. */
async function meOf(who: Who): Promise<Me> {
	const me = routes.find(({ path }) => path === '/api/me');
	const people = { ways: ['oidc', 'break-glass', 'token'], isProviderDown: () => false, isUnclaimed: () => false };
	const reply = await me?.handle({ who } as never, { people } as never);
	return (reply as unknown as { readonly json: Me }).json;
}

// Those pages come when they are asked for: here they are at hand.
await Promise.all([
	import('../../client/views/press.page.tsx'),
	import('../../client/views/press-compose.page.tsx'),
	import('../../client/views/press-sheet.page.tsx'),
]);

const token: Token = {
	id: '0123456789',
	kind: 'source',
	name: 's3',
	state: 'valid',
	expiresAt: null,
	lastUsedAt: null,
	formerUntil: null,
	subjects: ['*'],
};
const row = { at: '2025-10-21T19:00:00Z', act: 'token-made', by: 'person/x', from: '127.0.0.1', why: null, subject: 'token/x' };
let rows = 0;
const answers: Readonly<Record<string, () => object>> = {
	'/api/tokens': () => ({ tokens: [token] }),
	'/api/press': () => ({ count: 1, sheets: [] }),
	'/api/press/figures': figuresAnswer,
	'/api/audit': () => {
		rows += 1;
		return { rows: [{ ...row, seq: rows }], next: rows };
	},
};
let changes: string[] = [];
const answerTo =
	(may: (action: string) => boolean): Ask =>
	async (method, path) => {
		if (method === 'POST') changes.push(path);
		const asked = path.split('?')[0] ?? '';
		const isOpen = asked === '/api/tokens' ? may('tokens.read') : asked === '/api/audit' ? may('audit.read') : true;
		return isOpen ? { status: method === 'GET' ? 200 : 0, json: answers[asked]?.() ?? null } : { status: 403, json: { code: 'not-permitted' } };
	};

/** Every page of the desk, by its own list of addresses. */
const desk = readFileSync(join(import.meta.dirname, '../../client/views/desk.view.tsx'), 'utf8');
const failures = breakdownLiteral();
const literal = boardLiteral({
	facilities: failures.facilities,
	incidents: failures.incidents,
	statements: failures.statements,
	clocks: failures.clocks,
	channels: { posta: channelLiteral('Posta della sala') },
	press: { count: 1, rows: { [SHEET]: sheetFacts(SHEET) } },
	alarms: {
		...failures.alarms,
		active: alarmsOf(
			alarmLiteral('service-down', 'service/ps', 1, literalNow - 60_000),
			alarmLiteral('archive-bad', 'archive/cce-documenti', 2, literalNow - 60_000),
		),
	},
	sites: { [OWN_SITE]: siteFacts('Pronto Soccorso di Genova', 40, 50), altrove: siteFacts('Pronto Soccorso altrove', 20, 30) },
});
const ids: Readonly<Record<string, string>> = {
	archives: Object.keys(literal.archives)[0] ?? '',
	gates: Object.keys(literal.gates)[0] ?? '',
	er: OWN_SITE,
	press: SHEET,
	incidents: Object.keys(failures.incidents.rows)[0] ?? '',
	/** One of the walk's own team, under way. */
	runbook: 'rete-12',
};
const paths = [...desk.matchAll(/<Route path="([^"]+)"/g)].map(([, path = '/']) =>
	path.replace(/^\/(\w+)\/:\w+/, (_all, list: string) => `/${list}/${ids[list]}`),
);

/** Besides the pages: what is drawn once something was chosen, and what strangers see. */
const done = () => undefined;
const panels: Readonly<Record<string, ReactNode>> = {
	'the panel that revokes': <RevokePanel token={token} onDone={done} onCancel={done} />,
	'the panel that rotates': <RotatePanel token={token} onDone={done} onCancel={done} />,
	'the ways in': <SignInView />,
	'the first claim': <ClaimView />,
};

// Nothing is laid out here: the charts say that they have no room.
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

let staged: Staged | null = null;
afterEach(() => staged?.close());

async function show(node: ReactNode, path: string, me: Me): Promise<HTMLElement> {
	window.history.pushState(null, '', path);
	changes = [];
	staged = stageTile(
		node,
		stateOf(literal, undefined, { me }),
		'it',
		answerTo((action) => me.may.includes(action)),
	);
	// Pages that are loaded when they are wanted, and answers to what they ask.
	await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
	return staged.place;
}

type Seen = { readonly action: string; readonly of: string | null };
const seenIn = (place: HTMLElement): readonly Seen[] =>
	[...place.querySelectorAll('[data-action]')].map((one) => ({ action: one.getAttribute('data-action') ?? '', of: one.getAttribute('data-of') }));

const stages: readonly (readonly [string, string, () => ReactNode])[] = [
	...paths.map((path) => [path, path, () => <DeskView />] as const),
	...Object.entries(panels).map(([name, node]) => [name, '/', () => node] as const),
];
const seenBy = new Map<string, Map<Caller, readonly Seen[]>>();

const astray = (caller: Caller, seen: readonly Seen[]): readonly Seen[] => {
	const mine: readonly string[] = [OWN_TEAM, OWN_SITE, caller];
	const isTheirs = ({ action, of }: Seen): boolean =>
		of === null || !ownButtons[action]?.includes(caller) || of.split(' ').some((one) => mine.includes(one));
	return seen.filter((one) => !buttonMatrix[one.action]?.includes(caller) || !isTheirs(one));
};

describe.each(persons)('%s', (caller, who) => {
	test.each(stages)('%s shows the buttons that the matrix gives, and the quiet ones change nothing', async (name, path, node) => {
		const me = await meOf(who);
		const place = await show(node(), path, me);
		const seen = seenIn(place);
		const all = seenBy.get(name) ?? new Map<Caller, readonly Seen[]>();
		seenBy.set(name, all.set(caller, seen));
		expect(astray(caller, seen)).toEqual([]);
		for (const quiet of place.querySelectorAll<HTMLElement>('[data-quiet]')) await act(async () => quiet.click());
		expect(changes).toEqual([]);
		const silent = [...place.querySelectorAll('button:not([data-quiet])')].filter((one) => one.closest('[data-action]') === null);
		expect(silent.map((one) => one.textContent)).toEqual([]);
	});
});

describe('the matrix', () => {
	/** A button that one of them sees on a page is seen there by all whom the matrix names, unless it is theirs alone. */
	test.each(Object.entries(buttonMatrix))('%s is seen, and by all of %j', (action, callers) => {
		const pages = [...seenBy].filter(([, all]) => [...all.values()].flat().some((one) => one.action === action));
		expect(pages.length, `no page or panel of this walk shows a button of ${action}: add one to \`panels\``).toBeGreaterThan(0);
		const mustSee = callers.filter((caller) => !ownButtons[action]?.includes(caller));
		for (const caller of mustSee)
			expect(
				[...seenBy.values()].some((all) => all.get(caller)?.some((one) => one.action === action)),
				caller,
			).toBe(true);
	});
});

test('a button that slips through is caught, and a quiet one that acts', async () => {
	const viewer = await meOf({ kind: 'person', name: 'x', duties: [{ role: 'viewer' }] });
	const place = await show(<ActButton action="tokens.make">x</ActButton>, '/', { ...viewer, may: [...viewer.may, 'tokens.make'] });
	expect(astray('viewer', seenIn(place))).toEqual([{ action: 'tokens.make', of: null }]);
	staged?.close();
	const Acts = () => {
		const { ask } = useScreen();
		return <button type="button" data-quiet onClick={() => ask('POST', '/api/marks', {})} />;
	};
	const other = await show(<Acts />, '/', viewer);
	await act(async () => other.querySelector<HTMLElement>('[data-quiet]')?.click());
	expect(changes).toEqual(['/api/marks']);
});

describe('what a button is told', () => {
	const things: readonly Whose[] = [
		{},
		{ team: OWN_TEAM },
		{ team: 'fornitore-a' },
		{ site: OWN_SITE },
		{ site: 'altrove' },
		{ role: 'er' },
		{ role: 'commander' },
	];
	test.each(persons)('is what the server would answer to %s, for every action and thing', async (_caller, who) => {
		const { mayDo: told } = await import('../../client/views/use-may.ts');
		const me = await meOf(who);
		for (const action of actions) {
			expect(told(me, action), action).toBe(mayDo(who, action));
			for (const of of things) expect(told(me, action, of), `${action} ${JSON.stringify(of)}`).toBe(mayDo(who, action, of));
		}
	});
});

afterAll(() => {
	const seen = [...seenBy.values()].flatMap((all) => [...all.values()]).flat().length;
	console.info(`the walk over the buttons: ${stages.length} pages and panels as ${persons.length} callers, ${seen} acting buttons seen`);
});
