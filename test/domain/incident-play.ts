// Incidents and sentences in a small notation, played through the real admission, fold, judge and decisions. Knows no expectation.
//
//   10 cup=0                a reading at minute 10: whether it answers; cup=blind: Regia could not look; temp=35, flusso=90000, osp=1
//   12 open service/cup     an incident `i` is opened (about something, or nothing); 12 open service/cup since 5
//   14 cause attack         its nature is recorded; status closed; note, role lead; next 200 (by minute)
//   20 say cup works        a sentence `s1` (then `s2`, …) about the incident if it is open: cup back 120 (by minute), temp <= 30,
//                           flusso >= 86400, i is failure, i not attack; several joined by "+"; `-` for none; said at 15: say@15 …
//   25 say! cup works       the same, about no incident
//   30 clock nis2 10        a legal clock from minute 10; sent nis2 early 20; waive nis2
//   40 tick                 Regia looks; it does so after every line, but where the line begins with "~"
import { admitMark } from '../../server/domain/admit-mark.ts';
import { decideStatements } from '../../server/domain/statement.ts';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import type { IncidentNow, StatementNow } from '../../shared/breakdown-now.ts';
import type { Draft, Entry } from '../../shared/entry.ts';
import { type BoardNow, judge } from '../../shared/judge.ts';
import { markSchema } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';

const MINUTE = 60_000;
/** Monday 16 August 2021, 09:00 in Milan. */
export const START = Date.parse('2021-08-16T07:00:00Z');
export const instantAt = (minute: number): number => START + Math.round(minute * MINUTE);
const iso = (minute: number): string => new Date(instantAt(minute)).toISOString();

/** `cup` and `web` hang on the room; `web` needs `cup`. What is silent for 10 minutes is not known. */
export const planOf = (rest: object = {}): Plan =>
	planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'evento', name: 'Evento', window: { start: iso(0), end: iso(10_000) } },
		archives: { a: { label: 'A' } },
		facilities: { ced: { label: 'CED', temperature: { watch: 27, limit: 40 }, staleAfter: '10min' }, altro: { label: 'Altro' } },
		services: {
			cup: { label: 'CUP', priority: 1, staleAfter: '10min', needs: ['facility/ced'] },
			web: { label: 'Portale', priority: 2, staleAfter: '10min', needs: ['service/cup'] },
			solo: { label: 'Da solo', priority: 3, staleAfter: '10min' },
		},
		dependants: { osp: { label: 'Ospedali', staleAfter: '10min' }, med: { label: 'Medici', needs: ['service/web'] } },
		flows: { flusso: { label: 'Flusso', staleAfter: '10min', needs: ['service/cup'] } },
		sources: { one: { kind: 'push', label: 'One' } },
		...rest,
	});

const readings: Readonly<Record<string, readonly [subject: string, measure: MeasureName]>> = {
	cup: ['service/cup', 'service.up'],
	'cup.old': ['service/cup', 'service.upOld'],
	'cup.new': ['service/cup', 'service.upNew'],
	web: ['service/web', 'service.up'],
	solo: ['service/solo', 'service.up'],
	osp: ['dependant/osp', 'dependant.up'],
	temp: ['facility/ced', 'facility.temperature'],
	flusso: ['flow/flusso', 'flow.oldestAge'],
};

function claimOf(text: string): object {
	const [what = '', verb = '', value = ''] = text.trim().split(/ +/);
	const [subject = what, measure] = readings[what] ?? [];
	if (verb === 'works') return { kind: 'working', subject };
	if (verb === 'back') return { kind: 'restored', subject, by: iso(Number(value)) };
	if (verb === 'is') return { kind: 'nature', incident: what, is: value };
	if (verb === 'not') return { kind: 'nature', incident: what, isNot: value };
	return { kind: 'figure', subject, measure, ...(verb === '>=' ? { atLeast: Number(value) } : { atMost: Number(value) }) };
}

function markOf([verb = '', one = '', two = '', ...rest]: readonly string[]): object {
	const about = { kind: 'incident', incident: 'i' };
	const clock = { kind: 'clock', incident: 'i', law: one };
	switch (verb) {
		case 'open': {
			const since = [one, two, ...rest].includes('since') ? { since: iso(Number([two, ...rest].at(-1))) } : {};
			return { ...about, act: 'open', title: 'Guasto', ...(one === '' || one === 'since' ? {} : { subject: one }), ...since };
		}
		case 'cause':
			return { ...about, act: 'cause', nature: one, ...(two === '' ? {} : { text: two }) };
		case 'status':
			return { ...about, act: 'status', status: one };
		case 'note':
			return { ...about, act: 'note', text: one };
		case 'role':
			return { ...about, act: 'role', role: one };
		case 'next':
			return { ...about, act: 'next-update', due: iso(Number(one)) };
		case 'clock':
			return { ...clock, act: 'start', awareAt: iso(Number(two)) };
		case 'sent':
			return { ...clock, act: 'sent', step: two, protocol: 'P-1', at: iso(Number(rest[0])) };
		case 'undo':
			return { kind: 'undo', seq: Number(one) };
		case 'waive':
			return { ...clock, act: 'waive', reason: 'prova' };
		default:
			throw new Error(`no such act: ${verb}`);
	}
}

