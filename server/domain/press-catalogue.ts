// The names of all figures for the press: what each is of, and by which measure's policy it may be told. Knows no board.
import type { MeasureName } from '../../shared/measures.ts';

/** Sections of the plan whose subjects have a figure each. */
export type FigureSection = 'bodies' | 'services' | 'dependants' | 'flows' | 'sites' | 'facilities';

/**
 * `of`: null for one figure of the whole, a section for one a subject (`name/id`), `incidents` for what people open during the night.
 * `measure`: whose policy holds; null for what the plan itself says. `is`: figure, course, or both.
 */
export type FigureFamily = {
	readonly name: string;
	readonly of: FigureSection | 'incidents' | null;
	readonly measure: MeasureName | null;
	readonly is: 'figure' | 'course' | 'both';
	readonly isShare?: true;
};

export const figureFamilies: readonly FigureFamily[] = [
	{ name: 'archives.done', of: null, measure: 'archive.bytesVerified', is: 'figure', isShare: true },
	{ name: 'archives.moved', of: null, measure: 'archive.bytesMoved', is: 'both', isShare: true },
	{ name: 'archives.verified', of: null, measure: 'archive.bytesVerified', is: 'figure', isShare: true },
	{ name: 'archives.rate', of: null, measure: 'archive.bytesMoved', is: 'figure' },
	{ name: 'bodies.moved', of: null, measure: 'body.estateMoved', is: 'figure', isShare: true },
	{ name: 'bodies.moved', of: 'bodies', measure: 'body.estateMoved', is: 'figure', isShare: true },
	{ name: 'sites.count', of: null, measure: null, is: 'figure' },
	{ name: 'sites.reporting', of: null, measure: null, is: 'figure', isShare: true },
	{ name: 'sites.presentTotal', of: null, measure: 'site.present', is: 'figure' },
	{ name: 'site.present', of: 'sites', measure: 'site.present', is: 'figure' },
	{ name: 'services.availability', of: null, measure: 'service.up', is: 'figure', isShare: true },
	{ name: 'service.state', of: 'services', measure: 'service.up', is: 'figure' },
	{ name: 'service.bookings', of: 'services', measure: 'service.bookings', is: 'figure' },
	{ name: 'service.bookingsYesterday', of: 'services', measure: 'service.bookings', is: 'figure' },
	{ name: 'service.downMinutes', of: 'services', measure: 'service.up', is: 'figure' },
	{ name: 'dependants.blocked', of: 'dependants', measure: 'dependant.up', is: 'figure' },
	{ name: 'dependants.state', of: 'dependants', measure: 'dependant.up', is: 'figure' },
	{ name: 'flow.state', of: 'flows', measure: 'flow.oldestAge', is: 'figure' },
	{ name: 'facility.temperature', of: 'facilities', measure: 'facility.temperature', is: 'course' },
	{ name: 'incident.duration', of: 'incidents', measure: null, is: 'figure' },
	{ name: 'incident.cause', of: 'incidents', measure: null, is: 'figure' },
	{ name: 'cutover.tPlus', of: null, measure: null, is: 'figure' },
	{ name: 'cutover.window', of: null, measure: null, is: 'figure' },
];

/** The family that a key belongs to, and of which subject; null where there is no such name. */
export function familyOf(key: string): { readonly family: FigureFamily; readonly id: string | null } | null {
	const slash = key.indexOf('/');
	const name = slash < 0 ? key : key.slice(0, slash);
	const id = slash < 0 ? null : key.slice(slash + 1);
	const family = figureFamilies.find((one) => one.name === name && (one.of === null) === (id === null));
	return family === undefined ? null : { family, id };
}
