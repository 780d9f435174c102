// Watches the board through the night and holds it against what the tools say at that moment. Collects untruths; corrects nothing.
import type { ApiBoard } from './real-night-api.ts';

/** What a tool says of its own position right now; null where it has not begun. */
export type ToolWord = () => Promise<number | null>;

export type WatchedArchive = {
	readonly id: string;
	/** Asked after the board: the board may be behind the tool, never ahead of it. */
	readonly tool: ToolWord;
	/** How far its total may lag behind its position: statistics of two servers are not of the same moment. */
	readonly slack: number;
	/** Whether its verification has begun: before that it can't be done. */
	proofBegun(): boolean;
};

export type Watch = {
	readonly untruths: readonly string[];
	looks(): number;
	/** How often a total grew while it was watched: the tools list while they copy. */
	totalsGrew(): number;
	/** By how much a position was seen above its total, at most. */
	excess(id: string): number;
	/** Looks once; returns the board that it saw. */
	look(): Promise<ApiBoard>;
};

export function createWatch(board: () => Promise<ApiBoard>, archives: readonly WatchedArchive[]): Watch {
	const untruths: string[] = [];
	const last = new Map<string, { readonly moved: number; readonly total: number }>();
	const excess = new Map<string, number>();
	let looks = 0;
	let totalsGrew = 0;
	return {
		untruths,
		looks: () => looks,
		totalsGrew: () => totalsGrew,
		excess: (id) => excess.get(id) ?? 0,
		async look() {
			const begun = new Map(archives.map((one) => [one.id, one.proofBegun()]));
			const seen = await board();
			looks += 1;
			for (const { id, tool, slack } of archives) {
				const archive = seen.archives[id];
				const said = await tool();
				if (!archive || archive.moved === null) continue;
				const { moved, total, verified, done } = archive;
				const before = last.get(id);
				if (before && moved < before.moved) untruths.push(`${id}: moved went back from ${before.moved} to ${moved}`);
				if (said !== null && moved > said) untruths.push(`${id}: moved is ${moved} where the tool says ${said}`);
				const over = total === null ? 0 : moved - total;
				excess.set(id, Math.max(excess.get(id) ?? 0, over));
				if (over > slack) untruths.push(`${id}: moved ${moved} of ${total}`);
				if (verified !== null && verified > moved) untruths.push(`${id}: verified ${verified} of ${moved} moved`);
				if (done && begun.get(id) === false) untruths.push(`${id}: done at seq ${seen.seq}, before it was verified`);
				if (done && (verified === null || total === null || verified < total)) untruths.push(`${id}: done with ${verified} of ${total} verified`);
				if (before && total !== null && total > before.total) totalsGrew += 1;
				last.set(id, { moved, total: total ?? 0 });
			}
			const done = Object.values(seen.archives).filter((one) => one.done).length;
			if (seen.rollup.done !== done) untruths.push(`the sum says ${seen.rollup.done} archives are done, the archives say ${done}`);
			return seen;
		},
	};
}
