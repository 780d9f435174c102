// Plays what happens to alarms, second by second, before the rules of who is told: a tiny notation for tables. Knows no channel kind.
import { decideNotices } from '../../server/domain/notice.ts';
import { applyChannelEntry, applyChannelMark, type ChannelCells, planChannels } from '../../server/projections/channels.projection.ts';
import { emptyBoard } from '../../shared/board.ts';
import type { AlarmFacts, AlarmLeft, AlarmPriority, ChannelFacts, NoticeFacts } from '../../shared/board-breakdown.ts';
import { judge } from '../../shared/judge.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';

/** Noon in Rome. */
export const START = Date.UTC(2021, 7, 14, 10);

export type ChannelLiteral = {
	readonly priorities?: readonly number[];
	readonly quiet?: { readonly from: string; readonly to: string };
	readonly onlyEscalated?: boolean;
	readonly repeatAfter?: string;
	readonly inRehearsal?: boolean;
	readonly language?: 'it' | 'en';
};

export const planOf = (channels: Readonly<Record<string, ChannelLiteral>>): Plan =>
	planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte', window: { start: '2021-08-14T12:00:00+02:00', end: '2021-08-15T12:00:00+02:00' } },
		channels: Object.fromEntries(
			Object.entries(channels).map(([id, one]) => [
				id,
				{ kind: 'webhook', label: id, url: 'http://127.0.0.1:9/', priorities: [1, 2, 3], repeatAfter: '0s', ...one },
			]),
		),
	});

/** What else an outage is called, and what is not of it: `a1^over`. */
const names: Readonly<Record<string, string>> = { over: 'service-overrun', long: 'service-beyond-tolerable', cert: 'service-certificate' };

/** `a2`: an alarm called a, of priority 2; `sight`: that Regia cannot see; `sala`: the channel's own failure. */
export function alarmOf(full: string, since: number): readonly [key: string, alarm: AlarmFacts] {
	const [name = '', called = ''] = full.split('^');
	const rule = names[called] ?? { sight: 'observer-blind', fonte: 'source-blind', sala: 'channel-failing' }[name] ?? 'service-down';
	const kind = { sight: 'programme', fonte: 'source', sala: 'channel' }[name] ?? 'service';
	const alarm: AlarmFacts = {
		rule,
		subject: `${kind}/${name}`,
		priority: (Number(/\d$/.exec(name)?.[0] ?? 1) || 1) as AlarmPriority,
		since,
		endedAt: null,
		latches: false,
		value: null,
		detail: null,
		acknowledged: null,
		shelved: null,
		suppressed: null,
		escalatedAt: null,
	};
	return [`${rule}:${kind}:${name}`, alarm];
}

const signs: Readonly<Record<NoticeFacts['kind'], string>> = { on: '+', off: '-', escalated: '!', flood: '~', digest: '#', test: '?' };

/** `+a1`: told; `~12(a1)`: a flood of 12 because of a1; `~over3`: it is over and 3 last; `#4@1200`: four told together, not before second 1200. */
export function say({ kind, rule, subject, count, notBefore, alarm }: NoticeFacts): string {
	const called = Object.keys(names).find((one) => names[one] === rule);
	const name = `${subject?.split('/')[1] ?? ''}${called === undefined ? '' : `^${called}`}`;
	const later = notBefore === null || kind === 'digest' ? '' : `@${(notBefore - START) / 1000}`;
	if (kind === 'flood') return alarm === null ? `~over${count}${later}` : `~${count}(${name})${later}`;
	if (kind === 'digest') return `#${count}${notBefore === null ? '' : `@${(notBefore - START) / 1000}`}`;
	return `${signs[kind]}${name}${kind === 'escalated' && (count ?? 1) > 1 ? `x${count}` : ''}`;
}

export type Room = ReturnType<typeof openRoom>;

