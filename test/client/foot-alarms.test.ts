// The strip at the foot in full: which alarm of a group it names, how urgently, and what legal clocks owe. A row a case, from literals.
import { describe, expect, test } from 'vitest';
import { type FootAlarms, footAlarms } from '../../client/tiles/foot-alarms-model.ts';
import type { Board } from '../../shared/board.ts';
import type { AlarmFacts } from '../../shared/board-breakdown.ts';
import { judge } from '../../shared/judge.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { alarmLiteral, alarmsOf, breakdownLiteral, breakdownNow, fallenAt } from '../kit/breakdown-literal.ts';

const MINUTE = 60_000;
const taken = { acknowledged: [fallenAt, 'sala'] as const };

function foot(alarms: readonly AlarmFacts[], floodSince: number | null = null): FootAlarms {
	const literal = breakdownLiteral();
	const board: Board = { ...literal, alarms: { ...literal.alarms, floodSince, active: alarmsOf(...alarms) } };
	const said = footAlarms(judge(board, breakdownNow).alarms, {
		says: board.alarms,
		own: alarmsIt,
		language: 'it',
		now: breakdownNow,
		nameOf: (by) => by,
	});
	if (said === null) throw new Error('the strip says nothing');
	return said;
}

/** `P1! Ricetta`: pulses; `(P2)`: taken. */
const short = ({ lines }: FootAlarms): string =>
	lines
		.map(({ priority, pulses, isTaken, text, beside }) => {
			const cause = beside.find((one) => one.startsWith('causa: '));
			return `${isTaken ? `(${priority})` : priority}${pulses ? '!' : ''} ${text}${cause === undefined ? '' : ` < ${cause.slice(7)}`}`;
		})
		.join('; ');

const cooling = (rest: Partial<AlarmFacts> = {}) => alarmLiteral('facility-cooling-short', 'facility/ced-esterno', 2, fallenAt, rest);
const down = (service: string, priority: 1 | 2 | 3, rest: Partial<AlarmFacts> = {}) =>
	alarmLiteral('service-down', `service/${service}`, priority, fallenAt + MINUTE, rest);
const beneath = (rest: Partial<AlarmFacts> = {}) => [down('ricetta', 1, rest), down('accesso', 2)];
const other = [
	alarmLiteral('facility-on-battery', 'facility/ced-milano', 2, fallenAt),
	alarmLiteral('facility-too-hot', 'facility/ced-milano', 1, fallenAt + MINUTE, { acknowledged: [fallenAt, 'sala'] }),
];

describe.each([
	['outside a flood', null],
	['in a flood', fallenAt],
] as const)('%s', (_when, floodSince) => {
	const room = 'CED esterno, sala server: raffreddamento ridotto';
	test.each([
		['a P1 beneath a P2 has a line of its own, and pulses', [cooling(), ...beneath()], `P2 ${room}; P1! Ricetta dematerializzata: non risponde`],
		['also where the P2 is taken', [cooling(taken), ...beneath()], `(P2) ${room}; P1! Ricetta dematerializzata: non risponde`],
		['what is taken needs none', [cooling(), ...beneath(taken)], `P2 ${room}`],
		['nor where all of it is', [cooling(taken), down('ricetta', 1, taken), down('accesso', 2, taken)], `(P2) ${room}`],
		['a cause as urgent as all beneath it stands for them', [cooling({ priority: 1 }), ...beneath()], `P1! ${room}`],
		[
			'what is over takes no line from what is not',
			[cooling(), ...beneath(), alarmLiteral('clock-near', 'clock/fse-nis2', 2, fallenAt, { endedAt: breakdownNow })],
			`P2 ${room}; P1! Ricetta dematerializzata: non risponde`,
		],
		[
			'of several causes each line is the worst that asks, with its cause',
			[cooling(), ...beneath(), ...other],
			`P1! Ricetta dematerializzata: non risponde < ${room}; P2 facility/ced-milano: alimentata dalle batterie`,
		],
	] as const)('%s', (_name, alarms, expected) => {
		const said = foot(alarms, floodSince);
		expect(short(said)).toBe(expected);
		expect(said.standing).toBe(expected.includes('!') ? 'bad' : said.lines[0]?.isTaken ? 'good' : 'watch');
	});
});

test('two legal clocks of one incident are told apart by their law and their step', () => {
	const clock = (law: string, detail: string) => alarmLiteral('clock-overdue', `clock/fse-${law}`, 1, fallenAt, { detail });
	const said = [clock('l90', 'early'), clock('nis2', 'notification'), clock('gdpr', 'notification')].map((one) => foot([one]).lines[0]?.text);
	expect(said.map((text) => text?.replace(/ · .*$/, ''))).toEqual([
		'Termine di legge superato: L. 90/2024, prima segnalazione',
		'Termine di legge superato: NIS2, notifica',
		'Termine di legge superato: GDPR, notifica',
	]);
	expect(said[0]).toMatch(/ · (Fascicolo|clock)/);
});
