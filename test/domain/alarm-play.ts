// Alarms in a small notation, played through the real admission, fold, judge and engine. Knows no expectation.
//
//   10 ps=0             a reading at second 10: whether it answers; ps=blind: Regia could not look; b.latency=900, a.lag=3, and so on
//   12 ack down ps      a mark by the room; shelve down ps 60 [P: by s from now]; unshelve …; reset …; the alarm by its short name
//   20 tick             Regia looks; it does so after every line, but where the line begins with "~"
//   20..60 tick         a look every second
//   30 plan senza       another version of the plan, by its name among `versions`
//   40 restart          what the engine keeps in memory is lost
//   50 fill 30          so many unrelated alarms more (P3, of the archives' own rule)

import { admitMark } from '../../server/domain/admit-mark.ts';
import { type AlarmWatch, createAlarmWatch } from '../../server/domain/alarm.ts';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import type { AlarmFacts } from '../../shared/board-breakdown.ts';
import type { AlarmsNow } from '../../shared/breakdown-now.ts';
import type { AlarmChange, Draft, Entry } from '../../shared/entry.ts';
import { type BoardNow, judge } from '../../shared/judge.ts';
import { markSchema } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';

export const START = Date.parse('2021-08-14T17:00:00Z');
export const instantAt = (second: number): string => new Date(START + second * 1000).toISOString();

type Literal = Readonly<Record<string, unknown>>;

/** `ps` first in the restore order, `cup` second, `web` last; `web` needs `cup`; `cup` is planned to stand still from 1000 to 1600. */
export function planOf(alarms: Literal = {}, rest: Literal = {}): Plan {
	const long = { staleAfter: '24h' };
	return planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte', window: { start: instantAt(0), end: instantAt(36_000) } },
		services: {
			ps: { label: 'Pronto Soccorso', priority: 1, ...long },
			cup: { label: 'CUP', priority: 2, planned: [{ from: instantAt(1000), to: instantAt(1600) }], ...long },
			web: { label: 'Portale', priority: 5, needs: ['service/cup'], ...long },
			short: { label: 'Breve', priority: 1, staleAfter: '45s' },
			lungo: { label: 'Lungo', priority: 2, tolerable: '60s', ...long },
		},
		archives: Object.fromEntries(['a', ...Array.from({ length: 40 }, (_, n) => `x${n}`)].map((id) => [id, { label: id.toUpperCase(), ...long }])),
		sources: { one: { kind: 'push', label: 'One', staleAfter: '24h' } },
		alarms,
		...rest,
	});
}

/** Alarms of the plan's own. */
export const lag = { label: 'Ritardo', subject: 'archive/a', measure: 'archive.lag', above: 10, priority: 2, do: 'Chiamare.' };
export const fill = { label: 'Errori', subject: 'archive/x*', measure: 'archive.errors', above: 0, priority: 3, do: 'Guardare.' };

const rules: Readonly<Record<string, string>> = {
	down: 'service-down',
	none: 'service-none',
	both: 'service-both-answer',
	writes: 'service-both-write',
	nowrites: 'service-no-writes',
	overrun: 'service-overrun',
	beyond: 'service-beyond-tolerable',
	cert: 'service-certificate',
	blocked: 'dependant-blocked',
	alerts: 'service-alerts',
};
const shortOf = (rule: string): string => Object.keys(rules).find((one) => rules[one] === rule) ?? rule;
const measures: Readonly<Record<string, MeasureName>> = {
	up: 'service.up',
	old: 'service.upOld',
	new: 'service.upNew',
	wold: 'service.writeOld',
	wnew: 'service.writeNew',
	cert: 'service.certDays',
	alerts: 'service.alerts',
	latency: 'service.latency',
	reach: 'dependant.up',
	lag: 'archive.lag',
	errors: 'archive.errors',
};

export type Played = {
	step(line: string): void;
	readonly facts: Facts;
	readonly entries: readonly Entry[];
	/** `on down ps`, `ended …`, with `begins` and `ends` of floods. */
	readonly wrote: readonly string[];
	readonly refused: readonly string[];
	board(): Board;
	at(second: number): AlarmsNow;
	/** `down ps U`: U unacknowledged, A acknowledged, E ended and unacknowledged, L latched; s shelved, p planned before it. Worst first. */
	list(second: number): string;
};

/** How the engine is made: for planted faults. */
export type Make = (plan: Plan) => AlarmWatch;
export type Judge = (board: Board, now: number) => BoardNow;

type Options = { readonly plan?: Plan; readonly versions?: Readonly<Record<string, Plan>>; readonly make?: Make; readonly judged?: Judge };

export function play(script: string, options: Options = {}): Played {
	const played = openPlay(options);
	for (const line of script.split(/[\n;]/)) if (line.trim() !== '') played.step(line.trim());
	return played;
}

const letters = { unacknowledged: 'U', acknowledged: 'A', 'ended-unacknowledged': 'E', latched: 'L' } as const;

