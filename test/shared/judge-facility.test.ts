// A data centre and a network at a moment: what is known of the heat, of what cools and feeds it; never green on silence.
import { describe, expect, test } from 'vitest';
import type { FacilityFacts, NetworkFacts } from '../../shared/board-breakdown.ts';
import { judgeFacility, judgeNetwork } from '../../shared/judge-facility.ts';
import { figuresLine } from './figures-line.ts';

const NOW = Date.UTC(2021, 7, 14, 16, 24);
const MINUTE = 60_000;

/** `climb`: °C an hour, for the moment of the newest temperature unless it says how many seconds before it. Figures are invented. */
type Extra = Partial<Omit<FacilityFacts, 'climb'>> & { readonly climb?: readonly [rate: number, secondsBefore?: number] };

function facility(line: string, { climb, ...rest }: Extra = {}): FacilityFacts {
	const figures = figuresLine(line, NOW);
	const at = figures.temperature?.[1] ?? NOW;
	return {
		label: 'Data center esterno',
		side: 'old',
		needs: [],
		temperature: { watch: 27, limit: 32 },
		coolingUnits: 5,
		upsRuntime: { watchMs: 20 * MINUTE, badMs: 10 * MINUTE },
		staleAfterMs: null,
		figures,
		climb: climb === undefined ? null : [climb[0], at - (climb[1] ?? 0) * 1000],
		coolingFailedAt: null,
		trends: { temperature: {} },
		...rest,
	};
}

/** `standing reason temperature minutes-to-limit age-in-seconds`; a hyphen is null. */
function told(facts: FacilityFacts, now = NOW): string {
	const one = judgeFacility(facts, now);
	const minutes = one.minutesToLimit === null ? '-' : Math.round(one.minutesToLimit * 10) / 10;
	return `${one.standing} ${one.reason ?? '-'} ${one.temperature ?? '-'} ${minutes} ${one.ageMs === null ? '-' : one.ageMs / 1000}`;
}

const asks: Extra = { asksTemperature: true };
const noUnits: Extra = { coolingUnits: null };

