// An Alertmanager (or Grafana) that tells us of its alerts: only the settings of one live here. The web layer receives, alert-count.ts counts.
import * as z from 'zod/mini';
import { isMeasure } from '../../shared/measures.ts';
import { duration } from '../../shared/plan-values.ts';
import { parseSubject } from '../../shared/subject.ts';
import type { ConnectorKind } from './connector.ts';
import { labelName, labelText, subjectsIn } from './figure-target.ts';

/** The measure that counts the alerts of a subject; only some kinds have one. */
export const alertsOf = (subject: string): string => `${subject.slice(0, subject.indexOf('/'))}.alerts`;

const subject = z
	.string()
	.check(z.refine((one: string) => parseSubject(one).ok && isMeasure(alertsOf(one)), 'a service, a facility or a network, as facility/ced'));
const labels = z.record(labelName, labelText);

const alertRule = z
	.strictObject({
		/** Labels that an alert must have, with just these values; none: every alert. */
		labels: z._default(labels, {}),
		subject: z.optional(subject),
		/** The label that tells the subjects apart. */
		label: z.optional(labelName),
		subjects: z.optional(z.record(labelText, subject)),
	})
	.check(
		z.refine((one) => (one.subject === undefined) !== (one.subjects === undefined), {
			path: ['subject'],
			error: 'either subject, or label and subjects (what it says → subject)',
		}),
		z.refine((one) => (one.label === undefined) === (one.subjects === undefined), {
			path: ['label'],
			error: 'label beside subjects, and only there',
		}),
	);
export type AlertRule = z.infer<typeof alertRule>;

export const alertSettings = z.strictObject({
	/** Whom an alert is about; the first that fits. */
	alerts: z.array(alertRule).check(z.minLength(1, 'at least one rule'), z.maxLength(200, 'at most 200 rules')),
	/** Of an alert that always fires, to show that Alertmanager lives: it counts for nobody. */
	alive: z.optional(labels),
	/** As Alertmanager has it (repeat_interval): what is not repeated for twice as long no longer counts. */
	repeat: z.prefault(duration, '4h'),
});
export type AlertSettings = z.infer<typeof alertSettings>;

export const alertmanagerConnector: ConnectorKind = {
	kind: 'alertmanager',
	polled: false,
	settings: alertSettings,
	subjects: (settings) => [...new Set(alertSettings.parse(settings).alerts.flatMap(subjectsIn))],
	open() {
		throw new Error('an alertmanager source is not opened: it speaks to us');
	},
};
