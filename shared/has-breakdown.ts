// Whether a board has anything that judge-breakdown.ts judges. Apart from it, so that other screens do not load that.
import type { Board } from './board.ts';

export const hasBreakdown = ({ facilities, networks, dependants, flows, incidents, statements }: Board): boolean =>
	[facilities, networks, dependants, flows].some((all) => Object.keys(all).length > 0) || incidents.count + statements.count > 0;
