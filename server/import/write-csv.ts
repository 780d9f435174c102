// The runbook as separated text in the columns of Cutover.com's template, and those that a plan has beside it; a spreadsheet opens it as it is.
import { clockAt, instantsOf, writeZoned } from '../domain/zoned-time.ts';
import { knownHeadings } from './mapping.ts';
import { asPlainText } from './plain-text.ts';
import { idOf, type Runbook, type Task } from './runbook-rows.ts';

type Fields = Exclude<keyof typeof knownHeadings, 'subStream' | 'level'>;
const template = ['id', 'title', 'description', 'kind', 'stream', 'subStream', 'team', 'duration', 'predecessors', 'level', 'fixed', 'due'] as const;
const beside = ['start', 'owner', 'gate', 'archive', 'restores', 'p50', 'p90'] as const;
const columns = [...template, ...beside];

const kinds: Readonly<Record<Task['kind'], string>> = { task: 'Task', gate: 'Gate', communication: 'Communication', rollback: 'Rollback' };

const two = (figure: number): string => String(figure).padStart(2, '0');

/** 5400000 → 1:30:00, which a spreadsheet takes for a length; what is no whole second brings its unit. */
function lengthOf(ms: number): string {
	if (ms % 1000 !== 0) return `${ms} ms`;
	const seconds = ms / 1000;
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** As the zone's clocks show it; with its offset in the hour that they show twice. */
function momentOf(instant: number, zone: string): string {
	if (instant % 1000 !== 0) return new Date(instant).toISOString();
	const clock = clockAt(instant, zone);
	return instantsOf(clock, zone).length === 1 ? new Date(clock).toISOString().slice(0, 19).replace('T', ' ') : writeZoned(instant, zone);
}

const quoted = (text: string): string => (/[";\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function writeCsv({ tasks, teams }: Runbook, zone: string): string {
	const lines = Object.entries(tasks).map(([id, task]) => {
		const label = task.team === undefined ? '' : (teams[task.team]?.label ?? task.team);
		const said: Readonly<Record<Fields, string>> = {
			id,
			title: task.label,
			description: task.criterion ?? '',
			kind: kinds[task.kind],
			stream: task.stream ?? '',
			team: idOf(label) === task.team ? label : (task.team ?? ''),
			duration: lengthOf(task.duration),
			predecessors: task.after.join(';'),
			fixed: task.fixed === undefined ? '' : momentOf(task.fixed, zone),
			due: task.start === undefined ? '' : momentOf(task.start + task.duration, zone),
			start: task.start === undefined ? '' : momentOf(task.start, zone),
			owner: task.owner ?? '',
			gate: task.gate ?? '',
			archive: task.archive ?? '',
			restores: task.restores ?? '',
			p50: task.rehearsed === undefined ? '' : lengthOf(task.rehearsed.p50),
			p90: task.rehearsed === undefined ? '' : lengthOf(task.rehearsed.p90),
		};
		return columns.map((field) => (field === 'subStream' || field === 'level' ? '' : said[field]));
	});
	const head = columns.map((field) => knownHeadings[field][0] ?? field);
	// The mark at the beginning tells Excel that the letters are UTF-8; the semicolon is what it expects where a comma parts decimals.
	return `\uFEFF${[head, ...lines].map((line) => line.map((text) => quoted(asPlainText(text))).join(';')).join('\r\n')}\r\n`;
}
