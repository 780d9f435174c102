// Which sites a wall shows large: all of a few, or the few that the night is about (their own system is moved, or they alone have
// neighbours) while all others are their neighbours. Pure.
import type { SiteFacts } from '../../shared/board-er.ts';

export const LARGE_AT_MOST = 3;

type Sites = Readonly<Record<string, Pick<SiteFacts, 'service' | 'neighbours'>>>;

/** Null: too many, each gets a small tile. `wished` names one site. */
export function focusOf(sites: Sites, wished: string | null = null): readonly string[] | null {
	if (wished !== null && Object.hasOwn(sites, wished)) return [wished];
	const ids = Object.keys(sites);
	const withNeighbours = ids.filter((id) => (sites[id]?.neighbours.length ?? 0) > 0);
	const served = ids.filter((id) => sites[id]?.service !== null);
	const moved = served.length > 0 ? served : withNeighbours.length === 1 ? withNeighbours : [];
	const near = new Set(moved.flatMap((id) => sites[id]?.neighbours ?? []));
	const isAboutMoved = moved.length > 0 && ids.every((id) => moved.includes(id) || near.has(id));
	const focus = isAboutMoved ? moved : ids;
	return focus.length > 0 && focus.length <= LARGE_AT_MOST ? focus : null;
}