type Row = readonly [name: string, line: string, extra: Extra, expected: string];
const rows: readonly Row[] = [
	['never heard of', '', {}, 'blind never-reported - - -'],
	['never heard of, though its limits are planned', '', asks, 'blind never-reported - - -'],
	['cool', 'temperature 22.4@20', {}, 'good - 22.4 - 20'],
	['cool, all well', 'temperature 22.4@20 cooling 5@30 onBattery 0@5 upsRuntime 2700@5', {}, 'good - 22.4 - 30'],
	['at the very edge of staleness', 'temperature 22.4@180', {}, 'good - 22.4 - 180'],
	['a moment past it', 'temperature 22.4@180.001', {}, 'blind silent - - 180.001'],
	['within a limit of the plan’s own', 'temperature 22.4@600', { staleAfterMs: 600_000 }, 'good - 22.4 - 600'],
	['past a limit of the plan’s own', 'temperature 22.4@31', { staleAfterMs: 30_000 }, 'blind silent - - 31'],
	['whose sensor cannot be asked', 'temperature 22.4@20?', {}, 'blind cannot-look - - 20'],
	['whose sensor never could be asked', 'temperature -@20', {}, 'blind cannot-look - - -'],
	['whose clock runs ahead: as old as its arrival', 'temperature 22.4@181+120', {}, 'blind silent - - 181'],
	['whose clock runs behind: as old as it says', 'temperature 22.4@10-175', {}, 'blind silent - - 185'],
	['just below the watch line', 'temperature 26.9@20', {}, 'good - 26.9 - 20'],
	['at the watch line', 'temperature 27@20', {}, 'watch hot 27 - 20'],
	['at the limit', 'temperature 32@20', {}, 'bad too-hot 32 0 20'],
	['above the limit, and falling', 'temperature 41@20', { climb: [-3] }, 'bad too-hot 41 0 20'],
	['that was too hot, and is silent', 'temperature 41@200', {}, 'blind silent - - 200'],
	['rising, half an hour away', 'temperature 24@20', { climb: [16] }, 'watch rising 24 30 20'],
	['rising, less than half an hour away', 'temperature 24@20', { climb: [16.1] }, 'bad rising 24 29.8 20'],
	['rising, two hours away', 'temperature 24@20', { climb: [4] }, 'good - 24 120 20'],
	['rising, less than two hours away', 'temperature 24@20', { climb: [4.1] }, 'watch rising 24 117.1 20'],
	['rising as a day does', 'temperature 31.99@20 cooling 5@20', { climb: [0.1], temperature: { watch: 32, limit: 33 } }, 'good - 31.99 - 20'],
	['rising as a sensor sways', 'temperature 31@20', { climb: [0.99], temperature: { watch: 32, limit: 33 } }, 'good - 31 - 20'],
	['rising a little faster than that', 'temperature 31@20', { climb: [1], temperature: { watch: 32, limit: 33 } }, 'good - 31 120 20'],
	['rising, four hours away', 'temperature 24@20', { climb: [2] }, 'good - 24 240 20'],
	['rising, further away than a rate can tell', 'temperature 24@20', { climb: [1.99] }, 'good - 24 - 20'],
	['falling', 'temperature 26@20', { climb: [-4] }, 'good - 26 - 20'],
	['whose rise is of an older report', 'temperature 24@20', { climb: [20, 30] }, 'good - 24 - 20'],
	['whose rise is as stale as its temperature', 'temperature 24@181', { climb: [20] }, 'blind silent - - 181'],
	['hot and rising: the nearer one is said', 'temperature 30@20', { climb: [6] }, 'bad rising 30 20 20'],
	['hot and rising slowly', 'temperature 28@20', { climb: [3] }, 'watch hot 28 80 20'],
	['short of a cooling unit', 'temperature 22@20 cooling 4@20', {}, 'watch cooling-short 22 - 20'],
	['without any cooling', 'temperature 22@20 cooling 0@20', {}, 'bad cooling-lost 22 - 20'],
	['without any cooling, and rising', 'temperature 24@20 cooling 0@20', { climb: [20] }, 'bad cooling-lost 24 24 20'],
	['that has no cooling units', 'temperature 22@20 cooling 0@20', { coolingUnits: 0 }, 'good - 22 - 20'],
	['with as many units as ever', 'temperature 22@20 cooling 4@20', noUnits, 'good - 22 - 20'],
	['with fewer units than ever', 'temperature 22@20 cooling 4@20', { ...noUnits, coolingFailedAt: NOW - 60_000 }, 'watch cooling-short 22 - 20'],
	['whose cooling is lost, and whose sensor is silent', 'temperature 22@400 cooling 0@20', {}, 'bad cooling-lost - - 400'],
	['whose cooling is short, and whose sensor is silent', 'temperature 22@400 cooling 4@20', {}, 'blind silent - - 400'],
	['whose cooling is silent', 'temperature 22@20 cooling 5@181', {}, 'blind silent 22 - 181'],
	['whose cooling was short, and is silent', 'temperature 22@20 cooling 4@181', {}, 'blind silent 22 - 181'],
	['hot, and its cooling silent: what is known is said', 'temperature 28@20 cooling 5@181', {}, 'watch hot 28 - 181'],
	['on battery', 'temperature 22@20 onBattery 1@20 upsRuntime 2700@20', {}, 'watch on-battery 22 - 20'],
	['on battery, at the least runtime', 'temperature 22@20 onBattery 1@20 upsRuntime 600@20', {}, 'watch on-battery 22 - 20'],
	['on battery, below it', 'temperature 22@20 onBattery 1@20 upsRuntime 599@20', {}, 'bad battery-low 22 - 20'],
	['low, and nobody says on what it runs', 'temperature 22@20 upsRuntime 599@20', {}, 'bad battery-low 22 - 20'],
	['low on the mains', 'temperature 22@20 onBattery 0@20 upsRuntime 599@20', {}, 'watch battery-low 22 - 20'],
	['on the mains with less than the watch', 'temperature 22@20 onBattery 0@20 upsRuntime 1199@20', {}, 'watch battery-low 22 - 20'],
	['whose batteries are silent', 'temperature 22@20 onBattery 0@500 upsRuntime 2700@20', {}, 'blind silent 22 - 500'],
	['of power alone, on the mains', 'onBattery 0@20 upsRuntime 2700@20', {}, 'good - - - 20'],
	['of power alone, though its limits are planned', 'onBattery 0@20 upsRuntime 2700@20', asks, 'blind never-reported - - 20'],
	['of power alone, low, though its limits are planned', 'onBattery 1@20 upsRuntime 60@20', asks, 'bad battery-low - - 20'],
	['of which others warn', 'temperature 22@20 alerts 2@800', {}, 'watch alerts 22 - 20'],
	['of which others warned long ago', 'temperature 22@20 alerts 2@901', {}, 'good - 22 - 20'],
	['with nothing but a warning', 'alerts 2@10', {}, 'blind never-reported - - -'],
];

