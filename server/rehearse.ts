// A rehearsal: one Regia on a scenario's clock, and the scenario as its sources and people, through the public interfaces.
import { Agent, request } from 'node:http';
import type { Duty, TokenGrant } from './domain/token.ts';
import { type Regia, type RegiaSetup, startRegia } from './regia.ts';
import { openMessageSender } from './rehearsal/message-sender.ts';
import { createRehearsalClock } from './rehearsal/rehearsal-clock.ts';
import { type Post, startRehearsal } from './rehearsal/runner.ts';
import type { Scenario } from './rehearsal/scenario.ts';

export type RehearseSetup = Omit<RegiaSetup, 'clock'> & { readonly scenario: Scenario; readonly speed: number };

const ANSWER_LIMIT_MS = 10_000;

/** POST over one kept connection; resolves with the status, rejects where there is no answer. */
function poster(base: string): { readonly post: Post; close(): void } {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const post: Post = (path, body, token, headers) =>
		new Promise((resolve, reject) => {
			const length = Buffer.byteLength(body);
			const call = request(
				`${base}${path}`,
				{ agent, method: 'POST', timeout: ANSWER_LIMIT_MS, headers: { ...headers, authorization: `Bearer ${token}`, 'content-length': length } },
				(answer) => {
					let body = '';
					answer.setEncoding('utf8');
					answer.on('data', (piece: string) => {
						body += piece;
					});
					answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }));
					answer.once('error', reject);
				},
			);
			call.once('timeout', () => call.destroy(new Error('no answer in time')));
			call.once('error', reject);
			call.end(body);
		});
	return { post, close: () => agent.destroy() };
}

export async function rehearse({ scenario, speed, ...setup }: RehearseSetup): Promise<Regia> {
	const clock = createRehearsalClock({ start: scenario.start, speed });
	const people = new Map<string, string>();
	const regia = await startRegia({ ...setup, clock, isScripted: (by) => people.has(by.slice('person/'.length)) });
	const made: string[] = [];
	const secretFor = (grant: TokenGrant): string => {
		const { id, secret } = regia.tokens.make(grant, Date.now());
		made.push(id);
		return secret;
	};
	const secrets = new Map(Object.keys(setup.plan.plan.sources).map((name) => [name, secretFor({ kind: 'source', name, subjects: ['*'] })]));
	const { teams, sites } = setup.plan.plan;
	const dutyOf = (by: string): Duty =>
		Object.hasOwn(teams, by) ? { role: 'team-lead', teams: [by] } : Object.hasOwn(sites, by) ? { role: 'er', site: by } : { role: 'commander' };
	const { post, close } = poster(regia.url);
	const messages = regia.mllpPort === null ? null : openMessageSender(regia.mllpPort);
	const rehearsing = startRehearsal({
		scenario,
		clock,
		post,
		tokenOf: (source) => secrets.get(source) ?? '',
		...(messages === null ? {} : { deliver: messages.deliver }),
		markToken: (by = 'rehearsal') => {
			const secret = people.get(by) ?? secretFor({ kind: 'person', name: by, duties: [dutyOf(by)] });
			people.set(by, secret);
			return secret;
		},
		passedOver: (mark, { at, why }) =>
			setup.log.warn({ kind: mark.kind, at, why }, 'a mark of the script cannot be made as the night stands: passed over'),
		settle: () => regia.settle(),
		from: clock.now(),
	});
	rehearsing.done.then((outcome) => {
		if (outcome.kind === 'refused') setup.log.error({ outcome }, 'the rehearsal was refused and stands still');
	});
	return {
		...regia,
		async stop() {
			await rehearsing.stop();
			close();
			messages?.close();
			for (const id of made) regia.tokens.revoke(id, Date.now());
			await regia.stop();
		},
	};
}
