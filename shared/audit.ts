// The audit as rows: what changed the room or its rules, told the same way whatever kind of entry holds it.
import { type AuditAct, auditActs, type Draft, type Entry } from './entry.ts';
import type { Mark } from './mark.ts';

export const auditRowActs = [...auditActs, 'mark-made', 'plan-accepted', 'started', 'stopped', 'gate-decided', 'timestamped'] as const;
export type AuditRowAct = AuditAct | (typeof auditRowActs)[number];

export type AuditRow = {
	readonly seq: number;
	/** ms UTC. */
	readonly at: number;
	readonly act: AuditRowAct;
	readonly by: string;
	/** The address it came from, or `terminal`; null where none was kept. */
	readonly from: string | null;
	readonly subject: string | null;
	readonly why: string | null;
	readonly detail: Readonly<Record<string, string | number | boolean>>;
};

/** The kinds of entry that have a row. */
export const auditedKinds: readonly Draft['kind'][] = ['audit', 'mark', 'plan', 'auto', 'timestamp'];

export function auditRowOf(entry: Entry): AuditRow | null {
	const base = { seq: entry.seq, at: entry.seen, by: 'regia', from: null, subject: null, why: null, detail: {} };
	switch (entry.kind) {
		case 'audit':
			return {
				...base,
				at: entry.at,
				act: entry.act,
				by: entry.by,
				from: entry.from,
				subject: entry.subject ?? null,
				why: entry.why ?? null,
				detail: entry.detail ?? {},
			};
		case 'mark': {
			const { mark } = entry;
			const subject = subjectOfMark(mark);
			return {
				...base,
				at: entry.at,
				act: 'mark-made',
				by: entry.by,
				from: entry.from ?? null,
				subject,
				why: whyOfMark(mark),
				detail: detailOf(mark),
			};
		}
		case 'plan':
			return { ...base, act: 'plan-accepted', by: entry.by, subject: `programme/${entry.plan.programme.id}`, detail: { digest: entry.digest } };
		case 'auto':
			if (entry.what === 'started' || entry.what === 'stopped') return { ...base, act: entry.what };
			if (entry.what !== 'gate') return null;
			return { ...base, act: 'gate-decided', subject: `gate/${entry.gate}`, detail: { state: entry.to } };
		case 'timestamp':
			return { ...base, at: entry.at, act: 'timestamped', by: entry.authority, detail: { seq: entry.of.seq, hash: entry.of.hash } };
		default:
			return null;
	}
}

/** Closed words and ids alone. */
function detailOf(mark: Mark): Record<string, string> {
	const detail: Record<string, string> = { mark: mark.kind };
	if (mark.kind === 'phase') detail.phase = mark.phase;
	if ('state' in mark) detail.state = mark.state;
	if ('act' in mark) detail.act = mark.act;
	if (mark.kind === 'alarm') detail.alarm = mark.alarm;
	if (mark.kind === 'statement') detail.audience = mark.audience;
	if (mark.kind === 'clock') detail.law = mark.law;
	if (mark.kind === 'clock' && mark.act === 'sent') detail.step = mark.step;
	if (mark.kind === 'incident' && mark.act === 'status') detail.status = mark.status;
	if (mark.kind === 'incident' && mark.act === 'cause') detail.nature = mark.nature;
	if (mark.kind === 'incident' && mark.act === 'role') detail.role = mark.role;
	return detail;
}

/** Why an alarm was shelved, a legal clock waived, or a press sheet withdrawn: what is decided once and stands. */
const whyOfMark = (mark: Mark): string | null =>
	(mark.kind === 'alarm' || mark.kind === 'clock' || mark.kind === 'press') && 'reason' in mark ? mark.reason : null;

function subjectOfMark(mark: Mark): string | null {
	switch (mark.kind) {
		case 'note':
			return mark.subject ?? null;
		case 'service':
			return `service/${mark.service}`;
		case 'task':
			return `task/${mark.task}`;
		case 'vote':
			return `gate/${mark.gate}`;
		case 'incident':
		case 'clock':
			return `incident/${mark.incident}`;
		case 'statement':
			return `statement/${mark.statement}`;
		case 'channel':
			return `channel/${mark.channel}`;
		case 'press':
			return `sheet/${mark.sheet}`;
		case 'alarm':
			return mark.alarm.replace(/^[^:]*:/, '').replace(':', '/');
		default:
			return null;
	}
}

/** The entry for who may read the record and not the audit: its place in the chain stays, who and from where do not. */
export function withoutOrigin(entry: Entry): Entry | { readonly v: 1; readonly seq: number; readonly seen: number; readonly kind: 'audit' } {
	if (entry.kind === 'audit') return { v: 1, seq: entry.seq, seen: entry.seen, kind: 'audit' };
	if (entry.kind !== 'mark') return entry;
	const { from: _from, ...rest } = entry;
	return rest;
}

/** The entry for who may not read press sheets before they are out: that one was drafted stays, what it says does not. */
export function withoutSheet(entry: Entry): Entry {
	if (entry.kind !== 'mark' || entry.frozen === undefined) return entry;
	const { frozen: _frozen, ...rest } = entry;
	return rest;
}
