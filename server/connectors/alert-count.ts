// How many alerts fire on each subject, by what an Alertmanager told so far. Of an alert it keeps a keyed digest, of a group its digest and
// when it was told; labels and texts end here. Pure: told the time and what it remembered.
import type { Reading, Refusal } from '../../shared/sample.ts';
import type { Alert, AlertMessage } from './alert-message.ts';
import { type AlertRule, type AlertSettings, alertsOf } from './alertmanager.connector.ts';
import { subjectBy, subjectsIn } from './figure-target.ts';
import { listOf, treeOf, valueIn } from './json-tree.ts';

/** Of one group: when it was told, and by subject which alerts fire and until when (0: no end is known). */
type Group = { readonly at: number; readonly firing: Readonly<Record<string, Readonly<Record<string, number>>>> };
/** As it is journalled. `told`: subjects of which something was ever said. */
type Known = { readonly at: number; readonly told: readonly string[]; readonly groups: Readonly<Record<string, Group>> };

export type Counted = { readonly readings: readonly Reading[]; readonly refused: readonly Refusal[]; readonly memory: Known };

const SLACK_MS = 600_000;
const MOST_FIRING = 5000;
/** Of a keyed digest: enough that no two of thousands are alike. */
const DIGEST_LETTERS = 10;
/** What is left out is counted up to here. */
const MOST_TRUNCATED = 1000;

const messages = {
	malformed: 'an alert has a status, labels and a fingerprint',
	'unknown-subject': 'no rule of this source says whom such an alert is about',
	'out-of-range': `at most ${MOST_FIRING} alerts are counted`,
	truncated: 'the sender left alerts out (max_alerts): the count is too low',
} as const;

const numberOr = (value: unknown, other: number): number => (typeof value === 'number' ? value : other);

/** What was journalled, without what has ended since, and without what the plan no longer names. */
function recall(memory: unknown, settings: AlertSettings, now: number): Known {
	const known = new Set(settings.alerts.flatMap(subjectsIn));
	const told = listOf(valueIn(memory, 'told')).filter((one): one is string => typeof one === 'string' && known.has(one));
	const oldest = now - 2 * settings.repeat - SLACK_MS;
	const groups: Record<string, Group> = {};
	for (const [group, one] of Object.entries(treeOf(valueIn(memory, 'groups')) ?? {})) {
		const at = numberOr(valueIn(one, 'at'), 0);
		const firing: Record<string, Record<string, number>> = {};
		for (const [subject, alerts] of Object.entries(treeOf(valueIn(one, 'firing')) ?? {})) {
			const lasting = Object.entries(treeOf(alerts) ?? {}).filter(([, until]) => until === 0 || numberOr(until, 0) > now);
			if (known.has(subject) && lasting.length > 0) firing[subject] = Object.fromEntries(lasting) as Record<string, number>;
		}
		if (at > oldest && Object.keys(firing).length > 0) groups[group] = { at, firing };
	}
	return { at: numberOr(valueIn(memory, 'at'), 0), told, groups };
}

const has = (wanted: Readonly<Record<string, string>>, { labels }: Alert): boolean =>
	Object.entries(wanted).every(([name, value]) => labels(name) === value);

function subjectOfAlert(rules: readonly AlertRule[], alert: Alert): string | undefined {
	for (const rule of rules) {
		const subject = has(rule.labels, alert) ? subjectBy(rule, rule.label === undefined ? undefined : alert.labels(rule.label)) : undefined;
		if (subject !== undefined) return subject;
	}
	return undefined;
}

const sizeOf = ({ firing }: Group): number => Object.values(firing).reduce((sum, alerts) => sum + Object.keys(alerts).length, 0);

/** What a group holds without these alerts. */
function without({ at, firing }: Group, ended: ReadonlySet<string>): Group {
	const left = Object.entries(firing).map(([subject, alerts]) => {
		const lasting = Object.entries(alerts).filter(([digest]) => !ended.has(digest));
		return [subject, Object.fromEntries(lasting)] as const;
	});
	return { at, firing: Object.fromEntries(left.filter(([, alerts]) => Object.keys(alerts).length > 0)) };
}

export function countAlerts(
	message: AlertMessage,
	settings: AlertSettings,
	before: unknown,
	digestOf: (text: string) => string,
	now: number,
): Counted {
	const short = (text: string): string => digestOf(text).slice(0, DIGEST_LETTERS);
	const known = recall(before, settings, now);
	const refused: Refusal[] = [];
	const refuse = (index: number, code: keyof typeof messages): void => void refused.push({ index, code, message: messages[code] });
	const ended = new Set(message.alerts.filter((one) => one !== null && !one.fires).map((one) => short(one?.fingerprint ?? '')));
	const groups: Record<string, Group> = {};
	for (const [group, one] of Object.entries(known.groups)) groups[group] = without(one, ended);
	const mine = short(message.group);
	// A message is its whole group, unless its sender says that it left some out.
	const earlier = message.truncated > 0 ? (groups[mine]?.firing ?? {}) : {};
	groups[mine] = { at: now, firing: earlier };
	const told = new Set(known.told);
	const firing: Record<string, Record<string, number>> = {};
	let room = MOST_FIRING - Object.values(groups).reduce((sum, one) => sum + sizeOf(one), 0);
	for (const [index, alert] of message.alerts.entries()) {
		if (alert === null) refuse(index, 'malformed');
		else if (settings.alive === undefined || !has(settings.alive, alert)) {
			const subject = subjectOfAlert(settings.alerts, alert);
			if (subject === undefined) refuse(index, 'unknown-subject');
			else if (alert.fires && room <= 0) refuse(index, 'out-of-range');
			else {
				told.add(subject);
				if (!alert.fires) continue;
				firing[subject] ??= {};
				firing[subject][short(alert.fingerprint)] = alert.until ?? 0;
				room -= 1;
			}
		}
	}
	for (let nth = 0; nth < Math.min(message.truncated, MOST_TRUNCATED); nth += 1) refuse(message.alerts.length + nth, 'truncated');
	const subjects = [...new Set([...Object.keys(earlier), ...Object.keys(firing)])];
	groups[mine] = { at: now, firing: Object.fromEntries(subjects.map((one) => [one, { ...earlier[one], ...firing[one] }])) };
	// Each message has an instant of its own: two may come within a millisecond.
	const at = Math.max(now, known.at + 1);
	return { readings: readingsOf(groups, told, at), refused, memory: { at, told: [...told], groups } };
}

/** An alert counts once, in however many groups it is told. */
function readingsOf(groups: Readonly<Record<string, Group>>, told: ReadonlySet<string>, at: number): readonly Reading[] {
	return [...told].map((subject) => {
		const alerts = new Set(Object.values(groups).flatMap(({ firing }) => Object.keys(firing[subject] ?? {})));
		return { subject, measure: alertsOf(subject), value: alerts.size, at };
	});
}
