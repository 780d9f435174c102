// The rules that a plan's alarms follow: the built-in ones as it changes them, and its own. Pure.
import { alarmRules } from '../../shared/alarm-rules.ts';
import type { Board } from '../../shared/board.ts';
import type { AlarmPriority } from '../../shared/board-breakdown.ts';
import { isMeasure, type MeasureName, measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { SubjectKind } from '../../shared/subject.ts';

export type RuleInForce = {
	readonly priority: AlarmPriority | 'service';
	readonly onDelayMs: number;
	readonly offDelayMs: number;
	readonly latches: boolean;
};

/** One of the plan's own: a figure outside its bounds. `deadBand`: how far inside it has to come back. */
export type OwnRule = {
	readonly id: string;
	/** May hold stars. */
	readonly subject: string;
	readonly kind: SubjectKind;
	readonly measure: MeasureName;
	/** The measure without its kind, as the board's cells name it. */
	readonly figure: string;
	readonly above: number | null;
	readonly below: number | null;
	readonly deadBand: number;
};

export type AlarmPlan = { readonly rules: ReadonlyMap<string, RuleInForce>; readonly own: readonly OwnRule[] };

/** A built-in rule that the plan switches off is not among them. */
export function alarmPlanOf({ alarms }: Pick<Plan, 'alarms'>): AlarmPlan {
	const rules = new Map<string, RuleInForce>();
	for (const [name, usual] of Object.entries(alarmRules)) {
		const here = Object.hasOwn(alarms.builtIn, name) ? alarms.builtIn[name] : undefined;
		if (here?.off === true) continue;
		rules.set(name, {
			priority: here?.priority ?? usual.priority,
			onDelayMs: here?.onDelay ?? usual.onDelayMs,
			offDelayMs: here?.offDelay ?? usual.offDelayMs,
			latches: here?.latches ?? usual.latches,
		});
	}
	const own: OwnRule[] = [];
	for (const [id, { subject, measure, above = null, below = null, deadBand, onDelay, offDelay, latches, priority }] of Object.entries(alarms.rules)) {
		// The plan's check refuses unknown measures; a plan of an older record may still hold one.
		if (!isMeasure(measure)) continue;
		rules.set(id, { priority, onDelayMs: onDelay, offDelayMs: offDelay, latches });
		own.push({ id, subject, kind: measureOf(measure).kind, measure, figure: measure.slice(measure.indexOf('.') + 1), above, below, deadBand });
	}
	return { rules, own };
}

/** A service's place in the clinical restore order is how urgent its alarms are. */
export function priorityOf(rule: RuleInForce, subject: string, board: Pick<Board, 'services'>): AlarmPriority {
	if (rule.priority !== 'service') return rule.priority;
	const place = board.services[subject.slice(subject.indexOf('/') + 1)]?.priority ?? Number.POSITIVE_INFINITY;
	return place <= 1 ? 1 : place <= 3 ? 2 : 3;
}