export type Played = {
	step(line: string): void;
	readonly facts: Facts;
	readonly entries: readonly Entry[];
	/** What Regia wrote: `s1 contradicted 0 down @30`. */
	readonly wrote: readonly string[];
	readonly refused: readonly string[];
	readonly board: Board;
	judgedAt(minute: number): BoardNow;
	statement(id: string, minute: number): StatementNow | undefined;
	incident(minute: number): IncidentNow | undefined;
};

/** `decide`: for planted faults. */
export function openPlay(plan: Plan = planOf(), decide: typeof decideStatements = decideStatements): Played {
	const facts = emptyFacts();
	const entries: Entry[] = [];
	const wrote: string[] = [];
	const refused: string[] = [];
	let sentences = 0;

	function append(draft: Draft, minute: number): void {
		const entry: Entry = { v: 1, seq: facts.seq + 1, seen: instantAt(minute), ...draft };
		entries.push(entry);
		applyEntry(facts, entry);
	}

	const mark = (wire: object, minute: number): void => {
		const made = markSchema.parse(wire);
		const refusal = admitMark(made, { board: boardOf(facts), now: instantAt(minute), by: 'sala' });
		if (refusal) refused.push(refusal.code);
		else append({ kind: 'mark', mark: made, by: 'sala', at: instantAt(minute) }, minute);
	};

	function say(command: string, text: string, minute: number): void {
		sentences += 1;
		const [verb = '', at] = command.split('@');
		const claims = text === '-' ? [] : text.split('+').map(claimOf);
		const about = verb === 'say!' || Object.keys(boardOf(facts).incidents.rows).length === 0 ? {} : { incident: 'i' };
		const saidAt = at === undefined ? {} : { saidAt: iso(Number(at)) };
		mark({ kind: 'statement', statement: `s${sentences}`, text: 'Frase', audience: 'public', ...about, ...saidAt, claims }, minute);
	}

	function tick(minute: number): void {
		for (let n = 0; n < 100; n += 1) {
			const board = boardOf(facts);
			const [draft] = decide(board, judge(board, instantAt(minute)), instantAt(minute));
			if (draft === undefined) return;
			wrote.push(`${draft.statement} ${draft.to} ${draft.claim} ${draft.why} @${minute}`);
			append(draft, minute);
		}
		throw new Error('it is never decided');
	}

	function step(line: string): void {
		const [minute = '', ...words] = line.replace(/^~/, '').trim().split(/ +/);
		const at = Number(minute);
		const [name = '', value] = words.length === 1 ? (words[0] ?? '').split('=') : [];
		const reading = readings[name];
		if (reading && value !== undefined) {
			const [subject, measure] = reading;
			const isBlind = value === 'blind';
			append(
				{
					kind: 'samples',
					source: 'one',
					samples: [
						{
							subject: subject as never,
							measure,
							value: isBlind ? null : Number(value),
							at: instantAt(at),
							...(isBlind ? { why: 'timeout' as const } : {}),
						},
					],
				},
				at,
			);
		} else if (words[0]?.startsWith('say')) say(words[0], words.slice(1).join(' '), at);
		else if (words[0] !== 'tick') mark(markOf(words), at);
		if (!line.startsWith('~')) tick(at);
	}

	append({ kind: 'plan', plan, text: '', digest: 'd', by: 'prova', rehearsal: true }, 0);
	const judgedAt = (minute: number): BoardNow => judge(boardOf(facts), instantAt(minute));
	return {
		step,
		facts,
		entries,
		wrote,
		refused,
		get board() {
			return boardOf(facts);
		},
		judgedAt,
		statement: (id, minute) => judgedAt(minute).breakdown?.statements.find((one) => one.id === id),
		incident: (minute) => judgedAt(minute).breakdown?.incidents.i,
	};
}

export function play(script: string, plan?: Plan): Played {
	const played = openPlay(plan);
	for (const line of script.split(/[\n;]/)) if (line.trim() !== '') played.step(line.trim());
	return played;
}
