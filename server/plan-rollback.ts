// What a schema cannot see of the way back: that what it would cost can be counted, and that there is one.
import { checkMeasured } from './plan-gates.ts';
import { checkNamed, durationAt, instantAt, listAt, type Say, treeAt } from './plan-reading.ts';

export function checkRollback(data: unknown, say: Say): void {
	const path = ['cutover', 'rollback'];
	if (treeAt(data, 'cutover').rollback === undefined) return;
	checkNamed(data, [...path, 'reverse'], 'archives', say);
	const seen = new Set<string>();
	listAt(data, ...path, 'price').forEach((_, index) => {
		const one = [...path, 'price', index];
		const measure = checkMeasured(data, one, 'measure', say);
		if (measure && measure.role === 'gauge') {
			say([...one, 'measure'], 'a figure of the moment does not say what was written since', 'a measure that counts up, as service.recordsNew');
		}
		const { subject, measure: name } = treeAt(data, ...one);
		const what = `${subject} ${name}`;
		if (measure && seen.has(what)) say(one, 'this is counted already, further up', 'take one of the two out');
		seen.add(what);
	});
	const [start, end] = [instantAt(data, 'cutover', 'window', 'start'), instantAt(data, 'cutover', 'window', 'end')];
	const wayBack = durationAt(data, ...path, 'duration', 'p90');
	if (start !== null && end !== null && wayBack !== null && end > start && wayBack > end - start) {
		say([...path, 'duration', 'p90'], 'the way back takes longer than the window', 'a shorter way back, or a longer window');
	}
}
