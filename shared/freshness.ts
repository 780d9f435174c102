// Age and staleness: the one definition that both ends use. Told the time, never asks for it.

/** When something was so (`at`, the source's clock) and when it reached our door (`seen`, ours); both ms since 1970 UTC. */
export type Seen = { readonly at: number; readonly seen: number };

/** Age in ms. A source whose clock runs ahead gains no freshness from it: min(at, seen). Never negative. */
export const ageOf = (instant: Seen, now: number): number => Math.max(0, now - Math.min(instant.at, instant.seen));

export const isStale = (instant: Seen, staleAfterMs: number, now: number): boolean => ageOf(instant, now) > staleAfterMs;