describe('a facility', () => {
	test.each(rows)('%s', (_, line, extra, expected) => {
		expect(told(facility(line, extra))).toBe(expected);
	});

	test('goes blind by time alone', () => {
		const facts = facility('temperature 22@20');
		const minutes = Array.from({ length: 6 }, (_one, i) => told(facts, NOW + i * MINUTE).split(' ')[0]);
		expect(minutes).toEqual(['good', 'good', 'good', 'blind', 'blind', 'blind']);
	});

	test('keeps its last temperature in sight, and says nothing of it as if it were so', () => {
		const facts = facility('temperature 29.1@400 cooling 5@400 upsCharge 0.4@400', { climb: [9] });
		expect(judgeFacility(facts, NOW)).toMatchObject({
			temperature: null,
			lastTemperature: 29.1,
			degreesPerHour: null,
			minutesToLimit: null,
			cooling: { working: null, of: 5 },
			ups: { onBattery: null, runtimeMs: null, charge: null },
		});
	});

	test('tells only of what it has', () => {
		expect(judgeFacility(facility('temperature 22@20'), NOW)).toMatchObject({ cooling: null, ups: null, alerts: null });
		expect(judgeFacility(facility('onBattery 1@20 upsRuntime 900@20 upsCharge 0.6@20 alerts 0@20'), NOW)).toMatchObject({
			ups: { onBattery: true, runtimeMs: 900_000, charge: 0.6 },
			alerts: 0,
		});
	});

	test('has a row of its own for each cause', () => {
		expect(rows.length).toBeGreaterThanOrEqual(25);
		const said = new Set(rows.map(([, , , expected]) => expected.split(' ')[1]));
		const all = 'never-reported cannot-look silent too-hot hot rising cooling-lost cooling-short battery-low on-battery alerts';
		for (const reason of all.split(' ')) expect(said).toContain(reason);
	});

	test('planted: a last value taken for fresh is caught by these rows', () => {
		const stale = rows.filter(([, , , expected]) => expected.includes(' silent - '));
		const asIfFresh = stale.filter(([, line, extra, expected]) => told(facility(line.replace(/@[\d.]+/g, '@1'), extra)) !== expected);
		expect(stale.length).toBeGreaterThanOrEqual(5);
		expect(asIfFresh).toHaveLength(stale.length);
	});
});

describe('a network', () => {
	const since = NOW - 3_600_000;
	const network = (line: string, rest: Partial<NetworkFacts> = {}): string => {
		const facts = { label: 'Rete', needs: [], staleAfterMs: null, figures: figuresLine(line, NOW), since, ...rest };
		const one = judgeNetwork(facts, NOW);
		return `${one.standing} ${one.up ?? '-'} ${one.since === null ? '-' : 'since'} ${one.ageMs === null ? '-' : one.ageMs / 1000}`;
	};
	test.each([
		['never heard of', '', {}, 'blind - - -'],
		['reachable', 'up 1@10', {}, 'good true since 10'],
		['not reachable', 'up 0@10', {}, 'bad false since 10'],
		['at the edge of staleness', 'up 0@45', {}, 'bad false since 45'],
		['a moment past it', 'up 0@45.001', {}, 'blind - - 45.001'],
		['within a limit of the plan’s own', 'up 1@100', { staleAfterMs: 100_000 }, 'good true since 100'],
		['that cannot be looked at', 'up 1@10?', {}, 'blind - - 10'],
		['half an answer is none', 'up 0.5@10', {}, 'blind - - 10'],
		['whose clock runs ahead', 'up 1@46+30', {}, 'blind - - 46'],
	] as const)('%s', (_, line, rest, expected) => {
		expect(network(line, rest)).toBe(expected);
	});
});
