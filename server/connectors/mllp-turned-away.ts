// What is told of connections that the HL7 port does not let in: a line a minute at most. Knows no socket.

export type WhyAway = 'full' | 'not-permitted';

const TOLD_EVERY_MS = 60_000;

const because: Readonly<Record<WhyAway, (connections: number) => string>> = {
	full: (connections) => `the ${connections} connections that it holds are all open: let senders share one, or close those that nobody uses`,
	'not-permitted': () => 'no mllp source of the plan permits their address: add it to a source’s settings (addresses), or look for who calls',
};

/** Those of the minute after a line are in the next one: nobody is turned away unsaid for longer than until the next is. */
export function openTurnedAway(connections: number, now: () => number, told: (message: string) => void): (why: WhyAway) => void {
	let many = 0;
	let toldAt = Number.NEGATIVE_INFINITY;
	return (why) => {
		many += 1;
		if (now() - toldAt < TOLD_EVERY_MS) return;
		told(`the HL7 port closed ${many} connection${many === 1 ? '' : 's'} without a word; the last one because ${because[why](connections)}`);
		many = 0;
		toldAt = now();
	};
}
