// What a token is good for, as the page of tokens says it: in the screen's language, whatever the journal calls it.
import { expect, test } from 'vitest';
import { scopeOf, type Token } from '../../client/views/access.page.tsx';
import { en } from '../../shared/words/en.ts';
import { it as italian } from '../../shared/words/it.ts';

const token = (rest: Partial<Token>): Token => ({ name: 'x', ...rest }) as Token;

test.each([
	['a role', token({ duties: [{ role: 'administrator' }] }), 'amministratore', 'administrator'],
	['a role of one team', token({ duties: [{ role: 'team-lead', teams: ['rete'] }] }), 'capo squadra rete', 'team lead rete'],
	['two roles', token({ duties: [{ role: 'viewer' }, { role: 'auditor' }] }), 'osservatore, revisore', 'viewer, auditor'],
	['a source', token({ subjects: ['archive/*'], measures: ['*'] }), 'archive/* · *', 'archive/* · *'],
])('%s', (_name, one, inItalian, inEnglish) => {
	expect(scopeOf(one, italian)).toBe(inItalian);
	expect(scopeOf(one, en)).toBe(inEnglish);
});
