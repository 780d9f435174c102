// The runbook as a graph: an order in which its tasks can be done, the circles that have none, and who waits for whom. Pure.

/** Task → the tasks that it waits for. Names that are no task are passed over; they are told elsewhere. */
export type Waits = ReadonlyMap<string, readonly string[]>;

export type Sorted = {
	/** Each task after all that it waits for; without those in a circle, or behind one. */
	readonly order: readonly string[];
	/** As it would be done: each waits for the one before it, and the first for the last. */
	readonly circles: readonly (readonly string[])[];
};

/** Kahn's order; linear in tasks and waits. */
export function sortTasks(waits: Waits): Sorted {
	const open = new Map<string, number>();
	const next = followersOf(waits);
	for (const [id, after] of waits) open.set(id, new Set(after.filter((one) => waits.has(one))).size);
	const order = [...waits.keys()].filter((id) => open.get(id) === 0);
	for (let i = 0; i < order.length; i += 1) {
		for (const follower of next.get(order[i] ?? '') ?? []) {
			const left = (open.get(follower) ?? 0) - 1;
			open.set(follower, left);
			if (left === 0) order.push(follower);
		}
	}
	return { order, circles: order.length === waits.size ? [] : circlesAmong(new Set([...waits.keys()].filter((id) => open.get(id) !== 0)), waits) };
}

/** Each task of `stuck` waits for another of them, so that walking back always ends in a circle. One for each walk, none twice. */
function circlesAmong(stuck: ReadonlySet<string>, waits: Waits): readonly (readonly string[])[] {
	const circles: (readonly string[])[] = [];
	const walked = new Set<string>();
	for (const start of stuck) {
		const way: string[] = [];
		const place = new Map<string, number>();
		let here: string | undefined = start;
		while (here !== undefined && !walked.has(here) && !place.has(here)) {
			place.set(here, way.length);
			way.push(here);
			here = waits.get(here)?.find((one) => stuck.has(one));
		}
		const from = here === undefined ? undefined : place.get(here);
		if (from !== undefined) circles.push(fromFirst(way.slice(from).reverse(), stuck));
		for (const one of way) walked.add(one);
	}
	return circles;
}

/** The circle told from the task that stands first in the plan. */
function fromFirst(circle: readonly string[], inOrder: Iterable<string>): readonly string[] {
	for (const id of inOrder) {
		const at = circle.indexOf(id);
		if (at >= 0) return [...circle.slice(at), ...circle.slice(0, at)];
	}
	return circle;
}

/** Task → the tasks that wait for it, each once. */
export function followersOf(waits: Waits): ReadonlyMap<string, readonly string[]> {
	const next = new Map<string, string[]>();
	for (const [id, after] of waits) {
		for (const one of new Set(after)) {
			if (!waits.has(one)) continue;
			const all = next.get(one);
			if (all) all.push(id);
			else next.set(one, [id]);
		}
	}
	return next;
}

/** Whether `later` waits for `first`, directly or through others. */
export function waitsFor(waits: Waits, later: string, first: string): boolean {
	const seen = new Set<string>();
	const open = [later];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		for (const one of waits.get(id) ?? []) {
			if (one === first) return true;
			if (seen.has(one)) continue;
			seen.add(one);
			open.push(one);
		}
	}
	return false;
}

export type PlannedTask = { readonly start: number | null; readonly durationMs: number };

/** When each task ends by plan; one without a start begins when the last that it waits for ends. Null where no time leads to it. */
export function plannedEnds(order: readonly string[], waits: Waits, tasks: ReadonlyMap<string, PlannedTask>): ReadonlyMap<string, number | null> {
	const ends = new Map<string, number | null>();
	for (const id of order) {
		const task = tasks.get(id);
		let begin = task?.start ?? null;
		if (begin === null) {
			for (const one of waits.get(id) ?? []) {
				const end = ends.get(one) ?? null;
				if (end !== null && (begin === null || end > begin)) begin = end;
			}
		}
		ends.set(id, begin === null ? null : begin + (task?.durationMs ?? 0));
	}
	return ends;
}
