// A Prometheus that writes to us (remote-write 1.0): only the settings of one live here. The web layer receives, write-readings.ts reads.
import * as z from 'zod/mini';
import type { ConnectorKind } from './connector.ts';
import { subjectsIn } from './figure-target.ts';
import { seriesRules } from './series-rules.ts';

export const writeSettings = z.strictObject({
	/** What of all that it sends is meant here; the rest is passed over. */
	series: seriesRules,
});
export type WriteSettings = z.infer<typeof writeSettings>;

export const prometheusWriteConnector: ConnectorKind = {
	kind: 'prometheus-write',
	polled: false,
	settings: writeSettings,
	subjects: (settings) => [...new Set(writeSettings.parse(settings).series.flatMap(subjectsIn))],
	open() {
		throw new Error('a prometheus-write source is not opened: it speaks to us');
	},
};
