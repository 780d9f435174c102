// The words of alarms that this screen has. Imported only by what shows alarms, so that a quiet wall does not load them.
import type { AlarmWords } from '../../shared/words/alarm-words.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { laterWords } from './later-words.ts';

export type { AlarmWords };

export const { learn: learnAlarmWords, use: useAlarmWords } = laterWords<AlarmWords>(
	alarmsIt,
	async () => (await import('../../shared/words/en-alarms.ts')).alarmsEn,
);
