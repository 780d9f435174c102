// Reads a webhook message of Alertmanager (version 4) or Grafana (version 1): of each alert its fingerprint, whether it fires, and its labels
// for as long as they are looked at. Annotations, links and names are not read. Never throws.
import { listOf, parseTree, textIn, treeOf, valueIn } from './json-tree.ts';
import type { Labels } from './series-rules.ts';

export type Alert = {
	readonly fingerprint: string;
	/** Not resolved, by its status or by its end. */
	readonly fires: boolean;
	/** When it will have ended by itself, ms UTC; null where that is not said. */
	readonly until: number | null;
	readonly labels: Labels;
};
export type AlertMessage = {
	/** What its sender keeps together and tells as a whole. */
	readonly group: string;
	/** How many of the group are not in it. */
	readonly truncated: number;
	/** Null: it is no alert. */
	readonly alerts: readonly (Alert | null)[];
};

export const MOST_ALERTS = 5000;
const versions = ['4', '1'];
const FINGERPRINT = /^[0-9a-f]{8,64}$/i;

/** Go's year 1 stands for no end at all. */
function untilIn(alert: unknown): number | null {
	const at = Date.parse(textIn(alert, 'endsAt') ?? '');
	return Number.isFinite(at) && at > 0 ? at : null;
}

function readAlert(alert: unknown, now: number): Alert | null {
	const fingerprint = textIn(alert, 'fingerprint') ?? '';
	const status = textIn(alert, 'status');
	const labels = treeOf(valueIn(alert, 'labels'));
	if (!FINGERPRINT.test(fingerprint) || labels === undefined || (status !== 'firing' && status !== 'resolved')) return null;
	const until = untilIn(alert);
	return {
		fingerprint: fingerprint.toLowerCase(),
		fires: status === 'firing' && (until === null || until > now),
		until,
		labels: (name) => textIn(labels, name),
	};
}

/** Undefined: it is no such message. */
export function readAlertMessage(text: string, now: number): AlertMessage | undefined {
	const tree = parseTree(text);
	const group = textIn(tree, 'groupKey');
	const alerts = valueIn(tree, 'alerts');
	const truncated = valueIn(tree, 'truncatedAlerts') ?? 0;
	if (!versions.includes(textIn(tree, 'version') ?? '') || group === undefined || !Array.isArray(alerts)) return undefined;
	if (typeof truncated !== 'number' || !Number.isSafeInteger(truncated) || truncated < 0) return undefined;
	return { group, truncated, alerts: listOf(alerts).map((one) => readAlert(one, now)) };
}
