// A mark as a sentence. Pure; the one place that words a mark, whatever shows it.

import { formatMoment } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { deskOf, nightOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';
import { sayAbout, sayBreakdownMark } from './say-breakdown-mark.ts';

export function sayMark(mark: Mark, judged: BoardNow, words: Words): string {
	const say = nightOf(words).mark;
	switch (mark.kind) {
		case 'note':
			return mark.subject === undefined ? mark.text : `${sayAbout(mark.subject, judged, words)}: ${mark.text}`;
		case 'phase': {
			const phase = judged.cutover?.phases.find((one) => one.id === mark.phase)?.label ?? mark.phase;
			return fill(deskOf(words).journal[mark.state], { phase });
		}
		case 'service':
			return fill(deskOf(words).journal[mark.state], { service: labelOf(judged, `service/${mark.service}`) });
		case 'task': {
			const sentence = fill(say.task[mark.state], { task: judged.runbook.tasks[mark.task]?.label ?? mark.task });
			return mark.reason === undefined ? sentence : `${sentence} (${mark.reason})`;
		}
		case 'vote': {
			const gate = judged.gates[mark.gate];
			const position = gate?.votes.find((one) => one.position === mark.position)?.label ?? mark.position;
			return fill(say.vote[mark.vote], { gate: gate?.label ?? mark.gate, position });
		}
		case 'report': {
			const team = judged.lanes[mark.team]?.label ?? mark.team;
			const sentence = mark.promise === undefined ? say.report : say.promised;
			const time = mark.promise === undefined ? '' : formatMoment(mark.promise, zoneOf(judged));
			return `${fill(sentence, { team, time })}${mark.text === undefined ? '' : `: ${mark.text}`}`;
		}
		case 'writes':
			return say.writes[mark.state];
		case 'turn':
			return mark.reason === undefined ? say.turn[mark.way] : `${say.turn[mark.way]} (${mark.reason})`;
		case 'count': {
			const present = Object.values(mark.byCode).reduce((sum, one) => sum + one, 0);
			return fill(say.count, { site: labelOf(judged, `site/${mark.site}`), present });
		}
		case 'paper':
			return fill(say.paper[mark.state], { site: labelOf(judged, `site/${mark.site}`) });
		case 'diversion':
			return fill(say.diversion[mark.state], { site: labelOf(judged, `site/${mark.site}`) });
		case 'bedside':
			return fill(say.bedside, { site: labelOf(judged, `site/${mark.site}`) });
		case 'alarm':
		case 'incident':
		case 'statement':
		case 'clock':
		case 'channel':
			return sayBreakdownMark(mark, judged, words);
		case 'press':
			return fill(say.press[mark.act], { sheet: mark.sheet.toUpperCase(), reason: mark.act === 'withdraw' ? mark.reason : '' });
		case 'undo':
			return fill(say.undo, { seq: mark.seq });
	}
}
