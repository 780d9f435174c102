// What the words of alarms are, in any language. Apart from words.ts, so that a wall without alarms does not load them.
import type { Shape } from './it.ts';
import type { alarmsIt } from './it-alarms.ts';

export type AlarmWords = Shape<typeof alarmsIt>;

/** Of a legal clock (`clock/<incident>-<law>`) the law, and the step that is owed: the alarm's detail. */
export function sayClock(
	{ subject, detail }: { readonly subject: string; readonly detail: string | null },
	{ clock }: Pick<AlarmWords, 'clock'>,
): string {
	const said = [clock.law[subject.slice(subject.lastIndexOf('-') + 1)], clock.step[detail ?? '']];
	return said.filter((one) => one !== undefined).join(', ');
}
