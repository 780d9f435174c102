// Every button that changes something asks the one table: it is drawn by ActButton or within MayDo, with an action that stands there.
// Which roles see it is walked in test/client/buttons.test.tsx against test/access/matrix.ts.
import { describe, expect, it } from 'vitest';
import { actions } from '../../server/domain/may.ts';
import { buttonMatrix } from '../access/matrix.ts';
import { actingButtons, silentButtons } from './buttons.ts';
import { readSources } from './sources.ts';

const sources = readSources();
const acting = actingButtons(sources);

describe('a button of the client', () => {
	it('asks who may (ActButton, or data-asked within MayDo), or says that it changes nothing beyond this screen (data-quiet)', () => {
		expect(silentButtons(sources)).toEqual([]);
	});

	it('names its action in plain words, and the action stands in server/domain/may.ts', () => {
		expect(acting.filter(({ action }) => !actions.some((one) => one === action))).toEqual([]);
		expect(acting.length).toBeGreaterThan(10);
	});

	it('has its row in the matrix kept by hand (test/access/matrix.ts)', () => {
		expect(Object.keys(buttonMatrix).toSorted()).toEqual([...new Set(acting.map(({ action }) => action))].toSorted());
	});

	it.each([
		['<button type="button" onClick={() => ask(1)}>x</button>', 1],
		['<button type="button" onClick={() => a > b}>x</button>', 1],
		['<input type="submit" value="x" />', 1],
		['<button type="button" data-quiet onClick={() => show(1)}>x</button>', 0],
		['<ActButton action="gates.vote" onClick={() => go()}>x</ActButton>', 0],
	])('%s is silent: %i', (text, many) => {
		expect(silentButtons([{ path: 'client/views/x.tsx', text, imports: [], lines: 1 }])).toHaveLength(many);
	});

	it.each([
		['<ActButton action={one}>x</ActButton>', [null]],
		['<MayDo>x</MayDo>', [null]],
		['<ActButton onClick={() => a > b} action="no.such">x</ActButton>', ['no.such']],
		["<ArmedButton action={isVote ? 'gates.vote' : 'marks.make'} />", ['gates.vote', 'marks.make']],
		['<MayDo action={action} of={of}>x</MayDo>', []],
	])('%s acts as %j', (text, found) => {
		const path = 'client/views/x.tsx';
		expect(actingButtons([{ path, text, imports: [], lines: 1 }])).toEqual(found.map((action) => ({ path, action })));
	});
});
