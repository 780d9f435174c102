// How large a fault test is: bounded unless REGIA_SCALE=full, and said in its output. Knows no test.

export const isFull = process.env.REGIA_SCALE === 'full';

export const scaled = (full: number, bounded: number): number => (isFull ? full : bounded);

/** One line of a test's findings, with the scale it was run at. */
export const say = (test: string, text: string): void => console.info(`${test} (${isFull ? 'full' : 'bounded'} scale): ${text}`);
