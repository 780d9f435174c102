// An incident's legal clocks and what was said about it, as rows of words. Pure.
import type { ClockNow, IncidentNow, StatementNow, StepNow } from '../../shared/breakdown-now.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';
import { sayBy } from '../tiles/say-by.ts';
import type { Said } from './incidents-model.ts';
import { sayLength, sayMoment } from './zoned-moment.ts';

export type ClockRow = {
	readonly key: string;
	readonly law: ClockNow['law'];
	readonly standing: Standing;
	readonly aware: string;
	readonly waived: string | null;
	readonly steps: readonly {
		readonly step: StepNow['step'];
		readonly due: string;
		readonly state: string;
		readonly standing: Standing;
		readonly isOwed: boolean;
	}[];
};
export type StatementRow = {
	readonly id: string;
	readonly time: string;
	readonly text: string;
	readonly audience: string;
	readonly verdict: string;
	readonly why: string | null;
	readonly mark: Standing | 'confirmed';
};

export const timeIn =
	({ judged }: Pick<Said, 'judged'>) =>
	(at: number): string =>
		sayMoment(at, judged.now, zoneOf(judged));

const stepStandings: Readonly<Record<StepNow['state'], Standing>> = {
	running: 'good',
	near: 'watch',
	overdue: 'bad',
	sent: 'good',
	'sent-late': 'watch',
	waived: 'good',
};

export function clockRows(one: IncidentNow, said: Said): readonly ClockRow[] {
	const { judged, board, words, own, language } = said;
	const w = own.clock;
	return one.clocks.flatMap((key) => {
		const clock = judged.breakdown?.clocks[key];
		if (clock === undefined) return [];
		const waived = board.clocks[key]?.waived ?? null;
		return [
			{
				key,
				law: clock.law,
				standing: clock.standing,
				aware: fill(w.aware, { time: timeIn(said)(clock.awareAt), by: sayBy(clock.by, judged, words) }),
				waived: waived && fill(w.waived, { by: sayBy(waived.by, judged, words), reason: waived.reason }),
				steps: clock.steps.map((step) => ({
					step: step.step,
					due: fill(w.due, { time: timeIn(said)(step.due) }),
					state: fill(w.state[step.state], {
						left: sayLength(step.remainingMs, language),
						time: step.sentAt === null ? '' : timeIn(said)(step.sentAt),
						protocol: step.protocol ?? '',
					}),
					standing: stepStandings[step.state],
					isOwed: step.state === 'running' || step.state === 'near' || step.state === 'overdue',
				})),
			},
		];
	});
}

const verdictMarks: Readonly<Record<StatementNow['verdict'], StatementRow['mark']>> = {
	holds: 'confirmed',
	kept: 'confirmed',
	contradicted: 'watch',
	unknown: 'blind',
	unlinked: 'good',
};

export function statementRows(isWanted: (one: StatementNow) => boolean, said: Said): readonly StatementRow[] {
	const { judged, own } = said;
	const w = own.statement;
	return (judged.breakdown?.statements ?? []).filter(isWanted).map((one) => ({
		id: one.id,
		time: timeIn(said)(one.at),
		text: one.text,
		audience: w.audience[one.audience],
		verdict: w.verdict[one.verdict],
		why:
			[
				one.why === null ? null : (w.why[one.why] ?? null),
				one.contradictedAt === null ? null : fill(w.since, { time: timeIn(said)(one.contradictedAt) }),
				one.corrected ? fill(w.corrected, { from: timeIn(said)(one.corrected.from), until: timeIn(said)(one.corrected.until) }) : null,
			]
				.filter((part) => part !== null)
				.join(', ') || null,
		mark: verdictMarks[one.verdict],
	}));
}
