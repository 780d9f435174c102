// What sources push in their own formats, on its way into the record: Prometheus's remote-write, Alertmanager's webhook. Acknowledged once durable.
import type { PlanSource } from '../shared/plan.ts';
import type { Reading } from '../shared/sample.ts';
import { countAlerts } from './connectors/alert-count.ts';
import { MOST_ALERTS, readAlertMessage } from './connectors/alert-message.ts';
import { type AlertSettings, alertSettings } from './connectors/alertmanager.connector.ts';
import type { VisitKeys } from './connectors/visit-keys.ts';
import { createWriteReader } from './connectors/write-readings.ts';
import type { Batch } from './domain/batch.ts';
import type { Recorder } from './recorder.ts';
import type { Parts, Pusher, TakenPush } from './web/route.ts';

type Setup = {
	readonly sources: Readonly<Record<string, PlanSource>>;
	readonly recorder: Pick<Recorder, 'submit' | 'facts'>;
	/** For digests of what must not be kept as it is. */
	readonly keys: Pick<VisitKeys, 'digest'>;
	now(): number;
};

/** A sender that writes many times a second says that it lives once in so long. */
const BEAT_EVERY_MS = 10_000;

const nothing: TakenPush = { ok: true, outcome: { ok: true, accepted: 0, seq: 0, refused: [], repeated: false }, beats: 0 };

export function openPushed({ sources, recorder, keys, now }: Setup): Parts['pushed'] {
	const readWritten = createWriteReader(sources, now);
	const beats = new Map<string, number>();
	/** The turn of each Alertmanager: what one message changes, the next one has to know. */
	const turns = new Map<string, Promise<unknown>>();
	const settings = new Map<string, AlertSettings>();

	function beatOf(source: string): readonly Reading[] {
		const at = now();
		if (at - (beats.get(source) ?? Number.NEGATIVE_INFINITY) < BEAT_EVERY_MS) return [];
		return [{ subject: `source/${source}`, measure: 'source.beat', value: 1, at }];
	}

	/** Its own beat needs no permission. */
	async function submit(pusher: Pusher, batch: Omit<Batch, 'source' | 'may' | 'measures'>): Promise<TakenPush> {
		const { source, subjects, measures } = pusher;
		const outcome = await recorder.submit({
			...batch,
			source,
			may: [...subjects, `source/${source}`],
			...(measures === undefined ? {} : { measures: [...measures, 'source.beat'] }),
		});
		const beat = batch.readings.filter((one) => one.measure === 'source.beat');
		if (outcome.ok) for (const { at } of beat) beats.set(source, at);
		return { ok: true, outcome, beats: beat.length };
	}

	function settingsOf(source: string): AlertSettings | undefined {
		const planned = Object.hasOwn(sources, source) ? sources[source] : undefined;
		if (planned?.kind !== 'alertmanager') return undefined;
		const read = settings.get(source) ?? alertSettings.parse(planned.settings ?? {});
		settings.set(source, read);
		return read;
	}

	async function takeAlerts(text: string, pusher: Pusher): Promise<TakenPush> {
		const { source } = pusher;
		const mine = settingsOf(source);
		if (mine === undefined) return { ok: false, code: 'not-such-a-source', message: 'the plan has no source of this name with kind: alertmanager' };
		const message = readAlertMessage(text, now());
		if (message === undefined) return { ok: false, code: 'malformed', message: 'the body is no webhook message of Alertmanager (version 4)' };
		if (message.alerts.length > MOST_ALERTS)
			return { ok: false, code: 'too-large', message: `at most ${MOST_ALERTS} alerts in one message: set max_alerts` };
		const before = recorder.facts().sources[source]?.memory;
		const { readings, refused, memory } = countAlerts(message, mine, before, (one) => keys.digest(['alert', source, one]), now());
		return submit(pusher, { readings: [...readings, ...beatOf(source)], malformed: refused, memory });
	}

	return {
		async prometheus(packed, pusher) {
			const read = readWritten(packed, pusher.source);
			if (!read.ok) return read;
			const { readings, indexes, refused } = read;
			const beat = beatOf(pusher.source);
			if (readings.length + refused.length + beat.length === 0) return nothing;
			const places = [...indexes, ...beat.map(() => readings.length + refused.length)];
			return submit(pusher, { readings: [...readings, ...beat], indexes: places, malformed: refused });
		},
		alerts(text, pusher) {
			const mine = (turns.get(pusher.source) ?? Promise.resolve()).then(() => takeAlerts(text, pusher));
			turns.set(
				pusher.source,
				mine.catch(() => undefined),
			);
			return mine;
		},
	};
}
