// What of press sheets travels to a screen: what is out. A draft, and what is under embargo, is asked for by name and by who may.
import { expect, test } from 'vitest';
import { viewFor } from '../../server/stream/audience.ts';
import type { PressFacts } from '../../shared/press.ts';
import { boardLiteral } from '../kit/board-literal.ts';

const sheet = (rest: Partial<PressFacts>): PressFacts => ({ state: 'released', embargoUntil: null, ...rest }) as PressFacts;
const board = boardLiteral({
	press: { count: 3, rows: { bozza: sheet({ state: 'draft' }), attesa: sheet({ embargoUntil: 1 }), uscito: sheet({}) } },
});

test.each([
	['wall', []],
	['desk', ['uscito']],
	['press', ['uscito']],
	['field', []],
] as const)('%s is sent %j', (audience, ids) => {
	expect(Object.keys(viewFor[audience](board).press.rows)).toEqual(ids);
});
