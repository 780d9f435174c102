// Which of many tiles a wall shows where not all have room, and where: whoever is shown keeps its place, newcomers take the places
// that became free. Taken anew only when a standing changed, at most once a minute. Told the time.
import { byWorst, type Standing } from '../../shared/standing.ts';

const RESORT_AFTER_MS = 60_000;

export type Placed = { readonly id: string; readonly standing: Standing };
export type Places = { readonly ids: readonly string[]; readonly key: string; readonly at: number; readonly room: number };

/** `all` in the plan's order, which is also the order of places as long as all have room. */
export function keepPlaces(last: Places | null, all: readonly Placed[], room: number, realNow: number): Places {
	const key = all.map(({ id, standing }) => `${id}:${standing}`).join(' ');
	if (room >= all.length) return { ids: all.map(({ id }) => id), key, at: realNow, room };
	const isSameRoom = last !== null && last.room === room && last.ids.every((id) => all.some((one) => one.id === id));
	if (isSameRoom && (last.key === key || realNow - last.at < RESORT_AFTER_MS)) return last;
	const order = new Map(all.map(({ id }, index) => [id, index]));
	const wanted = new Set(
		[...all]
			.sort((a, b) => byWorst(a.standing, b.standing) || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
			.slice(0, room)
			.map(({ id }) => id),
	);
	const inOrder = all.map(({ id }) => id).filter((id) => wanted.has(id));
	if (!isSameRoom) return { ids: inOrder, key, at: realNow, room };
	const newcomers = inOrder.filter((id) => !last.ids.includes(id));
	const ids = last.ids.map((id) => (wanted.has(id) ? id : (newcomers.shift() ?? id)));
	return { ids, key, at: realNow, room };
}
