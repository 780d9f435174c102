// Reads how far logical replication is behind, by the source's slot and the target's subscription. Knows nothing of rows.
import type { Reading } from '../../shared/sample.ts';
import { slotQuery, subscriptionQuery } from './postgres-queries.ts';
import { slotRow, subscriptionRow } from './postgres-rows.ts';
import type { Session } from './postgres-session.ts';

type Replication = { readonly slot?: string | undefined; readonly subscription?: string | undefined };

/** A slot that nobody reads, or a subscription whose worker is not running, has a lag that nobody knows: `stopped`. */
export async function readLag(
	{ slot, subscription }: Replication,
	source: Session,
	target: Session,
	subject: string,
	at: number,
): Promise<readonly Reading[]> {
	const readings: Reading[] = [];
	const running = subscription === undefined ? null : await target.ask(subscriptionQuery, [subscription], subscriptionRow);
	const state = slot === undefined ? null : await source.ask(slotQuery, [slot], slotRow);
	if (running === null && state === null) return [];
	const lag: Reading = { subject, measure: 'archive.lag', value: null, unit: 's', at };
	if (running && !running.ok) readings.push({ ...lag, why: running.why });
	else if (state && !state.ok) readings.push({ ...lag, why: state.why });
	else if (running?.value === false || state?.value.active === false) readings.push({ ...lag, why: 'stopped' });
	else if (state && state.value.lagSeconds !== null) readings.push({ ...lag, value: Math.round(state.value.lagSeconds * 1000) / 1000 });
	if (state && !state.ok) readings.push({ subject, measure: 'archive.lagBytes', value: null, at, why: state.why });
	else if (state && state.value.lagBytes !== null)
		readings.push({ subject, measure: 'archive.lagBytes', value: state.value.lagBytes, unit: 'B', at });
	return readings;
}
