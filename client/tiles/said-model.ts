// What the public was told, each sentence with its verdict. Where not all have room: those that the data contradict, then the newest. Pure.
import type { StatementNow } from '../../shared/breakdown-now.ts';
import type { Language } from '../../shared/format.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';
import { momentOf } from './incident-model.ts';
import type { Mark } from './shape.tsx';

export type SaidRow = {
	readonly id: string;
	readonly at: number;
	readonly time: string;
	readonly text: string;
	readonly mark: Mark;
	readonly verdict: string;
	readonly short: string;
};

const marks: Readonly<Record<StatementNow['verdict'], Mark>> = {
	holds: 'good',
	contradicted: 'watch',
	kept: 'confirmed',
	unknown: 'blind',
	unlinked: 'good',
};

type Here = { readonly now: number; readonly zone: string; readonly language: Language; readonly own: BreakdownWords };

/** `incident`: sentences about another one are not of this wall; those about none are. The newest first, as they come. */
export function saidRows(statements: readonly StatementNow[], incident: string | null, { now, zone, language, own }: Here): readonly SaidRow[] {
	return statements
		.filter((one) => one.audience === 'public' && (incident === null || one.incident === null || one.incident === incident))
		.map((one) => ({
			id: one.id,
			at: one.at,
			time: momentOf(one.at, now, zone, language),
			text: fill(own.said.quote, { text: one.text }),
			// What was of its time is neither right nor wrong now, and nobody has yet to look.
			...(one.why === 'over' && one.verdict === 'unknown'
				? { mark: 'good' as const, verdict: own.said.over, short: own.said.overShort }
				: { mark: marks[one.verdict], verdict: own.said.verdict[one.verdict], short: own.said.short[one.verdict] }),
		}));
}

/** `room`: how many may stand; they stand in the order in which they were said. */
export function saidThatFit(rows: readonly SaidRow[], room: number): readonly SaidRow[] {
	const wanted = [...rows.filter(({ mark }) => mark === 'watch'), ...rows.filter(({ mark }) => mark !== 'watch')].slice(0, room);
	return wanted.toSorted((a, b) => a.at - b.at);
}
