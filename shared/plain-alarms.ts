// Alarms as far as a screen knows them without judge-alarms.ts, which it loads once a board has had any: then nothing of them is hidden
// while that is on its way. Every wall loads this: keep it small.
import type { Board } from './board.ts';
import type { AlarmNow, AlarmsNow } from './breakdown-now.ts';
import type { judgeAlarms } from './judge-alarms.ts';

export type AlarmsJudge = typeof judgeAlarms;

export const hasAlarms = ({ alarms }: Pick<Board, 'alarms'>): boolean => alarms.count > 0 || Object.keys(alarms.active).length > 0;

const noRates: AlarmsNow['rates'] = { lastTenMinutes: 0, lastHour: 0, lastDay: 0, peakTenMinutes: 0, inFlood: 0, standing: 0, chattering: 0 };

/** Every alarm for itself, by its subject's bare name; exact where there is none. */
export function plainAlarms({ alarms }: Pick<Board, 'alarms'>): AlarmsNow {
	const all = Object.entries(alarms.active).map(
		([id, { shelved, ...facts }]): AlarmNow => ({
			...facts,
			id,
			label: facts.subject,
			state: facts.acknowledged !== null ? 'acknowledged' : facts.endedAt === null ? 'unacknowledged' : 'ended-unacknowledged',
			shelvedUntil: shelved?.until ?? null,
			root: null,
			isFirst: true,
		}),
	);
	const active = all
		.filter((one) => one.shelvedUntil === null && one.suppressed === null)
		.sort((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null) || a.priority - b.priority);
	return {
		active,
		shelved: all.filter((one) => one.shelvedUntil !== null),
		suppressed: all.filter((one) => one.shelvedUntil === null && one.suppressed !== null),
		groups: active.map(({ id, priority }) => ({ root: id, first: id, count: 1, worst: id, priority })),
		floodSince: alarms.floodSince,
		rates: noRates,
	};
}
