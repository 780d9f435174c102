// What is still open while somebody closes an incident: services that do not answer, reports owed by law, a promised update. Pure.
import type { IncidentNow } from '../../shared/breakdown-now.ts';
import { fill } from '../../shared/words/words.ts';
import { hangingOn } from './facilities-model.ts';
import { timeIn } from './incident-parts-model.ts';
import type { Said } from './incidents-model.ts';

/** More are counted. */
const NAMED_AT_MOST = 3;

/** Services that do not answer: those that the incident is about, or all where it is about nothing in particular. */
function downIn({ subject }: IncidentNow, { judged, board }: Said): readonly string[] {
	const about = subject === null ? null : new Set([subject, ...hangingOn(subject, board)]);
	return Object.entries(judged.services)
		.filter(([id, one]) => one.up === false && (about === null || about.has(`service/${id}`)))
		.map(([, { label }]) => label);
}

/** A sentence each; none where nothing that Regia sees is open. */
export function stillOpen(one: IncidentNow, said: Said): readonly string[] {
	const { judged, own } = said;
	const w = own.incident.closing;
	const down = downIn(one, said);
	const named = down.slice(0, NAMED_AT_MOST).join(', ');
	const more = down.length - NAMED_AT_MOST;
	const clocks = one.clocks.flatMap((key) => {
		const clock = judged.breakdown?.clocks[key];
		return clock?.next == null
			? []
			: [fill(w.owed, { law: own.clock.lawShort[clock.law], step: own.clock.step[clock.law][clock.next.step], time: timeIn(said)(clock.next.due) })];
	});
	return [
		...(down.length === 0 ? [] : [fill(w.down, { services: more > 0 ? fill(w.more, { services: named, count: more }) : named })]),
		...clocks,
		...(one.nextUpdate === null ? [] : [fill(w.promised, { time: timeIn(said)(one.nextUpdate) })]),
	];
}
