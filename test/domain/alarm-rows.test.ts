// Alarms, a row a case: what stands on the list at a second, what Regia wrote, what it refused (ISA-18.2).
import { describe, expect, test } from 'vitest';
import { fill, lag, planOf, play } from './alarm-play.ts';

/** `60 down ps U` — at second 60 the list; after `|` what Regia wrote, after `!` what it refused. */
type Row = readonly [name: string, script: string, expected: string, plan?: ReturnType<typeof planOf>];

function check(script: string, expected: string, plan?: ReturnType<typeof planOf>): void {
	const played = play(script, plan === undefined ? {} : { plan });
	const [, second = '', list = '', wrote, refused] = /^(\S+) ([^|!]*?)(?: \| ([^!]*?))?(?: ! (.*))?$/.exec(expected) ?? [];
	expect(played.list(Number(second))).toBe(list);
	if (wrote !== undefined) expect(played.wrote.join(', ')).toBe(wrote);
	expect(played.refused.join(', ')).toBe(refused ?? '');
}

const delays: readonly Row[] = [
	['nothing on a quiet night', '0 ps=1; 1..100 tick', '100 - | '],
	['down, but not for long enough', '0 ps=1; 10 ps=0; 11..39 tick', '39 - | '],
	['down for as long as its delay', '0 ps=1; 10 ps=0; 11..40 tick', '40 down ps U | on down ps'],
	['down and back within the delay', '0 ps=1; 10 ps=0; 11..39 tick; 39 ps=1; 40..80 tick', '80 - | '],
];

describe('delays', () => {
	test.each(delays)('%s', (_name, script, expected, plan) => check(script, expected, plan));
});
void [fill, lag, planOf];
