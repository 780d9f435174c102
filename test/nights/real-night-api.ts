// Asks a running Regia by its HTTP interface, as a person and as a wall would. Knows no other part of it.
import type { Board } from '../../shared/board.ts';
import type { Entry } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';

export type ApiBoard = Pick<BoardNow, 'archives' | 'rollup' | 'services' | 'sources'> & {
	readonly seq: number;
	readonly now: string;
	readonly facts: Board;
};

export type SeriesPoint = { readonly at: string; readonly min: number | null; readonly max: number | null; readonly last: number | null };

export type NightApi = {
	board(): Promise<ApiBoard>;
	series(subject: string, measure: MeasureName, from: number): Promise<readonly SeriesPoint[]>;
	journal(): Promise<readonly Entry[]>;
	mark(mark: Mark): Promise<void>;
	exact(source: string): Promise<void>;
};

export function nightApi(url: string, token: string): NightApi {
	const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
		const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
		const answer = await fetch(`${url}${path}`, { ...init, headers, signal: AbortSignal.timeout(30_000) });
		if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path} answered ${answer.status}: ${await answer.text()}`);
		return answer;
	};
	const post = async (path: string, body?: unknown): Promise<void> => {
		const answer = await ask(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
		await answer.arrayBuffer();
	};
	return {
		board: async () => (await (await ask('/api/board')).json()) as ApiBoard,
		async series(subject, measure, from) {
			const query = new URLSearchParams({ subject, measure, from: new Date(from).toISOString(), points: '240' });
			return ((await (await ask(`/api/series?${query}`)).json()) as { readonly points: readonly SeriesPoint[] }).points;
		},
		async journal() {
			const lines = (await (await ask('/api/journal?from=0')).text()).trimEnd().split('\n');
			return lines.map((line) => JSON.parse(line) as Entry);
		},
		mark: (mark) => post('/api/marks', mark),
		exact: (source) => post(`/api/sources/${source}/exact`),
	};
}
