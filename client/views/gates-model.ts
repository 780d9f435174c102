// Gates as their panels say them: criteria with value, age and reason, votes, what was decided and on what. Pure.
import { formatAge, formatBytes, formatMoment, formatNumber, formatRate, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { CriterionNow, GateNow } from '../../shared/judge-night.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';

type Unit = CriterionNow['unit'];

/** Never 100 % before all of it: rounded down. */
export function sayValue(value: number | null, unit: Unit, words: RunbookWords, language: Language): string {
	if (value === null) return UNKNOWN;
	switch (unit) {
		case 'share':
			return `${formatNumber(value >= 1 ? Math.floor(value * 100) : Math.min(99, Math.floor(value * 100)), language)} %`;
		case 'bool':
			return value >= 1 ? words.gate.yes : words.gate.no;
		case 'B':
			return formatBytes(value, language);
		case 'B/s':
			return formatRate(value, language);
		case 's':
			return `${formatNumber(value, language, value < 100 ? 1 : 0)} s`;
		case 'ms':
			return `${formatNumber(value, language)} ms`;
		case 'day':
			return `${formatNumber(value, language)} ${language === 'it' ? 'g' : 'd'}`;
		default:
			return formatNumber(value, language);
	}
}

function sayBound({ atLeast, atMost, unit }: CriterionNow, words: RunbookWords, language: Language): string {
	const isPlain = unit === 'share' || unit === 'bool';
	const parts = [
		atLeast === null
			? null
			: isPlain
				? sayValue(atLeast, unit, words, language)
				: fill(words.gate.atLeast, { value: sayValue(atLeast, unit, words, language) }),
		atMost === null ? null : fill(words.gate.atMost, { value: sayValue(atMost, unit, words, language) }),
	];
	return parts.filter((one) => one !== null).join(', ');
}

export function sayReason(criterion: CriterionNow, words: RunbookWords, language: Language): string {
	const { reason } = criterion;
	if (reason === 'met') return words.gate.met;
	return fill(words.gate.reason[reason], {
		bound: sayBound(criterion, words, language),
		age: formatAge(reason === 'not-long-enough' ? criterion.metForMs : criterion.ageMs, language),
		needed: formatAge(criterion.holdForMs, language),
	});
}

export type CriterionRow = { readonly id: string; readonly label: string; readonly met: boolean; readonly isBlind: boolean; readonly told: string };

const blindReasons: readonly string[] = ['stale', 'cannot-look', 'never-reported'];

export function criterionRow(criterion: CriterionNow, words: RunbookWords, language: Language): CriterionRow {
	const { id, label, met, reason, value, unit, ageMs } = criterion;
	const isOfTask = unit === null && value === null;
	const figure = value === null ? null : sayValue(value, unit, words, language);
	const ago = ageMs === null || !met ? null : fill(words.gate.ago, { age: formatAge(ageMs, language) });
	const told = [isOfTask && met ? words.gate.done : figure, ago, met ? null : sayReason(criterion, words, language)];
	return { id, label, met, isBlind: blindReasons.includes(reason), told: told.filter((one) => one !== null).join(', ') };
}

/** What a decision fell by: the criterion's label, whose vote aged out, or a change of the plan. */
export function sayFallen(gate: GateNow, why: string, words: RunbookWords): string {
	if (why.startsWith('vote/')) {
		const position = gate.votes.find((one) => one.position === why.slice('vote/'.length))?.label ?? why;
		return fill(words.gate.reopenedFor.vote, { position });
	}
	// How the criterion stands now is its own row's to say: this is about then.
	return gate.criteria.find((one) => one.id === why)?.label ?? words.gate.reopenedFor.plan;
}

export function gatePanel(judged: BoardNow, id: string, words: RunbookWords, language: Language) {
	const gate = judged.gates[id];
	if (gate === undefined) return null;
	const zone = zoneOf(judged);
	const clock = (at: number): string => formatMoment(at, zone);
	const unmet = gate.criteria.filter((one) => !one.met);
	const [first] = unmet;
	const { until, closed, reopened, decided } = gate;
	const band = judged.forecast.gates[id];
	const task = gate.task === null ? undefined : judged.runbook.tasks[gate.task];
	return {
		id,
		label: gate.label,
		standing: gate.standing,
		state: gate.state,
		isOpen: closed === null,
		canGo: gate.canGo,
		task: gate.task,
		isPassable: gate.state === 'go' && task !== undefined && task.status !== 'done',
		votesLine: [
			fill(words.gate.votes, { cast: gate.cast, of: gate.votes.length }),
			gate.minimum < gate.votes.length ? fill(words.gate.needs, { minimum: gate.minimum }) : null,
			until === null ? null : fill(closed?.how === 'expired' ? words.gate.ranOut : words.gate.until, { time: clock(until) }),
		]
			.filter((one) => one !== null)
			.join(' · '),
		criteria: gate.criteria.map((one) => criterionRow(one, words, language)),
		votes: gate.votes.map(({ position, label, team, role, vote, at, by, runsOutInMs }) => ({
			position,
			label,
			team,
			role,
			vote,
			told:
				vote === null || at === null
					? words.gate.notVoted
					: `${fill(words.gate.votedAt, { vote: words.gate.vote[vote].toLocaleLowerCase(), time: clock(at) })}${by === null ? '' : ` · ${nameIn(by)}`}`,
			runsOut: runsOutInMs === null ? null : fill(words.gate.runsOut, { age: formatAge(runsOutInMs, language) }),
		})),
		whyNoGo:
			first === undefined
				? null
				: fill(unmet.length > 1 ? words.gate.cannotGoMore : words.gate.cannotGo, {
						criterion: first.label,
						reason: sayReason(first, words, language),
						count: unmet.length - 1,
					}),
		decided:
			decided === null
				? null
				: {
						title: fill(words.gate.evidenceOf, { state: words.gate.state[decided.state], time: clock(decided.at) }),
						evidence: gate.criteria.map(({ id: one, label, unit }) => {
							const [value = null, ageMs = null, met = false] = decided.evidence[one] ?? [];
							const figure = unit === null ? (met ? words.gate.done : words.gate.unmet) : sayValue(value, unit, words, language);
							const told = ageMs === null ? figure : `${figure}, ${formatAge(ageMs, language)}`;
							return { id: one, label, met, told };
						}),
					},
		reopened:
			reopened === null
				? null
				: fill(reopened.times === 1 ? words.gate.reopened : words.gate.reopenedMore, {
						times: reopened.times,
						time: clock(reopened.at),
						why: sayFallen(gate, reopened.why, words),
					}),
		closed:
			closed === null
				? null
				: fill(closed.how === 'passed' ? words.gate.passed : words.gate.expired, { time: clock(closed.at), who: nameIn(closed.by) }),
		forecast: band === undefined ? null : fill(words.gate.forecast, { p50: clock(band[0]), p90: clock(band[2]) }),
	};
}
export type GatePanelModel = NonNullable<ReturnType<typeof gatePanel>>;

/** `person/turno-1` → turno-1. */
export const nameIn = (by: string): string => by.replace(/^[a-z]+\//, '');

function dueAt({ until, task }: GateNow, { runbook }: BoardNow): number {
	const planned = task === null ? undefined : runbook.tasks[task]?.planned;
	return until ?? planned?.[0] ?? Number.MAX_VALUE;
}

/** In the night's order: by when they are due. */
export const gatesInOrder = (judged: BoardNow): readonly string[] =>
	Object.entries(judged.gates)
		.map(([id, gate]) => [id, dueAt(gate, judged)] as const)
		.sort((a, b) => a[1] - b[1])
		.map(([id]) => id);

/** The gate that the room stands before: the first that is not closed. */
export const gateAhead = (judged: BoardNow): string | null => gatesInOrder(judged).find((id) => judged.gates[id]?.closed === null) ?? null;