export function openRoom(plan: Plan, rehearsal = false) {
	const cells: ChannelCells = {};
	planChannels(cells, plan, rehearsal);
	let seq = 1;
	let cleared = 0;
	let board = { ...emptyBoard, rehearsal };
	let isBlind = false;
	const roots = new Map<string, string>();
	const quietNow = judge(emptyBoard, START);

	const change = (name: string, rest: Partial<AlarmFacts>): void => {
		const [key] = alarmOf(name, 0);
		const alarm = board.alarms.active[key];
		if (alarm === undefined) throw new Error(`${name} is not on`);
		board = { ...board, alarms: { ...board.alarms, active: { ...board.alarms.active, [key]: { ...alarm, ...rest } } } };
	};

	function leave(name: string, at: number, why?: AlarmLeft): AlarmFacts {
		const [key] = alarmOf(name, 0);
		const { [key]: alarm, ...active } = board.alarms.active;
		if (alarm === undefined) throw new Error(`${name} is not on`);
		cleared += 1;
		const over = why === undefined ? { endedAt: alarm.endedAt ?? at } : { why };
		board = { ...board, alarms: { ...board.alarms, active, cleared: { ...board.alarms.cleared, [cleared]: { ...alarm, clearedAt: at, ...over } } } };
		return alarm;
	}

	const acts: Readonly<Record<string, (name: string, at: number) => void>> = {
		on(name, at) {
			const [key, alarm] = alarmOf(name, at);
			board = { ...board, alarms: { ...board.alarms, active: { ...board.alarms.active, [key]: alarm } } };
		},
		/** Comes back while it is still on the list. */
		back: (name) => change(name, { endedAt: null, escalatedAt: null }),
		end: (name, at) => change(name, { endedAt: at }),
		gone: (name, at) => leave(name, at),
		/** Leaves because a plan does not watch it any more, or for want of room. */
		unwatched: (name, at) => leave(name, at, 'unwatched'),
		full: (name, at) => leave(name, at, 'full'),
		/** `a1>over`: the same outage goes on under another name. */
		goes(names, at) {
			const [name = '', called = ''] = names.split('>');
			const before = leave(name, at, 'succeeded');
			const [key, alarm] = alarmOf(`${name.split('^')[0]}^${called}`, before.since);
			const { acknowledged, escalatedAt } = before;
			board = { ...board, alarms: { ...board.alarms, active: { ...board.alarms.active, [key]: { ...alarm, acknowledged, escalatedAt } } } };
		},
		/** Asks for another thing under the same name. */
		next(name, at) {
			leave(name, at, 'succeeded');
			const [key, alarm] = alarmOf(name, at);
			board = { ...board, alarms: { ...board.alarms, active: { ...board.alarms.active, [key]: alarm } } };
		},
		/** Leaves, and so many left after it that nobody knows of it any more. */
		lost(name) {
			const [key] = alarmOf(name, 0);
			const { [key]: _alarm, ...active } = board.alarms.active;
			board = { ...board, alarms: { ...board.alarms, active } };
		},
		ack: (name, at) => change(name, { acknowledged: [at, 'turno'] }),
		esc: (name, at) => change(name, { escalatedAt: at }),
		shelve: (name, at) => change(name, { shelved: { until: at + 3_600_000, by: 'turno', reason: 'prova' } }),
		unshelve: (name) => change(name, { shelved: null }),
		suppress: (name) => change(name, { suppressed: 'planned' }),
		free: (name) => change(name, { suppressed: null }),
		flood(_name, at) {
			board = { ...board, alarms: { ...board.alarms, floodSince: at } };
		},
		calm(_name, at) {
			const { floodSince, floods } = board.alarms;
			const past = floodSince === null ? floods : [...floods, [floodSince, at] as const];
			board = { ...board, alarms: { ...board.alarms, floodSince: null, floods: past } };
		},
		blind() {
			isBlind = true;
		},
		sees() {
			isBlind = false;
		},
		/** `b2<a1`: a1 explains b2. */
		because(names) {
			const [name = '', root = ''] = names.split('<');
			roots.set(alarmOf(name, 0)[0], alarmOf(root, 0)[0]);
		},
		test(channel, at) {
			seq += 1;
			applyChannelMark(cells, {
				v: 1,
				seq,
				seen: at,
				kind: 'mark',
				at,
				by: 'turno',
				mark: { kind: 'channel', channel, act: 'test' },
			});
		},
		sent(channel, at) {
			const notices = Object.keys(cells[channel]?.live.outbox.rows ?? {}).sort();
			record({ kind: 'auto', what: 'delivered', channel, notices }, at);
		},
		tick: () => undefined,
	};

	function record(draft: Parameters<typeof applyChannelEntry>[1], at: number): void {
		seq += 1;
		applyChannelEntry(cells, draft, seq, at);
	}

	/** Decides until there is nothing more to say; how many entries it took. */
	function look(at: number): number {
		for (let entries = 0; ; entries += 1) {
			const channels = Object.fromEntries(Object.entries(cells).map(([id, { live }]) => [id, live]));
			const active = Object.entries(board.alarms.active).map(([id, one]) => ({
				...one,
				id,
				label: id,
				state: 'unacknowledged' as const,
				shelvedUntil: null,
				root: roots.get(id) ?? null,
				isFirst: false,
			}));
			const judged = { ...quietNow, observer: { isBlind, since: null }, alarms: { ...quietNow.alarms, active } };
			const draft = decideNotices(plan, { ...board, channels }, judged as typeof quietNow, at);
			if (draft === null) return entries;
			if (entries > 1) throw new Error(`it is never decided: ${JSON.stringify(draft)}`);
			record(draft, at);
		}
	}

	return {
		act(what: string, name: string, at: number): void {
			const act = acts[what];
			if (act === undefined) throw new Error(`nobody can "${what}"`);
			act(name, at);
		},
		look,
		record,
		board: () => ({ ...board, channels: Object.fromEntries(Object.entries(cells).map(([id, { live }]) => [id, live])) }),
		facts: (channel: string): ChannelFacts => {
			const cell = cells[channel];
			if (cell === undefined) throw new Error(channel);
			return cell.live;
		},
		waiting: (channel: string): readonly string[] =>
			Object.entries(cells[channel]?.live.outbox.rows ?? {})
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([, row]) => say(row)),
	};
}

/** `0 on:a1 on:b2; 30 end:a1`: at a second what happens; Regia looks after each second named. */
export function play(script: string, room: Room): void {
	for (const step of script.split(';').map((one) => one.trim())) {
		const [second = '', ...words] = step.split(' ');
		const at = START + Number(second) * 1000;
		for (const word of words) {
			const [what = '', names = ''] = word.split(':');
			for (const name of names.split(',')) room.act(what, name, at);
		}
		room.look(at);
	}
}
