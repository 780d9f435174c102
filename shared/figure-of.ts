// The newest figure of a subject's measure on the board, and whether it may still be believed. Pure.
import type { Board, Figure } from './board.ts';
import { figureNow } from './figure-now.ts';
import { type MeasureName, measureOf, measures } from './measures.ts';
import { parseSubject } from './subject.ts';

type Holder = { readonly figures: Readonly<Record<string, Figure | undefined>>; readonly staleAfterMs: number | null };
/** Kinds whose figures stand on the board by the measure's own name. */
const sections = {
	archive: 'archives',
	service: 'services',
	facility: 'facilities',
	network: 'networks',
	dependant: 'dependants',
	flow: 'flows',
} as const;
type Held = (typeof sections)[keyof typeof sections] | 'bodies';

export const isMeasure = (name: string): name is MeasureName => Object.hasOwn(measures, name);

/** Null where the board holds no figures of such a subject, or not of this measure. */
export function holderOf(board: Pick<Board, Held>, subject: string, measure: string): Holder | null {
	const parts = parseSubject(subject);
	if (!parts.ok || !isMeasure(measure)) return null;
	if (parts.value.kind === 'body' && measure === 'body.estateMoved') {
		const body = Object.hasOwn(board.bodies, parts.value.id) ? board.bodies[parts.value.id] : undefined;
		return body === undefined ? null : { figures: { estateMoved: body.estateMoved ?? undefined }, staleAfterMs: null };
	}
	if (!Object.hasOwn(sections, parts.value.kind)) return null;
	const { kind, id } = parts.value as { kind: keyof typeof sections; id: string };
	const section: Readonly<Record<string, Holder>> = board[sections[kind]];
	return measureOf(measure).kind === kind && Object.hasOwn(section, id) ? (section[id] ?? null) : null;
}

/** The value while it is fresh and was seen; null when it is old, when Regia could not look, and when nobody ever said. */
export function freshValue(board: Pick<Board, Held>, subject: string, measure: string, now: number): number | null {
	const holder = holderOf(board, subject, measure);
	if (!holder) return null;
	const limit = holder.staleAfterMs ?? measureOf(measure as MeasureName).staleAfterMs;
	return figureNow(holder.figures[measure.slice(measure.indexOf('.') + 1)], limit, now)?.value ?? null;
}

/** The measures that there are of a subject's kind. */
export const measuresOfSubject = (subject: string): readonly string[] =>
	Object.keys(measures).filter((name) => measureOf(name as MeasureName).kind === subject.slice(0, subject.indexOf('/')));

const named = {
	...sections,
	cutover: 'cutovers',
	site: 'sites',
	body: 'bodies',
	task: 'tasks',
	gate: 'gates',
	source: 'sources',
	channel: 'channels',
	screen: 'displays',
} as const;

/** Whether the plan has such a subject; what people open, and the programme, are none that an incident or a figure is about. */
export function isBoardSubject(board: Board, subject: string): boolean {
	const parts = parseSubject(subject);
	if (!parts.ok || !Object.hasOwn(named, parts.value.kind)) return false;
	return Object.hasOwn(board[named[parts.value.kind as keyof typeof named]], parts.value.id);
}
