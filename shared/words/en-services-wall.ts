// Words of the wall of services in English. The Italian of the same name says what they are for.
import type { Shape } from './it.ts';
import type { servicesWallIt } from './it-services-wall.ts';

export const servicesWallEn: Shape<typeof servicesWallIt> = {
	wall: 'Services',
	restore: 'In restore order',
	worst: 'Worst first',
	none: 'The plan lists no services',
	counts: {
		bad: 'failed {count}',
		watch: 'to look at {count}',
		blind: 'not known {count}',
		planned: 'planned stops {count}',
		good: 'fine {count}',
	},
	head: { priority: 'Order', label: 'Service', state: 'State', side: 'Side', writes: 'Writes', without: 'Without service', age: 'Seen' },
	side: { old: 'current', new: 'new', both: 'both', none: 'none', unknown: '—' },
	writes: { yes: 'accepted', no: 'refused', both: 'both', unknown: '—' },
	up: 'answers',
	restored: 'restored',
	downShort: 'down',
	plannedShort: 'planned stop',
	downSince: 'down since {time}',
	plannedSince: 'planned stop since {time}',
	of: '{time} of {limit}',
	silent: 'no data for {age}',
	never: 'never seen',
	down: { planned: 'planned', overrun: 'overrun', unplanned: 'unplanned', unknown: 'not observed' },
	left: 'not shown: {count}',
	leftGood: 'not shown: {count}, all fine',
	order: 'order not kept: {early} before {waiting}',
};