export function openPlay({ plan = planOf({ rules: { lag, fill } }), versions = {}, make = createAlarmWatch, judged = judge }: Options = {}): Played {
	const facts = emptyFacts();
	const entries: Entry[] = [];
	const wrote: string[] = [];
	const refused: string[] = [];
	let now = START;
	let inForce = plan;
	let watch = make(inForce);

	const write = (draft: Draft): void => {
		const entry = { v: 1, seq: facts.seq + 1, seen: now, ...draft } as const;
		// The record is text: what folds is what was read back.
		const kept = JSON.parse(JSON.stringify(entry)) as Entry;
		entries.push(kept);
		applyEntry(facts, kept);
	};
	const accept = (version: Plan): void => write({ kind: 'plan', plan: version, text: '', digest: 'd', by: 'prova', rehearsal: true });

	function look(): void {
		const board = boardOf(facts);
		const draft = watch.decide(board, judged(board, now), now);
		if (draft === null) return;
		write(draft);
		for (const one of draft.changes) wrote.push(say(one));
		if (draft.flood) wrote.push(draft.flood);
		const after = boardOf(facts);
		const again = watch.decide(after, judged(after, now), now);
		if (again !== null) throw new Error(`decided twice: ${JSON.stringify(again)}`);
	}

	const keyOf = (name = '', id = ''): string => {
		const rule = rules[name] ?? name;
		return (
			Object.keys(facts.breakdown.alarms.live.active).find((key) => key.startsWith(`${rule}:`) && key.endsWith(`:${id}`)) ?? `${rule}:service:${id}`
		);
	};

	function mark(act: string, name?: string, id?: string, more?: string): void {
		const said = { kind: 'alarm', act: act === 'ack' ? 'acknowledge' : act, alarm: keyOf(name, id) };
		const shelf = act === 'shelve' ? { until: instantOf(now + Number(more) * 1000), reason: 'prova' } : {};
		const made = markSchema.parse({ ...said, ...shelf });
		const refusal = admitMark(made, { board: boardOf(facts), now, by: 'sala' });
		if (refusal) refused.push(refusal.code);
		else write({ kind: 'mark', mark: made, by: 'sala', at: now });
	}

	function read(said: string): void {
		const [, id = '', name = 'up', value = ''] = /^([\w-]+)(?:\.(\w+))?=(.+)$/.exec(said) ?? [];
		const measure = measures[name] as MeasureName;
		const rest = value === 'blind' ? { value: null, why: 'timeout' as const } : { value: Number(value) };
		const subject = `${measure.slice(0, measure.indexOf('.'))}/${id}` as `service/${string}`;
		write({ kind: 'samples', source: 'one', samples: [{ subject, measure, at: now, ...rest }] });
	}

	function take(words: string): void {
		const [first = '', ...rest] = words.split(' ');
		if (words === 'tick') return;
		if (words === 'restart') watch = make(inForce);
		else if (first === 'plan') {
			inForce = versions[rest[0] ?? ''] as Plan;
			accept(inForce);
			watch = make(inForce);
		} else if (first === 'fill') for (let n = 0; n < Number(rest[0]); n += 1) read(`x${n}.errors=1`);
		else if (first === 'calm') for (let n = 0; n < Number(rest[0]); n += 1) read(`x${n}.errors=0`);
		else if (words.includes('=')) for (const one of words.split(' ')) read(one);
		else mark(first, ...rest);
	}

	accept(plan);
	function step(line: string): void {
		const [, quiet, from, to, words = ''] = /^(~?)(\d+)(?:\.\.(\d+))? (.+)$/.exec(line) ?? [];
		if (from === undefined) throw new Error(`not in the notation: ${line}`);
		for (let second = Number(from); second <= Number(to ?? from); second += 1) {
			now = START + second * 1000;
			take(words);
			if (quiet !== '~') look();
		}
	}

	const at = (second: number): AlarmsNow => judge(boardOf(facts), START + second * 1000).alarms;
	return {
		step,
		facts,
		entries,
		wrote,
		refused,
		board: () => boardOf(facts),
		at,
		list(second) {
			const { active, shelved, suppressed } = at(second);
			const row = (before: string) => (one: AlarmsNow['active'][number]) =>
				`${shortOf(one.rule)} ${one.subject.split('/')[1]} ${before}${letters[one.state]}`;
			return [...active.map(row('')), ...shelved.map(row('s')), ...suppressed.map(row('p'))].join(', ') || '-';
		},
	};
}

const instantOf = (ms: number): string => new Date(ms).toISOString();

function say(change: AlarmChange): string {
	const name = change.to === 'on' ? `${change.rule}:${change.subject.replace('/', ':')}` : change.alarm;
	const [rule = '', , id = ''] = name.split(':');
	return `${change.to} ${shortOf(rule)} ${id}`;
}

/** What the facts hold of one, by its short name. */
export const factsOf = ({ facts }: Played, name: string, id: string): AlarmFacts | undefined =>
	Object.values(facts.breakdown.alarms.live.active).find((one) => one.rule === (rules[name] ?? name) && one.subject.endsWith(`/${id}`));
