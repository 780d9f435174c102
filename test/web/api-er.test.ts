// The emergency rooms as others read them: the API's board, the metrics, and what each audience is given of them.
import { describe, expect, it } from 'vitest';
import { boardOf } from '../../server/projections/fold.ts';
import { viewFor } from '../../server/stream/audience.ts';
import { toApiBoard } from '../../server/web/api-board.ts';
import { createMetrics } from '../../server/web/metrics.ts';
import { emptyBoard } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import { add, arrive, at, census, count, figures, mark, paper, play, treat } from '../projections/site-night.ts';

const position = { epoch: 'e', seq: 1, hash: '000000000000' };
const night = () =>
	play(
		census(30, 'martino', [...arrive(20, '2', 3), ...treat(20, '2'), ...arrive(29, 'none')]),
		figures(30, 'galliera', { present: 31, respirators: 2 }),
		paper(10, 'scassi', 'on'),
		count(28, 'scassi', { '3': 12 }, { boarding: 2, forms: 4 }),
		mark(29, { kind: 'diversion', site: 'martino', state: 'limited' }),
		[30, { kind: 'samples', source: 'feed', samples: [{ subject: 'body/asl', measure: 'body.estateMoved', value: 0.65, at: at(30) }] }],
	);

describe('the API’s board', () => {
	const { er } = toApiBoard(boardOf(night()), position, at(31)) as { er: { region: object; sites: Record<string, object> } };

	it('tells the region and each site in the shape that others rely on', () => {
		expect(er.region).toMatchObject({ present: 47, waiting: 3, boarding: 2, overTarget: 0, arrivalsLastHour: 4, reporting: 3, sites: 3, onPaper: 1 });
		// The feed of Galliera tells nobody by code: the sum by code is of the two others.
		expect(er.region).toMatchObject({ counted: { byCode: 2, waiting: 1, boarding: 2, overTarget: 1, arrivalsLastHour: 1 } });
		expect(er.region).toMatchObject({ byCode: { 1: 0, 2: 3, 3: 12, 4: 0, 5: 0, none: 1 } });
		expect(er.sites.martino).toMatchObject({
			present: 4,
			byCode: { 1: 0, 2: 3, 3: 0, 4: 0, 5: 0, none: 1 },
			waiting: 3,
			inTreatment: 1,
			boarding: 0,
			occupancy: 4 / 60,
			overTarget: 0,
			mode: 'feed',
			standing: 'good',
			ageMs: 60_000,
		});
		expect(er.sites.scassi).toMatchObject({ present: 12, waiting: null, mode: 'paper', ageMs: 180_000 });
	});

	it('gives instants in ISO 8601', () => {
		expect(er.sites.martino).toMatchObject({ diversion: { state: 'limited', at: '2025-10-21T17:29:00.000Z' }, nextCountAt: null });
		expect(er.sites.scassi).toMatchObject({ dark: { since: '2025-10-21T17:10:00.000Z', restoredAt: null }, nextCountAt: '2025-10-21T17:43:00.000Z' });
	});

	it('has no key for them where the plan has no site', () => {
		expect(toApiBoard(emptyBoard, position, at(0))).not.toHaveProperty('er');
	});
});

describe('the metrics', () => {
	const read = (minutes: number, facts = night()) =>
		createMetrics({
			board: () => ({ position, board: boardOf(facts) }),
			clock: () => ({ now: at(minutes), real: at(minutes), speed: 1 }),
			journal: () => ({ writes: true, since: 0 }),
			clients: () => 0,
			hl7: () => null,
		})();

	it('tell what the board shows of a site, whoever says it', async () => {
		const text = await read(31);
		for (const line of [
			'regia_site_present{subject="site/martino"} 4',
			'regia_site_present2{subject="site/martino"} 3',
			'regia_site_present_none{subject="site/martino"} 1',
			'regia_site_waiting{subject="site/martino"} 3',
			'regia_site_present{subject="site/galliera"} 31',
			'regia_site_respirators{subject="site/galliera"} 2',
			'regia_site_boarding{subject="site/scassi"} 2',
			'regia_standing{subject="site/martino",standing="good"} 1',
			'regia_measure_age_seconds{subject="site/scassi",measure="site.present"} 180',
			'regia_body_estate_moved{subject="body/asl"} 0.65',
		]) {
			expect(text.split('\n')).toContain(line);
		}
		expect(text).not.toContain('regia_site_waiting{subject="site/galliera"}');
	});

	it('have no value of a site that is blind, and say that it is', async () => {
		const text = await read(90);
		expect(text).not.toMatch(/regia_site_present\w*\{/);
		expect(text.split('\n')).toContain('regia_standing{subject="site/martino",standing="blind"} 1');
	});
});

describe('the audiences', () => {
	const board = boardOf(night());

	it('the desk sees all, and the wall all but the wards’ past counts', () => {
		expect(viewFor.desk(board).sites).toEqual(board.sites);
		expect(Object.keys(board.sites.scassi?.counts.rows ?? {})).toHaveLength(1);
		const wall = viewFor.wall(board);
		expect(wall.sites.scassi?.counts).toEqual({ count: 1, rows: {} });
		expect(judge(wall, at(31)).er).toEqual(judge(board, at(31)).er);
	});

	it('the wall judges a dark and its catch-up as the server does', () => {
		const facts = add(night(), paper(40, 'scassi', 'off'), census(42, 'scassi', arrive(35, '3', 2)));
		const later = boardOf(facts);
		expect(judge(viewFor.wall(later), at(43)).er).toEqual(judge(later, at(43)).er);
		expect(judge(later, at(43)).er?.sites.scassi?.backEntry).toMatchObject({ expected: 4, left: 2 });
	});

	it('the ward sees of sites on paper the count and the dark, and no other’s load', () => {
		const { sites } = viewFor.field(board);
		expect(Object.keys(sites)).toEqual(['scassi']);
		expect(sites.scassi).toMatchObject({ label: 'Villa Scassi', count: { byCode: { 3: 12 } }, census: null, figures: {}, trend: {} });
		const dark = boardOf(add(night(), paper(40, 'martino', 'on')));
		expect(dark.sites.martino?.dark?.last).toMatchObject({ at: at(30), present: 4 });
		expect(viewFor.field(dark).sites.martino?.dark).toEqual({ since: at(40), restoredAt: null, caughtUpAt: null });
		expect(JSON.stringify(viewFor.field(dark))).not.toContain('heardAt');
	});

	it('the press sees none', () => {
		expect(viewFor.press(board).sites).toEqual({});
		expect(toApiBoard(viewFor.press(board), position, at(31))).not.toHaveProperty('er');
		expect(viewFor.press(board).bodies.asl?.estateMoved?.[0]).toBe(0.65);
	});
});
