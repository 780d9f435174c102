// What the words of alarms are, in any language. Apart from words.ts, so that a wall without alarms does not load them.
import type { Shape } from './it.ts';
import type { alarmsIt } from './it-alarms.ts';

export type AlarmWords = Shape<typeof alarmsIt>;
