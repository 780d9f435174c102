// Joins the plan's channels with the outside world and the record: what waits in an outbox leaves. Regia without channels has none of this.
import { createConnection } from 'node:net';
import type { Logger } from 'pino';
import type { ChannelFault } from '../shared/board-breakdown.ts';
import { judgeObserver } from '../shared/judge-observer.ts';
import type { Plan } from '../shared/plan.ts';
import { ask } from './connectors/ask.ts';
import { type Cause, causeOf } from './connectors/cause.ts';
import { NotPermitted, openTargets, type Targets } from './connectors/targets.ts';
import { composeNotice } from './domain/notice-message.ts';
import type { Outside } from './notify/channel.ts';
import { type Notifier, type Pace, startNotifier } from './notify/notifier.ts';
import { openChannel } from './notify/open-channel.ts';
import type { Recorder } from './recorder.ts';

export type NotificationParts = {
	readonly plan: Plan;
	readonly recorder: Pick<Recorder, 'facts' | 'board' | 'append'>;
	readonly isRehearsal: boolean;
	readonly log: Pick<Logger, 'warn' | 'info'>;
	now(): number;
	readonly pace?: Pace;
};

const MOST_ANSWER_BYTES = 16_384;
const ALARMS_PAGE = '/alarms';

const faults: Record<Cause, ChannelFault> = {
	timeout: 'timeout',
	ours: 'observer-blind',
	forbidden: 'not-permitted',
	refused: 'unreachable',
	garbage: 'bad-answer',
	tls: 'unreachable',
};
const faultOf = (error: unknown): ChannelFault => faults[causeOf(error)];

/** Every connection is judged by the plan's targets, the address itself after the name lookup; a redirect is not followed. */
export function outsideOf(targets: Targets): Outside {
	return {
		faultOf,
		secret: (name) => process.env[name],
		now: Date.now,
		async post({ url, headers, body, signal }) {
			const answer = await ask({ url, method: 'POST', headers, body, signal, maxBytes: MOST_ANSWER_BYTES, targets });
			if (!answer.ok) return { ok: false, why: faults[answer.cause] };
			return { ok: true, status: answer.status, retryAfter: answer.headers['retry-after'], body: answer.body };
		},
		async dial(host, port, signal) {
			if (!targets.mayBe(host)) throw new NotPermitted('not among the targets of the plan');
			const socket = createConnection({ host, port, lookup: targets.lookup, signal });
			await new Promise<void>((resolve, reject) => {
				socket.once('connect', resolve);
				socket.once('error', reject);
			});
			return socket;
		},
	};
}

/** Asked several times a second: of the facts, without making a board of them. */
function isBlind({ base, sources }: ReturnType<Recorder['facts']>, now: number): boolean {
	const canaries = Object.fromEntries(base.canaries.flatMap((id) => (sources[id] === undefined ? [] : [[id, sources[id].live]])));
	return judgeObserver({ ...base, sources: canaries }, now).isBlind;
}

/** Null where nothing leaves. */
export function openNotifications({ plan, recorder, isRehearsal, log, now, pace }: NotificationParts): Notifier | null {
	const leaving = Object.entries(plan.channels).filter(([, { inRehearsal }]) => !isRehearsal || inRehearsal);
	if (leaving.length === 0) return null;
	const outside = outsideOf(openTargets(plan.access.targets));
	const publicUrl = plan.access.oidc?.publicUrl;
	const link = publicUrl === undefined ? null : new URL(ALARMS_PAGE, publicUrl).href;
	return startNotifier({
		channels: Object.fromEntries(leaving.map(([id, settings]) => [id, openChannel(settings, outside)])),
		facts: (id) => recorder.facts().breakdown.channels[id]?.live,
		compose: (channel, key, notice) =>
			composeNotice({ channel, key, notice, board: recorder.board().board, link, language: plan.channels[channel]?.language ?? 'it' }),
		record: (outcome) => recorder.append(outcome),
		isBlind: () => isBlind(recorder.facts(), now()),
		now,
		elapsed: () => performance.now(),
		random: Math.random,
		told: (channel, what, why) =>
			what === 'well' ? log.info({ channel }, 'the channel delivers again') : log.warn({ channel, what, why }, 'notices'),
		...(pace === undefined ? {} : { pace }),
	});
}
