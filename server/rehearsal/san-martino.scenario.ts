// San Martino's night, ten hours from 19:00: it ends at 04:35. All figures are invented; its plan stands in san-martino.plan.yaml.
import { nightScenario } from './night-scenario.ts';
import { erOf } from './san-martino.er.ts';
import { archives, probedBy, services, silent, sources } from './san-martino.night.ts';
import { roomOf } from './san-martino.room.ts';

const start = Date.parse('2025-10-21T19:00:00+02:00');

export const sanMartino = nightScenario({
	id: 'san-martino',
	planFile: 'san-martino.plan.yaml',
	start,
	night: { archives, services, probedBy, sources, silent, marks: roomOf(start), er: erOf({ start }) },
});
