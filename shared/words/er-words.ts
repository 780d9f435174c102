// What the words of the emergency rooms are, in any language. Apart from words.ts, so that the wall of a cutover does not load them.
import type { Shape } from './it.ts';
import type { erIt } from './it-er.ts';

export type ErWords = Shape<typeof erIt>;
