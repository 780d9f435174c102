// Which alarms a wall sounds for. Apart from the sound itself, which is loaded later. Pure.
import type { AlarmsNow } from '../../shared/breakdown-now.ts';

/** The P1 alarms that ask for somebody, each with when it came on: coming on again is new. */
export const urgentOf = ({ active }: AlarmsNow): readonly string[] =>
	active.filter(({ priority, state }) => priority === 1 && state === 'unacknowledged').map(({ id, since }) => `${id}@${since}`);
