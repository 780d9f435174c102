// What became of the night between two moments: two boards laid side by side. Pure: told both, words and language.
import { formatBytes, formatCountdown, formatMoment, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { worstReason, zoneOf } from '../store/selectors.ts';
import { sayBy } from '../tiles/say-by.ts';
import { sayMark } from '../tiles/say-mark.ts';
import { shareOf } from './archive-share.ts';
import { sayFallen } from './gates-model.ts';
import { sayDelta } from './runbook-model.ts';

export type SinceLine = { readonly key: string; readonly time: string; readonly text: string; readonly by: string };
export type SinceFigure = { readonly label: string; readonly before: string; readonly now: string; readonly change: string };

type Night = { readonly before: BoardNow; readonly now: BoardNow; readonly words: Words; readonly own: RunbookWords; readonly language: Language };

/** Marks that decide something for all; the rest are tasks, votes and notes. */
const decisive: readonly string[] = ['turn', 'writes', 'phase', 'service'];

export function sinceModel(before: BoardNow, now: BoardNow, words: Words, own: RunbookWords, language: Language) {
	const night: Night = { before, now, words, own, language };
	const from = before.now;
	const zone = zoneOf(now);
	const undone = new Set(now.marks.last.flatMap(({ mark }) => (mark.kind === 'undo' ? [mark.seq] : [])));
	const marks = now.marks.last.filter(({ at, seq, mark }) => at > from && !undone.has(seq) && mark.kind !== 'undo').toReversed();
	const oldest = now.marks.last.at(-1);
	return {
		from: formatMoment(from, zone),
		to: formatMoment(now.now, zone),
		gates: gateLines(night),
		decisions: marks
			.filter(({ mark }) => decisive.includes(mark.kind))
			.map(({ seq, at, by, mark }) => ({
				key: String(seq),
				time: formatMoment(at, zone),
				text: sayMark(mark, now, words),
				by: sayBy(by, now, words),
			})),
		notes: marks
			.filter(({ mark }) => mark.kind === 'note')
			.map(({ seq, at, by, mark }) => ({
				key: String(seq),
				time: formatMoment(at, zone),
				text: sayMark(mark, now, words),
				by: sayBy(by, now, words),
			})),
		/** The board keeps the last marks only: whether some of this time are not among them. */
		isCut: now.marks.count > now.marks.last.length && oldest !== undefined && oldest.at > from,
		tasks: taskLines(night),
		figures: figuresOf(night),
		forecast: forecastOf(night),
		alarms: now.worst.map((one) => ({ key: one.subject, standing: one.standing, label: one.label, reason: worstReason(one, now, words, language) })),
	};
}
export type SinceModel = ReturnType<typeof sinceModel>;

function gateLines({ before, now, words, own }: Night): readonly SinceLine[] {
	const zone = zoneOf(now);
	const w = own.sinceLeft;
	const lines: (SinceLine & { readonly at: number })[] = [];
	for (const [id, gate] of Object.entries(now.gates)) {
		const { label, decided, reopened, closed } = gate;
		const add = (what: string, at: number, text: string, values: object, by = ''): void => {
			if (at <= before.now) return;
			const time = formatMoment(at, zone);
			lines.push({ key: `${id}-${what}`, at, time, by, text: fill(text, { gate: label, ...values }) });
		};
		if (decided !== null) add('decided', decided.at, w.decided, { state: own.gate.state[decided.state] });
		if (reopened !== null) {
			const times = reopened.times - (before.gates[id]?.reopened?.times ?? 0);
			const why = sayFallen(gate, reopened.why, own);
			add('reopened', reopened.at, times > 1 ? w.reopenedMore : w.reopened, { times, why });
		}
		if (closed !== null) add('closed', closed.at, w.closed, { how: closed.how === 'passed' ? w.passed : w.expired }, sayBy(closed.by, now, words));
	}
	return lines.sort((a, b) => a.at - b.at).map(({ at: _at, ...line }) => line);
}

function taskLines({ before, now, words, own }: Night) {
	const zone = zoneOf(now);
	const changed = Object.entries(now.runbook.tasks)
		.filter(([id, task]) => before.runbook.tasks[id]?.status !== task.status || before.runbook.tasks[id]?.endedAt !== task.endedAt)
		.map(([id, task]) => ({ id, label: task.label, status: task.status, at: task.endedAt ?? task.startedAt ?? 0, by: task.by, reason: task.reason }))
		.filter(({ at }) => at > before.now)
		.sort((a, b) => a.at - b.at);
	const of = (status: string) =>
		changed
			.filter((one) => one.status === status)
			.map(({ id, label, at, by, reason }) => ({
				key: id,
				time: formatMoment(at, zone),
				text: reason === null ? label : `${label} (${fill(own.task.reason, { reason })})`,
				by: by === null ? '' : sayBy(by, now, words),
			}));
	return { done: of('done'), failed: of('failed'), skipped: of('skipped'), running: of('running') };
}

function forecastOf({ before, now, own }: Night) {
	const zone = zoneOf(now);
	const [was, is] = [before.forecast.finish?.p50 ?? null, now.forecast.finish?.p50 ?? null];
	const delta = was === null || is === null ? null : is - was;
	return {
		before: was === null ? UNKNOWN : formatMoment(was, zone),
		now: is === null ? UNKNOWN : formatMoment(is, zone),
		delta: sayDelta(delta),
		line:
			delta === null
				? own.sinceLeft.forecastUnknown
				: Math.abs(delta) < 60_000
					? own.sinceLeft.forecastSame
					: fill(own.sinceLeft.forecastMoved, { delta: sayDelta(delta) }),
	};
}

function figuresOf(night: Night): readonly SinceFigure[] {
	const { before, now, words, own, language } = night;
	const w = own.sinceLeft;
	const signed = (value: number | null): string => (value === null ? UNKNOWN : `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value)}`);
	const counted = (label: string, was: number, is: number): SinceFigure => ({
		label,
		before: String(was),
		now: String(is),
		change: signed(is - was),
	});
	const inBytes = (label: string, was: number | null, is: number | null): SinceFigure => {
		const change =
			was === null || is === null ? UNKNOWN : is === was ? w.same : `${is < was ? '−' : '+'}${formatBytes(Math.abs(is - was), language)}`;
		return { label, before: formatBytes(was, language), now: formatBytes(is, language), change };
	};
	const isUp = ({ services }: BoardNow): number => Object.values(services).filter(({ up }) => up === true).length;
	const isMute = ({ sources }: BoardNow): number => Object.values(sources).filter(({ standing }) => standing === 'blind').length;
	const share = ({ rollup }: BoardNow) => shareOf({ ...rollup, done: rollup.of > 0 && rollup.done === rollup.of }, words);
	const [shareWas, shareIs] = [share(before), share(now)];
	const sharesMoved = shareWas.isVerified === shareIs.isVerified && shareWas.percent !== null && shareIs.percent !== null;
	const forecast = forecastOf(night);
	const last = ({ rollback }: BoardNow): string =>
		(rollback?.reason && w.wayBackIs[rollback.reason]) || formatCountdown(rollback?.remainingMs ?? null);
	return [
		inBytes(words.moved, before.rollup.moved, now.rollup.moved),
		inBytes(words.verified, before.rollup.verified, now.rollup.verified),
		{
			label: w.share,
			before: shareWas.told,
			now: shareIs.told,
			// What is moved and what is verified are not one figure: no difference between them.
			change: sharesMoved ? signed((shareIs.percent ?? 0) - (shareWas.percent ?? 0)) : shareWas.isVerified === shareIs.isVerified ? UNKNOWN : '',
		},
		counted(w.done, before.runbook.done, now.runbook.done),
		counted(w.late, before.runbook.late, now.runbook.late),
		counted(w.servicesUp, isUp(before), isUp(now)),
		counted(w.sourcesBlind, isMute(before), isMute(now)),
		...(now.rollback === null ? [] : [{ label: w.wayBack, before: last(before), now: last(now), change: '' }]),
		{ label: w.forecast, before: forecast.before, now: forecast.now, change: forecast.delta },
	];
}
