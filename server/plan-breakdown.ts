// What the schema cannot see in the sections about failures: that needs lead to known subjects and never in a circle, that bounds lie in order.
import type { Say } from './plan-reading.ts';

export function checkBreakdown(_data: unknown, _say: Say): void {}
