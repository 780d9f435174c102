// A mark about a failure as a sentence. Pure.
import { formatDay, formatMoment } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { breakdownMarksOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';

export type BreakdownMark = Extract<Mark, { kind: 'alarm' | 'incident' | 'statement' | 'clock' | 'channel' }>;
type MarkOf<K extends Mark['kind']> = Extract<Mark, { kind: K }>;
type Say = ReturnType<typeof breakdownMarksOf>;

export function sayBreakdownMark(mark: BreakdownMark, judged: BoardNow, words: Words): string {
	const say = breakdownMarksOf(words);
	const zone = zoneOf(judged);
	const today = formatDay(judged.now, zone);
	const time = (at: number): string => (formatDay(at, zone) === today ? formatMoment(at, zone) : `${formatDay(at, zone)} ${formatMoment(at, zone)}`);
	switch (mark.kind) {
		case 'alarm': {
			// Of `rule:kind:id`; what the rule is called stands beside the alarm itself.
			const subject = sayAbout(mark.alarm.replace(/^[^:]*:/, '').replace(':', '/'), judged, words);
			if (mark.act !== 'shelve') return fill(say.alarm[mark.act], { subject });
			return fill(say.alarm.shelve, { subject, time: time(mark.until), reason: mark.reason });
		}
		case 'incident':
			return sayIncident(mark, titleOf(mark.incident, judged), say, time);
		case 'statement':
			return fill(say.statement[mark.audience], { text: mark.text });
		case 'clock':
			return sayClock(mark, titleOf(mark.incident, judged), say, time);
		case 'channel':
			return fill(say.channel, { channel: mark.channel });
	}
}

const WORDS_OF_STATEMENT = 8;

/** What something is called in a mark about it: an incident by its title, a legal clock by that and its law, a statement by its first words. */
export function sayAbout(subject: string, judged: BoardNow, words: Words): string {
	const [kind = '', id = ''] = subject.split('/');
	const say = breakdownMarksOf(words);
	if (kind === 'incident') return titleOf(id, judged);
	if (kind === 'programme' && judged.plan?.id === id) return judged.plan.name;
	const clock = kind === 'clock' ? judged.breakdown?.clocks[id] : undefined;
	if (clock !== undefined) return `${titleOf(clock.incident, judged)}, ${say.law[clock.law]}`;
	const said = kind === 'statement' ? judged.breakdown?.statements.find((one) => one.id === id)?.text.split(/\s+/) : undefined;
	if (said === undefined) return labelOf(judged, subject);
	const first = said.slice(0, WORDS_OF_STATEMENT).join(' ');
	return fill(say.quoted, { text: said.length > WORDS_OF_STATEMENT ? `${first.replace(/[,;:.]$/, '')}…` : first });
}

const titleOf = (id: string, { breakdown }: BoardNow): string =>
	breakdown !== null && Object.hasOwn(breakdown.incidents, id) ? (breakdown.incidents[id]?.title ?? id) : id;

function sayIncident(mark: MarkOf<'incident'>, incident: string, say: Say, time: (at: number) => string): string {
	switch (mark.act) {
		case 'open':
			return fill(say.incident.open, { incident: mark.title });
		case 'status':
			return fill(say.incident.status[mark.status], { incident });
		case 'cause': {
			const sentence = fill(say.incident.cause[mark.nature], { incident });
			return mark.text === undefined ? sentence : `${sentence} (${mark.text})`;
		}
		case 'role':
			return fill(say.incident.role[mark.role], { incident });
		case 'next-update':
			return fill(say.incident['next-update'], { incident, time: time(mark.due) });
		case 'note':
			return fill(say.incident.note, { incident, text: mark.text });
	}
}

function sayClock(mark: MarkOf<'clock'>, incident: string, say: Say, time: (at: number) => string): string {
	const law = say.law[mark.law];
	switch (mark.act) {
		case 'start':
			return fill(say.clock.start, { incident, law, time: time(mark.awareAt) });
		case 'sent':
			return fill(say.clock.sent, { incident, law, step: say.step[mark.law][mark.step], protocol: mark.protocol });
		case 'waive':
			return fill(say.clock.waive, { incident, law, reason: mark.reason });
	}
}
