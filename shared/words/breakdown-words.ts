// What the words of failures are, in any language. Apart from words.ts, so that the wall of a cutover does not load them.
import type { Shape } from './it.ts';
import type { breakdownIt } from './it-breakdown.ts';

export type BreakdownWords = Shape<typeof breakdownIt>;
