// Nights with failures, drawn at random for properties: a plan, and whatever may be reported, noticed and marked in it. Every figure is invented.
import fc from 'fast-check';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import type { Draft } from '../../shared/entry.ts';
import { type MeasureName, measureOf, measures } from '../../shared/measures.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { breakdownAuto, breakdownMark } from '../journal/any-breakdown.ts';

export const nightStart = Date.parse('2021-08-14T15:00:00Z');
const HOUR = 3_600_000;

/** `without`: the same after somebody took a facility, a flow, an alarm and a channel out. */
export const nightPlan = (without = false): Plan =>
	planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte', window: { start: '2021-08-14T17:00:00+02:00', end: '2021-08-17T17:00:00+02:00' } },
		services: {
			portale: { label: 'Portale', priority: 1, needs: ['facility/ced', 'network/wan'] },
			ricette: { label: 'Ricette', priority: 2, needs: ['service/portale'] },
		},
		facilities: {
			...(without ? {} : { energia: { label: 'Cabina' } }),
			ced: { label: 'CED', temperature: { watch: 27, limit: 32 }, coolingUnits: 5 },
		},
		networks: { wan: { label: 'WAN' } },
		dependants: { medici: { label: 'Medici', count: 6157, needs: ['service/ricette', 'network/wan'] }, ospedali: { label: 'Ospedali' } },
		flows: { ...(without ? {} : { dpc: { label: 'DPC' } }), farmacie: { label: 'Farmacie', needs: ['service/ricette'] } },
		alarms: {
			rules: without
				? {}
				: { umido: { label: 'Umido', subject: 'facility/*', measure: 'facility.humidity', above: 0.7, priority: 3, do: 'Chiamare.' } },
		},
		channels: {
			...(without ? {} : { sms: { kind: 'teams', label: 'Reperibile', urlFrom: 'TEAMS_URL' } }),
			gancio: { kind: 'webhook', label: 'Gancio', url: 'https://hooks.example.it/regia' },
		},
		observer: { canaries: ['sonde'] },
		sources: { sonde: { kind: 'push', label: 'Sonde' } },
	});

const subjects = [
	'service/portale',
	'service/ricette',
	'facility/energia',
	'facility/ced',
	'network/wan',
	'dependant/medici',
	'dependant/ospedali',
	'flow/dpc',
	'flow/farmacie',
] as const;
const subject = fc.constantFrom<Sample['subject']>(...subjects);
const rule = fc.constantFrom('facility-hot', 'service-down', 'umido', 'flow-overdue');
const alarm = fc.tuple(rule, subject).map(([name, about]) => alarmKey(name, about));
const channel = fc.constantFrom('sms', 'gancio');
const id = fc.constantFrom('fse', '14-agosto');
const text = fc.constantFrom('condizionamento fermo', 'ripristino entro stasera');
const instant = fc.integer({ min: nightStart, max: nightStart + 72 * HOUR });
const number = fc.integer({ min: -20, max: 90_000 });

const sampleOf = (at: number): fc.Arbitrary<Sample> =>
	subject.chain((about) => {
		const named = (Object.keys(measures) as MeasureName[]).filter((name) => measureOf(name).kind === about.slice(0, about.indexOf('/')));
		return fc
			.tuple(fc.constantFrom(...named), fc.nat(100), fc.constantFrom(0, 0, 0, 4000, -2000, 700_000), fc.nat(9))
			.map(([measure, share, ago, look]): Sample => {
				const { unit, min, max } = measureOf(measure);
				const most = unit === 'celsius' ? 45 : unit === 's' ? 100_000 : Math.min(max, 1000);
				const value = unit === 'bool' ? share % 2 : Math.max(min, (share / 100) * most);
				const base = { subject: about, measure, at: at - ago };
				return look === 0 ? { ...base, value: null, why: 'timeout' } : { ...base, value };
			});
	});

const step = fc.tuple(fc.constantFrom(0, 1000, 20_000, 60_000, 600_000, 3_000_000), fc.nat(20));

/** Entries in order, each with the moment at which it was seen. */
export const anyNight: fc.Arbitrary<readonly (readonly [seen: number, draft: Draft])[]> = fc
	.array(step, { minLength: 1, maxLength: 30 })
	.chain((steps) => {
		let at = nightStart;
		const draft = (seen: number, kind: number): fc.Arbitrary<Draft> => {
			if (kind <= 9) {
				return fc.array(sampleOf(seen), { minLength: 1, maxLength: 8 }).map((samples): Draft => ({ kind: 'samples', source: 'sonde', samples }));
			}
			if (kind <= 14) return breakdownAuto({ id, subject, number, instant, rule, alarm, channel });
			if (kind <= 19) {
				return breakdownMark({ id, text, instant, alarm, subject, channel }).map((mark): Draft => ({ kind: 'mark', mark, by: 'sala', at: seen }));
			}
			return fc.boolean().map((without): Draft => ({ kind: 'plan', plan: nightPlan(without), text: '', digest: 'd', by: 'sala', rehearsal: true }));
		};
		return fc.tuple(
			...steps.map(([ms, kind]) => {
				at += ms;
				const seen = at;
				return draft(seen, kind).map((one) => [seen, one] as const);
			}),
		);
	});

/** Folds a night onto facts, or onto none; each board as it stood after each entry. */
export function playNight(night: readonly (readonly [seen: number, draft: Draft])[], facts: Facts = emptyFacts()): Board[] {
	const add = (seen: number, draft: Draft): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen, ...draft });
	if (facts.seq === 0) add(nightStart, { kind: 'plan', plan: nightPlan(), text: '', digest: 'd', by: 'sala', rehearsal: true });
	return night.map(([seen, draft]) => {
		add(seen, draft);
		return boardOf(facts);
	});
}
