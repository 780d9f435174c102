// Each bad plan of failures has a cause of its own; the mistake stands on the line marked "# here", alone, and says what would be right.
import { describe, expect, it, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { isFull } from '../faults/kit/scale.ts';
import { bend } from './sound-plan.ts';

const kinds = await loadRegistry();

/** Figures are invented. */
const withBreakdown = `${bend('    tolerable: 4h', '    tolerable: 4h\n    needs: [facility/ced, network/wan]')}facilities:
  energia: { label: Cabina elettrica }
  ced:
    label: Data center esterno
    side: old
    needs:
      - facility/energia
    temperature: { watch: 27, limit: 32 }
    coolingUnits: 5
    upsRuntime: { watch: 20min, bad: 10min }
    staleAfter: 3min
networks:
  wan:
    label: Rete regionale
    needs:
      - facility/energia
dependants:
  medici:
    label: Medici di famiglia
    count: 6157
    needs:
      - service/cartella
      - network/wan
  farmacie: { label: Farmacie, operator: Sistema TS, staleAfter: 5min }
flows:
  convenzionate:
    label: Flusso farmacie
    deadline: 24h
    needs:
      - service/cartella
alarms:
  rules:
    umido: { label: Umidità, subject: facility/ced, measure: facility.humidity, above: 0.7, do: Chiamare il gestore., priority: 3 }
    lento:
      label: Lento
      subject: "service/*"
      measure: service.latency
      above: 800
      below: 1
      deadBand: 100
      priority: 2
      do: Guardare il carico.
  builtIn:
    facility-hot: { priority: 1 }
  flood: { from: 10, to: 5, within: 10min }
channels:
  reperibile:
    kind: teams
    label: Reperibile
    urlFrom: TEAMS_URL
    quiet: { from: "22:00", to: "06:00" }
observer:
  canaries:
    - porta
status:
  title: Stato dei servizi
  services:
    - cartella
  dependants:
    - medici
`;
const bent = (from: string, to: string): string => bend(from, to, withBreakdown);
const rule = 'alarms.rules.lento';

type Row = readonly [cause: string, text: string, path: string, message: string, remedy: string];
const rows: readonly Row[] = [
	[
		'a need that is not there',
		bent('- service/cartella\n      - network', '- service/cartela # here\n      - network'),
		'dependants.medici.needs.0',
		'not in the plan',
		'did you mean "service/cartella"?',
	],
	[
		'a need of a service that is not there',
		bent('[facility/ced, network/wan]', '[facility/cde, network/wan] # here'),
		'services.cartella.needs.0',
		'not in the plan',
		'did you mean "facility/ced"?',
	],
	[
		'a need that is no subject',
		bent('- service/cartella\n      - network', '- cartella # here\n      - network'),
		'dependants.medici.needs.0',
		'does not say of which kind',
		'did you mean "service/cartella"?',
	],
	[
		'a facility as what touches people',
		bent('- service/cartella\n      - network', '- facility/ced # here\n      - network'),
		'dependants.medici.needs.0',
		'of the kind facility',
		'name the services that run there',
	],
	[
		'a flow that needs a facility',
		bent('- service/cartella\nalarms', '- facility/ced # here\nalarms'),
		'flows.convenzionate.needs.0',
		'of the kind facility',
		'name the services that run there',
	],
	[
		'a facility that needs an archive',
		bent('- facility/energia\n    temperature', '- archive/cce-db # here\n    temperature'),
		'facilities.ced.needs.0',
		'of the kind archive',
		'name what it stands on',
	],
	[
		'a need named twice',
		bent('- network/wan\n', '- network/wan\n      - network/wan # here\n'),
		'dependants.medici.needs.2',
		'named twice',
		'take one of the two out',
	],
	[
		'what needs itself',
		bent('- facility/energia\n    temperature', '- facility/ced # here\n    temperature'),
		'facilities.ced.needs.0',
		'needs itself',
		'take it out',
	],
	[
		'a circle of three',
		bent('needs: [facility/ced, network/wan]', 'needs: [facility/ced, network/wan] # here').replace(
			'energia: { label: Cabina elettrica }',
			'energia: { label: Cabina elettrica, needs: [service/cartella] }',
		),
		'services.cartella.needs.0',
		'service/cartella → facility/ced → facility/energia → service/cartella',
		'take one of these arrows out',
	],
	[
		'a circle of two networks',
		bent('    label: Rete regionale\n    needs:\n', '    label: Rete regionale\n    needs:\n      - network/lan # here\n')
			.replace('networks:\n', 'networks:\n  lan: { label: Rete locale, needs: [network/wan] }\n')
			.replace('# here', '')
			.replace('needs: [network/wan] }', 'needs: [network/wan] } # here'),
		'networks.lan.needs.0',
		'network/lan → network/wan → network/lan',
		'take one of these arrows out',
	],
	[
		'a limit below the watch',
		bent('watch: 27, limit: 32 }', 'watch: 33, limit: 32 } # here'),
		'facilities.ced.temperature.watch',
		'too hot before',
		'below "limit"',
	],
	[
		'a limit at the watch',
		bent('watch: 27, limit: 32 }', 'watch: 32, limit: 32 } # here'),
		'facilities.ced.temperature.watch',
		'too hot before',
		'below "limit"',
	],
	['a limit in Fahrenheit', bent('watch: 27, limit: 32 }', 'watch: 80, limit: 190 } # here'), 'facilities.ced.temperature.limit', '', 'at most 150'],
	[
		'batteries that are low too early',
		bent('watch: 20min, bad: 10min }', 'watch: 20min, bad: 25min } # here'),
		'facilities.ced.upsRuntime.bad',
		'before they are to be watched',
		'shorter than "watch"',
	],
	[
		'a facility that is stale at once',
		bent('staleAfter: 3min', 'staleAfter: 0s # here'),
		'facilities.ced.staleAfter',
		'no time at all',
		'more than 0',
	],
	[
		'dependants that are stale at once',
		bent('staleAfter: 5min }', 'staleAfter: 0min } # here'),
		'dependants.farmacie.staleAfter',
		'no time at all',
		'more than 0',
	],
	['a deadline of no time', bent('deadline: 24h', 'deadline: 0h # here'), 'flows.convenzionate.deadline', 'no time at all', 'as 24h'],
	['a side that is none', bent('side: old', 'side: east # here'), 'facilities.ced.side', '', 'old'],
	['fewer than no dependants', bent('count: 6157', 'count: -1 # here'), 'dependants.medici.count', '', 'at least 0'],
	[
		'a canary that is not there',
		bent('- porta\nstatus', '- prota # here\nstatus'),
		'observer.canaries.0',
		'not among the sources',
		'did you mean "porta"?',
	],
	[
		'a canary that speaks for a service',
		bend('        - archive/cce-db\n', '        - archive/cce-db\n      service: cartella\n', bent('- porta\nstatus', '- copia # here\nstatus')),
		'observer.canaries.0',
		'speaks for the service cartella, not for itself',
		'take "service: cartella" out of sources.copia',
	],
	[
		'a canary named twice',
		bent('- porta\nstatus', '- porta\n    - porta # here\nstatus'),
		'observer.canaries.1',
		'named twice',
		'take one of the two out',
	],
	[
		'a public service that is not there',
		bent('- cartella\n  dependants', '- cartelle # here\n  dependants'),
		'status.services.0',
		'not among the services',
		'did you mean "cartella"?',
	],
	[
		'public dependants that are not there',
		bent('    - medici\n', '    - medico # here\n'),
		'status.dependants.0',
		'not among the dependants',
		'did you mean "medici"?',
	],
	[
		'quiet hours of no time',
		bent('quiet: { from: "22:00", to: "06:00" }', 'quiet: { from: "22:00", to: "22:00" } # here'),
		'channels.reperibile.quiet.to',
		'end when they begin',
		'another time of day',
	],
	[
		'an alarm without a bound',
		bent('      above: 800\n      below: 1\n', '').replace('    lento:', '    lento: # here'),
		rule,
		'nothing could bring it on',
		'add "above" or "below"',
	],
	['bounds that leave nothing', bent('above: 800', 'above: 1 # here'), `${rule}.above`, 'is everything', 'greater than "below"'],
	[
		'an alarm that cannot come on',
		bent('above: 0.7, do: Chiamare il gestore., priority: 3 }', 'above: 1, do: Chiamare il gestore., priority: 3 } # here'),
		'alarms.rules.umido.above',
		'never above 1',
		'less than 1',
	],
	[
		'an alarm that cannot come on from below',
		bent('above: 0.7, do: Chiamare il gestore., priority: 3 }', 'below: 0, do: Chiamare il gestore., priority: 3 } # here'),
		'alarms.rules.umido.below',
		'never below 0',
		'more than 0',
	],
	['a dead band that never ends', bent('deadBand: 100', 'deadBand: 900 # here'), `${rule}.deadBand`, 'would never end', 'at most 799'],
	[
		'an alarm of an unknown measure',
		bent('measure: service.latency', 'measure: service.latenzy # here'),
		`${rule}.measure`,
		'no measure is called',
		'did you mean "service.latency"?',
	],
	[
		'a measure of another kind',
		bent('measure: service.latency', 'measure: facility.alerts # here'),
		`${rule}.measure`,
		'of the kind facility, not of a service',
		'service.latency',
	],
	[
		'an alarm on what is not there',
		bent('subject: facility/ced, measure', 'subject: facility/cde, measure').replace('priority: 3 }', 'priority: 3 } # here'),
		'alarms.rules.umido.subject',
		'not in the plan',
		'did you mean "facility/ced"?',
	],
	[
		'a pattern that matches nothing',
		bent('subject: "service/*"', 'subject: "service/x-*" # here'),
		`${rule}.subject`,
		'matches nothing',
		'service/cartella',
	],
	[
		'an alarm on what has no figures',
		bent('subject: "service/*"', 'subject: source/copia # here').replace('      measure: service.latency\n', '      measure: service.latency\n'),
		`${rule}.subject`,
		'has no figures',
		'a subject of the kind',
	],
	['an alarm of an unknown priority', bent('      priority: 2\n', '      priority: 4 # here\n'), `${rule}.priority`, '', '1'],
	['an alarm that does not say what to do', bent('      do: Guardare il carico.\n', '').replace('    lento:', '    lento: # here'), rule, '', 'do'],
	['an alarm by a built-in name', bent('    lento:', '    facility-hot: # here'), 'alarms.rules.facility-hot', 'is a built-in alarm', 'another name'],
	[
		'a built-in alarm that is none',
		bent('facility-hot: {', 'facility-hott: { # here\n     '),
		'alarms.builtIn.facility-hott',
		'no built-in alarm',
		'did you mean "facility-hot"?',
	],
	[
		'a flood that never ends',
		bent('from: 10, to: 5, within: 10min }', 'from: 10, to: 10, within: 10min } # here'),
		'alarms.flood.to',
		'never end',
		'below "from"',
	],
	[
		'a flood that ends by default before it begins',
		bent('from: 10, to: 5, within: 10min }', 'from: 4 } # here'),
		'alarms.flood.from',
		'never end',
		'below "from"',
	],
	['a flood within no time', bent('within: 10min }', 'within: 0min } # here'), 'alarms.flood.within', 'no time at all', 'as 10min'],
];

describe('a plan of failures', () => {
	it('that is sound is taken, with its durations in ms and what it leaves out filled in', () => {
		const read = readPlan(withBreakdown, 'notte.yaml', kinds);
		if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
		expect(read.plan.facilities.ced).toMatchObject({ upsRuntime: { watch: 1_200_000, bad: 600_000 }, staleAfter: 180_000 });
		expect(read.plan.flows.convenzionate?.deadline).toBe(86_400_000);
		expect(read.plan.alarms).toMatchObject({ escalateAfter: 600_000, flood: { from: 10, to: 5, within: 600_000 } });
	});

	it('may need the same from many sides: that is no circle', () => {
		const text = withBreakdown.replace('needs: [facility/ced, network/wan]', 'needs: [facility/ced, network/wan, facility/energia]');
		expect(readPlan(text, 'notte.yaml', kinds).ok).toBe(true);
	});

	test.each(rows)('with %s is told by line and remedy, and that mistake alone', (_, text, path, message, remedy) => {
		const read = readPlan(text, 'notte.yaml', kinds);
		if (read.ok) throw new Error('the plan is taken for good');
		const line = text.split('\n').findIndex((one) => one.includes('# here')) + 1;
		expect(read.mistakes, JSON.stringify(read.mistakes, null, 1)).toHaveLength(1);
		expect(read.mistakes[0]).toMatchObject({ line, path });
		expect(read.mistakes[0]?.message).toContain(message);
		expect(read.mistakes[0]?.remedy).toContain(remedy);
	});

	it('has a cause of its own in each row', () => {
		expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
		expect(rows.length).toBeGreaterThanOrEqual(35);
	});

	const wrong = ['[5, null, [x]]', '', '{ a: 1 }', '5', 'service/x', '{}', '-1', '[]', '{ constructor: { needs: [5] } }', 'x', '"*"'];
	it('with any of its lines turned into something else is answered, and never throws', () => {
		const lines = withBreakdown.split('\n');
		const first = lines.indexOf('facilities:');
		for (const [index, line] of lines.entries()) {
			if (index < first || line === '') continue;
			for (const value of isFull ? wrong : [wrong[index % wrong.length]]) {
				const bad = line.includes(':') ? line.replace(/:.*$/, `: ${value}`) : line.replace(/-.*$/, `- ${value}`);
				const read = readPlan(lines.with(index, bad).join('\n'), 'f.yaml', kinds);
				expect(read.ok || read.mistakes.every((one) => one.line >= 1 && one.message !== ''), bad).toBe(true);
			}
		}
	});
});
