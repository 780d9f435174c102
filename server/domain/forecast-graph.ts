// The open work as a graph in flat arrays, in the order of its dependencies: tasks and transfers alike are nodes. Draws nothing.
import type { ForecastInput, ForecastTask } from './forecast-input.ts';
import { isCounted } from './forecast-input.ts';

export type Graph = {
	/** `task/<id>` or `archive/<id>`, in an order in which each stands after all that it waits for. */
	readonly subjects: readonly string[];
	/** Null: the node is a transfer. */
	readonly tasks: readonly (ForecastTask | null)[];
	/** Of node i: `waitsFor[from[i]]` up to `waitsFor[from[i + 1]]`. */
	readonly from: Int32Array;
	readonly waitsFor: Int32Array;
	readonly isBlocked: Uint8Array;
	/** 1: the last that it waits for is the copy that it ends with. */
	readonly copies: Uint8Array;
};

/** `transfers`: archives that are under way or cannot be told, each a node; tasks that end with one wait for it. */
export function graphOf({ tasks, turnedBack }: ForecastInput, transfers: readonly string[]): Graph {
	const open = tasks.filter((task) => isCounted(task, turnedBack) && task.state !== 'done' && task.state !== 'skipped');
	const nodes: { subject: string; task: ForecastTask | null }[] = [
		...transfers.map((id) => ({ subject: `archive/${id}`, task: null })),
		...open.map((task) => ({ subject: `task/${task.id}`, task })),
	];
	const index = new Map(nodes.map((node, i) => [node.subject, i]));
	const waits = nodes.map(({ task }) => {
		if (task === null) return [];
		// Whoever has begun waits for nobody any more, but for the copy that it ends with.
		const named = task.state === 'running' ? [] : task.after.map((id) => index.get(`task/${id}`));
		const copy = task.archive === null ? undefined : index.get(`archive/${task.archive}`);
		return [...named, copy].filter((one) => one !== undefined);
	});
	const order = inOrder(waits);
	const place = new Int32Array(nodes.length);
	order.forEach((node, i) => {
		place[node] = i;
	});
	const from = new Int32Array(nodes.length + 1);
	const flat: number[] = [];
	const isBlocked = new Uint8Array(nodes.length);
	const copies = new Uint8Array(nodes.length);
	order.forEach((node, i) => {
		from[i] = flat.length;
		const task = nodes[node]?.task ?? null;
		if (task?.state === 'failed') isBlocked[i] = 1;
		if (task !== null && task.archive !== null && index.has(`archive/${task.archive}`)) copies[i] = 1;
		for (const one of waits[node] ?? []) flat.push(place[one] ?? 0);
	});
	from[nodes.length] = flat.length;
	return {
		subjects: order.map((node) => nodes[node]?.subject ?? ''),
		tasks: order.map((node) => nodes[node]?.task ?? null),
		from,
		waitsFor: Int32Array.from(flat),
		isBlocked,
		copies,
	};
}

/** Kahn's order. A circle cannot be in a plan that was accepted; what would be left over comes last, as it stands. */
function inOrder(waits: readonly (readonly number[])[]): number[] {
	const left = waits.map((one) => one.length);
	const followers: number[][] = waits.map(() => []);
	waits.forEach((ones, i) => {
		for (const one of ones) followers[one]?.push(i);
	});
	const order: number[] = [];
	left.forEach((count, i) => {
		if (count === 0) order.push(i);
	});
	for (let at = 0; at < order.length; at += 1) {
		for (const next of followers[order[at] ?? 0] ?? []) {
			left[next] = (left[next] ?? 0) - 1;
			if (left[next] === 0) order.push(next);
		}
	}
	const placed = new Set(order);
	return [...order, ...waits.map((_, i) => i).filter((i) => !placed.has(i))];
}
