// The lamps of a source that tells of visits: whether it talks, whether what it tells moves, and what of it was refused.
import { expect, test } from 'vitest';
import { applyMessages, type SourceCells, sourceCell } from '../../server/projections/sources.projection.ts';
import type { CensusDraft } from '../../shared/entry.ts';
import type { SiteChanges } from '../../shared/er.ts';

const T = Date.UTC(2025, 9, 21, 17);
const MINUTE = 60_000;

const changed = (heardAt: number, by = 1): SiteChanges => ({ site: 'centro', heardAt, changes: by === 0 ? [] : [['arrivals', '3', 1, by]] });
const draft = (more: Partial<CensusDraft>): CensusDraft => ({ kind: 'census', source: 'adt', messages: 1, sites: [], ...more });

/** The cell after these entries, each a minute after the one before. */
function after(...drafts: readonly Partial<CensusDraft>[]) {
	const cells: SourceCells = {};
	drafts.forEach((one, n) => {
		applyMessages(sourceCell(cells, 'adt'), draft(one), T + n * MINUTE);
	});
	const { live, memory } = sourceCell(cells, 'adt');
	return { ...live, memory };
}

test.each([
	{ what: 'a message that changes the census', drafts: [{ sites: [changed(T - 5000)] }], talkedAt: T, movedAt: T - 5000, accepted: 1 },
	{ what: 'a message dated ahead of our clock', drafts: [{ sites: [changed(T + 5000)] }], talkedAt: T, movedAt: T, accepted: 1 },
	{ what: 'a message that changes nothing', drafts: [{ sites: [changed(T, 0)] }], talkedAt: T, movedAt: T, accepted: 1 },
	{
		what: 'a change, then messages that change nothing',
		drafts: [{ sites: [changed(T)] }, { messages: 3, sites: [changed(T + MINUTE, 0)] }],
		talkedAt: T + MINUTE,
		movedAt: T,
		accepted: 4,
	},
	{
		what: 'a change told late, after a newer one',
		drafts: [{ sites: [changed(T)] }, { sites: [changed(T - 60 * MINUTE)] }],
		talkedAt: T + MINUTE,
		movedAt: T,
		accepted: 2,
	},
	{ what: 'repeats alone', drafts: [{ sites: [changed(T)] }, { messages: 0 }], talkedAt: T + MINUTE, movedAt: T, accepted: 1 },
	{ what: 'refusals alone', drafts: [{ messages: 0, refused: [['no-visit', 2]] as const }], talkedAt: null, movedAt: null, accepted: 0 },
])('$what: talks at $talkedAt, moves at $movedAt', ({ drafts, talkedAt, movedAt, accepted }) => {
	expect(after(...drafts)).toMatchObject({ talkedAt, movedAt, accepted });
});

test('counts refusals by code and late messages, and keeps the newest memory', () => {
	const found = after(
		{ messages: 2, refused: [['no-visit', 2]], late: 1, memory: { page: 1 } },
		{
			messages: 0,
			refused: [
				['no-visit', 1],
				['unknown-site', 4],
			],
		},
		{ late: 2 },
	);
	expect(found).toMatchObject({ accepted: 3, late: 3, refused: { 'no-visit': 3, 'unknown-site': 4 }, memory: { page: 1 } });
});
