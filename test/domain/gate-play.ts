// A gate's night in a small notation, played through the real admission, fold and decisions. Knows no expectation.
//
//   10 lag=3        a reading at second 10; lag=blind, lag=3@-20 (its source's clock is 20 s behind), lag=3@+20 (ahead)
//   12 ced:go       the position's own holder votes; 12 ced:go/dir: somebody else in its name; 13 ced:undo takes the last vote back
//   14 conto:done   a task's mark, by the commander; varco:done passes the gate
//   20 tick         Regia looks at its gates; it does so after every step, but where the line begins with "~"
//   30 plan:corto   a new version of the plan, by its name among `versions`
import { admitMark, unknownName } from '../../server/domain/admit-mark.ts';
import { decideGates } from '../../server/domain/gate.ts';
import { mayDo, type Who } from '../../server/domain/may.ts';
import { needOf } from '../../server/domain/ownership.ts';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Draft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { GateNow } from '../../shared/judge-night.ts';
import type { Mark, Vote } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';

export const START = Date.parse('2025-10-21T17:00:00Z');
export const instantAt = (second: number): string => new Date(START + second * 1000).toISOString();

export type GateLiteral = Readonly<Record<string, unknown>>;

export const lag = { label: 'Lag', subject: 'archive/a', measure: 'archive.lag', atMost: 5, maxAge: '60s' };
export const checked = { label: 'Verified', subject: 'archive/a', measure: 'archive.bytesVerified', of: 'archive.bytesTotal', atLeast: 1 };
export const counted = { label: 'Counted', task: 'conto' };
export const ced = { label: 'CED', team: 'ced' };
export const dir = { label: 'Direzione', role: 'commander' };
export const er = { label: 'Pronto Soccorso', role: 'er' };

/** One criterion and two positions, unless told otherwise. */
export function planOf(gate: GateLiteral = {}, gateIsThere = true): Plan {
	return planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte', window: { start: instantAt(0), end: instantAt(36_000) } },
		teams: { ced: { label: 'CED' }, altri: { label: 'Altri' } },
		archives: { a: { label: 'A', staleAfter: '60s', verifiedStaleAfter: '300s' }, b: { label: 'B' } },
		tasks: { conto: { label: 'Conta' }, passaggio: { label: 'Varco', kind: 'gate', gate: 'varco', start: instantAt(3600) } },
		gates: gateIsThere ? { varco: { label: 'Varco', criteria: { lag }, positions: { ced, dir }, voteHolds: '10min', ...gate } } : {},
		sources: { one: { kind: 'push', label: 'One' } },
	});
}

const people: Readonly<Record<string, Who>> = {
	ced: { kind: 'person', name: 'ced', duties: [{ role: 'team-lead', teams: ['ced'] }] },
	dir: { kind: 'person', name: 'dir', duties: [{ role: 'commander' }] },
	er: { kind: 'person', name: 'er', duties: [{ role: 'er' }] },
	altri: { kind: 'person', name: 'altri', duties: [{ role: 'team-lead', teams: ['altri'] }] },
	viewer: { kind: 'person', name: 'viewer', duties: [{ role: 'viewer' }] },
	source: { kind: 'source', name: 'one', subjects: ['*'] },
};

const measureOf: Readonly<Record<string, MeasureName>> = {
	lag: 'archive.lag',
	verified: 'archive.bytesVerified',
	total: 'archive.bytesTotal',
	errors: 'archive.errors',
};

export type Played = {
	/** One line of the notation more. */
	step(line: string): void;
	readonly facts: Facts;
	/** What Regia wrote, in order: `go`, `open lag`, `hold vote/dir`. */
	readonly wrote: readonly string[];
	/** Why marks were refused, in order. */
	readonly refused: readonly string[];
	at(second: number): GateNow;
};

export function play(script: string, plan?: Plan, versions?: Readonly<Record<string, Plan>>): Played {
	const played = openPlay(plan, versions);
	for (const line of script.split(/[\n;]/)) if (line.trim() !== '') played.step(line.trim());
	return played;
}

/** `from`: facts to go on from; they hold their plan. */
export function openPlay(plan: Plan = planOf(), versions: Readonly<Record<string, Plan>> = {}, from?: Facts): Played {
	const facts = from ?? emptyFacts();
	const wrote: string[] = [];
	const refused: string[] = [];
	const lastVote: Record<string, number> = {};
	let now = START;

	const write = (draft: Draft): number => {
		applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: now, ...draft });
		return facts.seq;
	};
	const accept = (version: Plan): number => write({ kind: 'plan', plan: version, text: '', digest: 'd', by: 'prova', rehearsal: true });

	function tick(): void {
		for (const draft of decideGates(boardOf(facts), now)) {
			write(draft);
			if (draft.what === 'gate') wrote.push(draft.why === null ? draft.to : `${draft.to} ${draft.why}`);
		}
		const again = decideGates(boardOf(facts), now);
		if (again.length > 0) throw new Error(`decided twice: ${JSON.stringify(again)}`);
	}

	function make(mark: Mark, maker: string): number | null {
		const board = boardOf(facts);
		const who = people[maker] as Who;
		const { action, of } = needOf(mark, board);
		const may = mayDo(who, action, of) ? admitMark(mark, { board, now, by: maker }) : ({ code: 'not-permitted' } as const);
		const refusal = unknownName(mark, board) ?? may;
		if (refusal) {
			refused.push(refusal.code);
			return null;
		}
		return write({ kind: 'mark', mark, by: maker, at: now });
	}

	function read(name: string, said: string): void {
		const [, value = '', skew = '0'] = /^([^@]+)(?:@([+-]\d+))?$/.exec(said) ?? [];
		const at = now + Number(skew) * 1000;
		const rest = value === 'blind' ? { value: null, why: 'timeout' as const } : { value: Number(value) };
		write({ kind: 'samples', source: 'one', samples: [{ subject: 'archive/a', measure: measureOf[name] as MeasureName, at, ...rest }] });
	}

	function take(words: string): void {
		const [, whose = '', sign, what = ''] = /^([\w-]+)([:=])(.+)$/.exec(words) ?? [];
		if (words === 'tick') return;
		if (sign === '=') read(whose, what);
		else if (whose === 'plan') accept(versions[what] as Plan);
		else if (whose === 'conto' || whose === 'varco') {
			make({ kind: 'task', task: whose === 'varco' ? 'passaggio' : whose, state: what as 'done' }, 'dir');
		} else if (what.startsWith('undo')) make({ kind: 'undo', seq: lastVote[whose] ?? 0 }, whose);
		else {
			const [vote, maker = whose in people ? whose : 'dir'] = what.split('/');
			const seq = make({ kind: 'vote', gate: 'varco', position: whose, vote: vote as Vote }, maker);
			if (seq !== null) lastVote[whose] = seq;
		}
	}

	if (from === undefined) accept(plan);
	function step(line: string): void {
		const [, quiet, second, words = ''] = /^(~?)([\d.]+) (.+)$/.exec(line) ?? [];
		if (second === undefined) throw new Error(`not in the notation: ${line}`);
		now = START + Number(second) * 1000;
		take(words);
		if (quiet !== '~') tick();
	}

	return { step, facts, wrote, refused, at: (at) => judge(boardOf(facts), START + at * 1000).gates.varco as GateNow };
}
