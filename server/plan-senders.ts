// Checks that a plan's HL7 senders can be told apart: two of one name would each be the other's. Knows no message.
import { ambiguousSenders } from './connectors/mllp-sender.ts';
import { type ReferenceMistake, textAt, treeAt } from './plan-reading.ts';

export function checkSenders(data: unknown): readonly ReferenceMistake[] {
	const settings: Record<string, unknown> = {};
	for (const id of Object.keys(treeAt(data, 'sources'))) {
		if (textAt(data, 'sources', id, 'kind') === 'mllp') settings[id] = treeAt(data, 'sources', id, 'settings');
	}
	return ambiguousSenders(settings).map(({ source, like }) => ({
		path: ['sources', source, 'settings'],
		message: `"${source}" and "${like}" are the same sender: no message says which of them it is from`,
		remedy: 'an "application" or a "facility" (MSH-3, MSH-4) of its own for each, or one source with "locations"',
	}));
}
