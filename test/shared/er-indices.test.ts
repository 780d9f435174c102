// NEDOCS and EDWIN against rows worked by hand: each row shows its arithmetic. All figures are invented but the first row's.
import { describe, expect, it, test } from 'vitest';
import { edwin, edwinBand } from '../../shared/edwin.ts';
import { nedocs, nedocsBand } from '../../shared/nedocs.ts';

type NedocsRow = readonly [
	name: string,
	terms: readonly [patients: number, spaces: number, admitted: number, beds: number, respirators: number, boardingHours: number, bedHours: number],
	arithmetic: string,
	value: number,
	band: string,
];

const nedocsRows: readonly NedocsRow[] = [
	[
		"the domain note's own vector",
		[60, 40, 8, 1000, 2, 12, 1.5],
		'−20 + 85.8·60/40 + 600·8/1000 + 13.4·2 + 0.93·12 + 5.64·1.5 = −20 + 128.7 + 4.8 + 26.8 + 11.16 + 8.46 = 159.92',
		159.92,
		'severely',
	],
	[
		'an empty room: the floor',
		[0, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·0/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 0 + 0 + 0 + 0 + 0 = −20.00, floor 0',
		0.0,
		'not-busy',
	],
	[
		'one patient: still the floor',
		[1, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·1/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 2.15 + 0 + 0 + 0 + 0 = −17.86, floor 0',
		0.0,
		'not-busy',
	],
	[
		'a quarter full',
		[10, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·10/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 21.45 + 0 + 0 + 0 + 0 = 1.45',
		1.45,
		'not-busy',
	],
	[
		'half full, nothing else',
		[20, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·20/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 42.9 + 0 + 0 + 0 + 0 = 22.90',
		22.9,
		'busy',
	],
	[
		'at the top of not busy',
		[20, 43, 0, 1000, 0, 0, 0],
		'−20 + 85.8·20/43 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 39.91 + 0 + 0 + 0 + 0 = 19.91',
		19.91,
		'not-busy',
	],
	[
		'all spaces taken',
		[40, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·40/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 85.8 + 0 + 0 + 0 + 0 = 65.80',
		65.8,
		'extremely-busy',
	],
	[
		'boarders in a small hospital',
		[40, 40, 10, 100, 0, 0, 0],
		'−20 + 85.8·40/40 + 600·10/100 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 85.8 + 60 + 0 + 0 + 0 = 125.80',
		125.8,
		'overcrowded',
	],
	[
		'the same boarders in a large one',
		[40, 40, 10, 1000, 0, 0, 0],
		'−20 + 85.8·40/40 + 600·10/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 85.8 + 6 + 0 + 0 + 0 = 71.80',
		71.8,
		'extremely-busy',
	],
	[
		'one respirator',
		[40, 40, 0, 1000, 1, 0, 0],
		'−20 + 85.8·40/40 + 600·0/1000 + 13.4·1 + 0.93·0 + 5.64·0 = −20 + 85.8 + 0 + 13.4 + 0 + 0 = 79.20',
		79.2,
		'extremely-busy',
	],
	[
		'five respirators',
		[40, 40, 0, 1000, 5, 0, 0],
		'−20 + 85.8·40/40 + 600·0/1000 + 13.4·5 + 0.93·0 + 5.64·0 = −20 + 85.8 + 0 + 67 + 0 + 0 = 132.80',
		132.8,
		'overcrowded',
	],
	[
		'a boarder for a day',
		[40, 40, 1, 1000, 0, 24, 0],
		'−20 + 85.8·40/40 + 600·1/1000 + 13.4·0 + 0.93·24 + 5.64·0 = −20 + 85.8 + 0.6 + 0 + 22.32 + 0 = 88.72',
		88.72,
		'extremely-busy',
	],
	[
		'the last one waited four hours',
		[40, 40, 0, 1000, 0, 0, 4],
		'−20 + 85.8·40/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·4 = −20 + 85.8 + 0 + 0 + 0 + 22.56 = 88.36',
		88.36,
		'extremely-busy',
	],
	[
		'the two times are not swapped',
		[40, 40, 0, 1000, 0, 10, 1],
		'−20 + 85.8·40/40 + 600·0/1000 + 13.4·0 + 0.93·10 + 5.64·1 = −20 + 85.8 + 0 + 0 + 9.3 + 5.64 = 80.74',
		80.74,
		'extremely-busy',
	],
	[
		'San Martino at a usual evening',
		[110, 62, 18, 1200, 3, 9, 2.5],
		'−20 + 85.8·110/62 + 600·18/1200 + 13.4·3 + 0.93·9 + 5.64·2.5 = −20 + 152.23 + 9 + 40.2 + 8.37 + 14.1 = 203.90',
		203.9,
		'dangerously',
	],
	[
		'the same evening on 124 spaces',
		[110, 124, 18, 1200, 3, 9, 2.5],
		'−20 + 85.8·110/124 + 600·18/1200 + 13.4·3 + 0.93·9 + 5.64·2.5 = −20 + 76.11 + 9 + 40.2 + 8.37 + 14.1 = 127.78',
		127.78,
		'overcrowded',
	],
	[
		'a small first aid point',
		[6, 8, 0, 120, 0, 0, 0.5],
		'−20 + 85.8·6/8 + 600·0/120 + 13.4·0 + 0.93·0 + 5.64·0.5 = −20 + 64.35 + 0 + 0 + 0 + 2.82 = 47.17',
		47.17,
		'busy',
	],
	[
		'a flood of patients: no cap at 200',
		[150, 40, 20, 800, 4, 30, 6],
		'−20 + 85.8·150/40 + 600·20/800 + 13.4·4 + 0.93·30 + 5.64·6 = −20 + 321.75 + 15 + 53.6 + 27.9 + 33.84 = 432.09',
		432.09,
		'dangerously',
	],
	[
		'twice as many as spaces',
		[80, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·80/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 171.6 + 0 + 0 + 0 + 0 = 151.60',
		151.6,
		'severely',
	],
	[
		'a bed for an hour',
		[30, 30, 3, 500, 1, 1, 0.25],
		'−20 + 85.8·30/30 + 600·3/500 + 13.4·1 + 0.93·1 + 5.64·0.25 = −20 + 85.8 + 3.6 + 13.4 + 0.93 + 1.41 = 85.14',
		85.14,
		'extremely-busy',
	],
	[
		'more boarders than bays',
		[70, 30, 35, 600, 2, 48, 5],
		'−20 + 85.8·70/30 + 600·35/600 + 13.4·2 + 0.93·48 + 5.64·5 = −20 + 200.2 + 35 + 26.8 + 44.64 + 28.2 = 314.84',
		314.84,
		'dangerously',
	],
	[
		'a night with nobody admitted',
		[22, 25, 0, 400, 1, 0, 1.2],
		'−20 + 85.8·22/25 + 600·0/400 + 13.4·1 + 0.93·0 + 5.64·1.2 = −20 + 75.5 + 0 + 13.4 + 0 + 6.77 = 75.67',
		75.67,
		'extremely-busy',
	],
	[
		'severely, at its lower edge',
		[75, 40, 0, 1000, 0, 0, 0],
		'−20 + 85.8·75/40 + 600·0/1000 + 13.4·0 + 0.93·0 + 5.64·0 = −20 + 160.88 + 0 + 0 + 0 + 0 = 140.88',
		140.88,
		'severely',
	],
];

const nedocsOf = ([patients, spaces, admitted, beds, respirators, longestBoardingHours, lastBedHours]: NedocsRow[1]) =>
	nedocs({ patients, spaces, admitted, beds, respirators, longestBoardingHours, lastBedHours });

describe('NEDOCS', () => {
	test.each(nedocsRows)('%s', (_name, terms, _arithmetic, value, band) => {
		expect(nedocsOf(terms)).toBeCloseTo(value, 2);
		expect(nedocsBand(value)).toBe(band);
	});

	it('has at least twenty rows, and is not known without spaces or beds', () => {
		expect(nedocsRows.length).toBeGreaterThanOrEqual(20);
		expect(nedocsOf([60, 0, 8, 1000, 2, 12, 1.5])).toBeNull();
		expect(nedocsOf([60, 40, 8, 0, 2, 12, 1.5])).toBeNull();
	});

	test.each([
		[0, 'not-busy'],
		[20, 'not-busy'],
		[20.49, 'not-busy'],
		[21, 'busy'],
		[60, 'busy'],
		[61, 'extremely-busy'],
		[100, 'extremely-busy'],
		[101, 'overcrowded'],
		[140, 'overcrowded'],
		[141, 'severely'],
		[180, 'severely'],
		[181, 'dangerously'],
		[400, 'dangerously'],
	])('%d is in the band %s', (value, band) => {
		expect(nedocsBand(value)).toBe(band);
	});
});

type EdwinRow = readonly [
	name: string,
	byCode: readonly [number, number, number, number, number],
	physicians: number,
	spaces: number,
	admitted: number,
	arithmetic: string,
	value: number | null,
	band: string | null,
];

const edwinRows: readonly EdwinRow[] = [
	['nobody there', [0, 0, 0, 0, 0], 2, 20, 0, '0·5 + 0·4 + 0·3 + 0·2 + 0·1 = 0; 2·(20 − 0) = 40; 0/40 = 0.0000', 0.0, 'manageable'],
	['one red', [1, 0, 0, 0, 0], 1, 20, 0, '1·5 + 0·4 + 0·3 + 0·2 + 0·1 = 5; 1·(20 − 0) = 20; 5/20 = 0.2500', 0.25, 'manageable'],
	['one white', [0, 0, 0, 0, 1], 1, 20, 0, '0·5 + 0·4 + 0·3 + 0·2 + 1·1 = 1; 1·(20 − 0) = 20; 1/20 = 0.0500', 0.05, 'manageable'],
	['one of each', [1, 1, 1, 1, 1], 1, 20, 0, '1·5 + 1·4 + 1·3 + 1·2 + 1·1 = 15; 1·(20 − 0) = 20; 15/20 = 0.7500', 0.75, 'manageable'],
	[
		'one of each, two physicians',
		[1, 1, 1, 1, 1],
		2,
		20,
		0,
		'1·5 + 1·4 + 1·3 + 1·2 + 1·1 = 15; 2·(20 − 0) = 40; 15/40 = 0.3750',
		0.375,
		'manageable',
	],
	['five bays held by boarders', [1, 1, 1, 1, 1], 1, 20, 5, '1·5 + 1·4 + 1·3 + 1·2 + 1·1 = 15; 1·(20 − 5) = 15; 15/15 = 1.0000', 1.0, 'manageable'],
	['the last free bay', [1, 1, 1, 1, 1], 1, 20, 19, '1·5 + 1·4 + 1·3 + 1·2 + 1·1 = 15; 1·(20 − 19) = 1; 15/1 = 15.0000', 15.0, 'crowded'],
	['nobody on duty', [1, 2, 3, 4, 5], 0, 20, 0, '1·5 + 2·4 + 3·3 + 4·2 + 5·1 = 35; 0·(20 − 0) = 0: means nothing', null, null],
	['as many boarders as bays', [1, 2, 3, 4, 5], 3, 20, 20, '1·5 + 2·4 + 3·3 + 4·2 + 5·1 = 35; 3·(20 − 20) = 0: means nothing', null, null],
	['more boarders than bays', [1, 2, 3, 4, 5], 3, 20, 25, '1·5 + 2·4 + 3·3 + 4·2 + 5·1 = 35; 3·(20 − 25) = −15: means nothing', null, null],
	['no bay at all', [0, 0, 1, 0, 0], 3, 0, 0, '0·5 + 0·4 + 1·3 + 0·2 + 0·1 = 3; 3·(0 − 0) = 0: means nothing', null, null],
	['just below busy', [0, 4, 10, 16, 11], 3, 22, 2, '0·5 + 4·4 + 10·3 + 16·2 + 11·1 = 89; 3·(22 − 2) = 60; 89/60 = 1.4833', 1.4833, 'manageable'],
	['at busy', [3, 6, 9, 15, 0], 3, 24, 4, '3·5 + 6·4 + 9·3 + 15·2 + 0·1 = 96; 3·(24 − 4) = 60; 96/60 = 1.6000', 1.6, 'busy'],
	['at its upper edge', [4, 10, 20, 20, 0], 4, 25, 5, '4·5 + 10·4 + 20·3 + 20·2 + 0·1 = 160; 4·(25 − 5) = 80; 160/80 = 2.0000', 2.0, 'busy'],
	['crowded', [6, 14, 24, 20, 6], 4, 25, 5, '6·5 + 14·4 + 24·3 + 20·2 + 6·1 = 204; 4·(25 − 5) = 80; 204/80 = 2.5500', 2.55, 'crowded'],
	[
		'San Martino at a usual evening',
		[4, 22, 41, 33, 10],
		8,
		62,
		18,
		'4·5 + 22·4 + 41·3 + 33·2 + 10·1 = 307; 8·(62 − 18) = 352; 307/352 = 0.8722',
		0.8722,
		'manageable',
	],
	[
		'the same with half the physicians',
		[4, 22, 41, 33, 10],
		4,
		62,
		18,
		'4·5 + 22·4 + 41·3 + 33·2 + 10·1 = 307; 4·(62 − 18) = 176; 307/176 = 1.7443',
		1.7443,
		'busy',
	],
	['a small first aid point', [0, 1, 2, 3, 1], 1, 8, 0, '0·5 + 1·4 + 2·3 + 3·2 + 1·1 = 17; 1·(8 − 0) = 8; 17/8 = 2.1250', 2.125, 'crowded'],
	[
		'the code is reversed: ten reds weigh fifty',
		[10, 0, 0, 0, 0],
		5,
		10,
		0,
		'10·5 + 0·4 + 0·3 + 0·2 + 0·1 = 50; 5·(10 − 0) = 50; 50/50 = 1.0000',
		1.0,
		'manageable',
	],
	['ten whites weigh ten', [0, 0, 0, 0, 10], 5, 10, 0, '0·5 + 0·4 + 0·3 + 0·2 + 10·1 = 10; 5·(10 − 0) = 50; 10/50 = 0.2000', 0.2, 'manageable'],
	['a flood', [8, 30, 60, 40, 12], 5, 40, 20, '8·5 + 30·4 + 60·3 + 40·2 + 12·1 = 432; 5·(40 − 20) = 100; 432/100 = 4.3200', 4.32, 'crowded'],
	['a quiet night', [0, 1, 4, 3, 0], 3, 30, 2, '0·5 + 1·4 + 4·3 + 3·2 + 0·1 = 22; 3·(30 − 2) = 84; 22/84 = 0.2619', 0.2619, 'manageable'],
];

describe('EDWIN', () => {
	test.each(edwinRows)('%s', (_name, [a, b, c, d, e], physicians, spaces, admitted, _arithmetic, value, band) => {
		const found = edwin({ byCode: { '1': a, '2': b, '3': c, '4': d, '5': e }, physicians, spaces, admitted });
		if (value === null) expect(found).toBeNull();
		else expect(found).toBeCloseTo(value, 4);
		expect(found === null ? null : edwinBand(found)).toBe(band);
	});

	it('has at least twenty rows', () => {
		expect(edwinRows.length).toBeGreaterThanOrEqual(20);
	});
});
