// A planted fault for the walk: loaded before the server, it lets a viewer read the tokens, a field make notes, a commander vote for any team,
// and an alarm operator start a legal clock.
import { permissions } from '../../server/domain/may.ts';

const table = permissions as unknown as Record<string, { things: readonly string[]; roles: readonly string[] }>;
table['tokens.read'] = { things: [], roles: ['administrator', 'viewer'] };
for (const action of ['marks.send', 'notes.make']) table[action] = { things: ['field'], roles: ['team-lead', 'commander', 'er', 'alarm-operator'] };
table['gates.vote'] = { things: [], roles: ['commander'] };
table['clocks.mark'] = { things: [], roles: ['commander', 'alarm-operator'] };
