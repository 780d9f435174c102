// A source that speaks to us: only its settings live here. The web layer receives, parse-samples and the heartbeats read.
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind } from './connector.ts';
import { id } from './settings.ts';

const glob = z.string().check(z.regex(/^[a-z0-9*/-]{1,120}$/, 'a subject or a pattern with stars, as archive/*'));

const pushSettings = z.strictObject({
	/** What it may speak about, beside what its token allows. */
	subjects: z.optional(z.array(glob)),
	/** The service that its heartbeats speak for; without it they only say that the source lives. */
	service: z.optional(id),
});
export type PushSettings = z.infer<typeof pushSettings>;

export const pushConnector: ConnectorKind = {
	kind: 'push',
	polled: false,
	settings: pushSettings,
	subjects(settings) {
		const { subjects = [], service } = pushSettings.parse(settings ?? {});
		const plain = subjects.filter((one) => !one.includes('*'));
		return service === undefined ? plain : [...plain, subjectOf('service', service)];
	},
	open() {
		throw new Error('a push source is not opened: it speaks to us');
	},
};
