// Marks of emergency rooms: which may be taken, and which taken back while nothing came after them on the same thing.
import { expect, it, test } from 'vitest';
import { admitMark } from '../../server/domain/admit-mark.ts';
import { boardOf } from '../../server/projections/fold.ts';
import type { Mark } from '../../shared/mark.ts';
import { at, count, type Line, mark, paper, play } from '../projections/site-night.ts';

const on = paper(10, 'martino', 'on');
const stop = (minutes: number): Line => mark(minutes, { kind: 'service', service: 'ps', state: 'stopped' });
const divert = (minutes: number, site = 'martino'): Line => mark(minutes, { kind: 'diversion', site, state: 'diverted' });
const bedside = (minutes: number): Line => mark(minutes, { kind: 'bedside', site: 'martino', respirators: 1 });
const undo = (seq: number): Mark => ({ kind: 'undo', seq });

const codeOf = (lines: readonly Line[], one: Mark, minutes: number, by = 'person/a') =>
	admitMark(one, { board: boardOf(play(...lines)), now: at(minutes), by })?.code ?? null;

test.each<[string, readonly Line[], Mark, string | null]>([
	['paper', [on], undo(2), null],
	['a state for the 118', [divert(10)], undo(2), null],
	['what was said at the bedside', [bedside(10)], undo(2), null],
	['a count: a new one corrects it', [count(10, 'martino', { '3': 1 })], undo(2), 'nothing-to-undo'],
	['paper that was marked again', [on, paper(10.05, 'martino', 'off')], undo(2), 'overlaid'],
	['paper, under the stop of its service', [on, stop(10.05)], undo(2), 'overlaid'],
	['the stop of a service, under paper of its site', [stop(10), paper(10.05, 'martino', 'off')], undo(2), 'overlaid'],
	['the stop of a service, beside paper of another site', [stop(10), paper(10.05, 'galliera', 'on')], undo(2), null],
	['paper, beside a state for the 118', [on, divert(10.05)], undo(2), null],
	['a state for the 118, beside another site’s', [divert(10), divert(10.05, 'galliera')], undo(2), null],
])('taken back: %s', (_name, lines, one, code) => {
	expect(codeOf(lines, one, 10.1)).toBe(code);
});

it('is taken back by whoever made it, within ten seconds', () => {
	expect(codeOf([on], undo(2), 10.1, 'person/b')).toBe('not-yours');
	expect(codeOf([on], undo(2), 10.2)).toBe('too-late');
});

test.each<[string, readonly Line[], Mark, string | null]>([
	['paper of a site that is not there', [], { kind: 'paper', site: 'ignota', state: 'on' }, 'unknown-subject'],
	['paper twice, or after the stop of its service', [stop(5), on], { kind: 'paper', site: 'martino', state: 'on' }, null],
	['an end of paper that never began', [], { kind: 'paper', site: 'martino', state: 'off' }, 'not-begun'],
	['an end of paper, twice', [on, paper(11, 'martino', 'off')], { kind: 'paper', site: 'martino', state: 'off' }, null],
	['all entered, while it is dark', [on], { kind: 'paper', site: 'martino', state: 'entered' }, 'not-begun'],
	['all entered, where there was no paper', [], { kind: 'paper', site: 'martino', state: 'entered' }, 'not-begun'],
	['all entered, after the restore', [on, paper(11, 'martino', 'off')], { kind: 'paper', site: 'martino', state: 'entered' }, null],
])('sent: %s', (_name, lines, one, code) => {
	expect(codeOf(lines, one, 12)).toBe(code);
});
