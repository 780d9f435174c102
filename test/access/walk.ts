// The walk: asks a running server every route and every event as every caller, and says who got past the door. Knows no expectation.
import { request } from 'node:http';
import type { TokenGrant } from '../../server/domain/token.ts';
import { type Audience, audiences } from '../../shared/events.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { until } from '../kit/until.ts';
import type { Caller } from './matrix.ts';

export const grants: Readonly<Partial<Record<Caller, TokenGrant>>> = {
	source: { kind: 'source', name: 's0', subjects: ['*'] },
	'display-wall': { kind: 'display', name: 'parete', audience: 'wall' },
	'display-press': { kind: 'display', name: 'sala-stampa', audience: 'press' },
	field: { kind: 'field', name: 'genova' },
	...Object.fromEntries(
		(['viewer', 'team-lead', 'commander', 'er', 'press-author', 'press-releaser', 'alarm-operator', 'auditor', 'administrator'] as const).map(
			(role) => [role, { kind: 'person', name: `turno-${role}`, duties: [{ role }] } satisfies TokenGrant],
		),
	),
};

export type Route = { readonly method: string; readonly path: string };
export const nameOfRoute = ({ method, path }: Route): string => `${method} ${path}`;

type Told = { readonly status: number; readonly text: string };

/** A body that no route can do anything with: past the door it is refused as malformed, and changes nothing. */
function knock(url: string, { method, path }: Route, token: string | undefined): Promise<Told> {
	const asked = new URL(path.replace(/:\w+/g, 'x'), url);
	return new Promise((resolve, reject) => {
		const call = request(
			asked,
			{ method: method === 'GET' ? 'GET' : 'POST', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
			(answer) => {
				let text = '';
				answer.setEncoding('utf8');
				answer.on('data', (piece: string) => {
					text += piece;
				});
				answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
			},
		);
		call.once('error', reject);
		call.end(method === 'GET' ? undefined : '{"x":');
	});
}

/** The door's own two refusals; a handler that doesn't know a code or a name answers otherwise. */
const isPast = ({ status, text }: Told): boolean =>
	!(status === 401 && text.includes('"A token is needed"')) && !(status === 403 && text.includes('"not-permitted"'));

export async function mayKnock(url: string, route: Route, token: string | undefined): Promise<boolean> {
	const told = await knock(url, route, token);
	const isShut = told.status === 429 && told.text.includes('Too many requests');
	if (isShut || told.status >= 500) throw new Error(`${nameOfRoute(route)} answered ${told.status}: ${told.text}`);
	return isPast(told);
}

const payloads: Readonly<Record<string, unknown>> = {
	vitals: { seq: 1, paintMs: 4, heapBytes: null, clockOffsetMs: 0 },
	resume: { epoch: 'x', seq: 0, hash: '' },
	since: { epoch: 'x', seq: 0, hash: '' },
	mark: { kind: 'note', text: 'prova dei permessi' },
};

/** The audiences where this caller has a place, and the events that it gets an answer to. */
export async function listenAs(url: string, token: string | undefined, events: readonly string[]) {
	const watched: Audience[] = [];
	const answered: Record<string, boolean> = {};
	for (const audience of audiences) {
		const screen = openScreen({ url, audience, ...(token === undefined ? {} : { token }) });
		await until(`an answer on ${audience}`, () => screen.state() ?? screen.refusal());
		if (screen.state() !== null) {
			watched.push(audience);
			if (watched.length === 1) {
				for (const event of events) {
					const ack = (await (screen.socket as unknown as { emitWithAck(name: string, payload: unknown): Promise<unknown> }).emitWithAck(
						event,
						payloads[event],
					)) as { ok: boolean; code?: string };
					if (!ack.ok && ack.code !== 'not-permitted') throw new Error(`${event} answered ${ack.code}`);
					answered[event] = ack.ok;
				}
			}
		}
		screen.close();
	}
	return { watched, answered };
}
