// An incident's timeline: its last lines by the seq of the entry that said them. Pure.
import { INCIDENT_LINES_ON_BOARD, type IncidentFacts, type IncidentLine } from '../../shared/board-incident.ts';

type Lines = IncidentFacts['lines'];
export const noLines: Lines = { count: 0, rows: {} };

/** An alarm storm leaves this much of the room to what people marked. */
const ALARM_LINES_KEPT = INCIDENT_LINES_ON_BOARD / 2;

const seqOf = (key: string): number => Number.parseInt(key, 10);
/** In the order in which they were said, whatever order an object's keys have. */
export const byLineKey = (a: string, b: string): number => seqOf(a) - seqOf(b) || a.length - b.length || (a < b ? -1 : 1);

/** The first line of an entry stands under its seq, the next under `<seq>b`, `<seq>c` … `<seq>z`, `<seq>zb` … */
export function nextLineKey(keys: readonly string[], seq: number): string {
	const last = keys
		.filter((key) => seqOf(key) === seq)
		.sort(byLineKey)
		.at(-1);
	if (last === undefined) return `${seq}`;
	const letters = last.slice(`${seq}`.length);
	const letter = letters.at(-1) ?? 'a';
	return letter === 'z' ? `${seq}${letters}b` : `${seq}${letters.slice(0, -1)}${String.fromCharCode(letter.charCodeAt(0) + 1)}`;
}

const isAlarm = (line: IncidentLine | undefined): boolean => line?.what === 'alarm' || line?.what === 'alarm-ended';

export function addLine({ count, rows }: Lines, seq: number, line: IncidentLine): Lines {
	const added: Record<string, IncidentLine> = { ...rows, [nextLineKey(Object.keys(rows), seq)]: line };
	const keys = Object.keys(added);
	if (keys.length > INCIDENT_LINES_ON_BOARD) {
		const alarms = keys.filter((key) => isAlarm(added[key]));
		const [oldest = ''] = (alarms.length > ALARM_LINES_KEPT ? alarms : keys).sort(byLineKey);
		delete added[oldest];
	}
	return { count: count + 1, rows: added };
}
