// A press desk against a running Regia: composes, arms, releases and withdraws over the wire as people do. Knows no test's expectations.
import { type Answer, ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import type { RunningRegia } from './server.ts';

export const pressPlan = (rest = ''): string => `${nightPlan()}press:
  issuer: Regione inventata
  publicUrl: https://sala.example.it
  facts: [{ label: { it: Fondi, en: Funds }, value: { it: 10 milioni, en: 10 million }, source: Delibera inventata }]
  live:
    adesso: { title: { it: I dati adesso, en: The data now }, figures: [archives.moved, service.state/pronto-soccorso], progress: archives.done }
${rest}`;

export const contentOf = (rest: object = {}): object => ({
	template: 'milestone',
	title: { it: 'I dati del trasferimento', en: '' },
	heroes: [{ key: 'archives.moved', caption: null }],
	chart: null,
	lists: [{ title: { it: 'Servizi', en: 'Services' }, keys: ['service.state/pronto-soccorso', 'archives.done'] }],
	sentences: [{ it: 'I servizi continuano.', en: 'Services go on.' }],
	facts: true,
	incident: null,
	...rest,
});

export type PressDesk = ReturnType<typeof openPressDesk>;

export function openPressDesk(regia: Pick<RunningRegia, 'url' | 'token'>) {
	const person = (name: string, ...roles: readonly ('press-author' | 'press-releaser' | 'commander' | 'viewer' | 'administrator')[]): string =>
		regia.token({ kind: 'person', name, duties: roles.map((role) => ({ role })) });
	const send = (path: string, token: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
		ask(`${regia.url}${path}`, { token, body: JSON.stringify(body), headers });
	const author = person('autore', 'press-author');
	const releaser = person('approva', 'press-releaser');

	async function nonceFor(mark: object, token: string): Promise<string> {
		const answer = await send('/api/arm', token, { mark });
		return (answer.json as { nonce?: string }).nonce ?? `none: ${answer.status}`;
	}
	async function draft(rest: object = {}, moment: object = {}, token = author): Promise<string> {
		const answer = await send('/api/press', token, { content: contentOf(rest), ...moment });
		if (answer.status !== 201) throw new Error(`not drafted: ${answer.status} ${answer.text}`);
		return (answer.json as { id: string }).id;
	}
	async function release(sheet: string, rest: object = {}, token = releaser): Promise<Answer> {
		const nonce = await nonceFor({ kind: 'press', act: 'release', sheet, ...rest }, token);
		return send(`/api/press/${sheet}/release`, token, { nonce, ...rest });
	}
	async function withdraw(sheet: string, reason: string, token = releaser): Promise<Answer> {
		const nonce = await nonceFor({ kind: 'press', act: 'withdraw', sheet, reason }, token);
		return send(`/api/press/${sheet}/withdraw`, token, { nonce, reason });
	}
	async function released(rest: object = {}): Promise<string> {
		const sheet = await draft(rest);
		const answer = await release(sheet);
		if (answer.status !== 202) throw new Error(`not released: ${answer.status} ${answer.text}`);
		return sheet;
	}
	return { person, send, author, releaser, nonceFor, draft, release, withdraw, released };
}

export const codeOf = ({ status, json }: Answer): string => `${status} ${(json as { code?: string } | undefined)?.code ?? ''}`.trim();
