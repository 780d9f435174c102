// The board of a past moment, asked of the server once a moment and judged for it as the server itself does.
import { useEffect, useState } from 'react';
import type { Board } from '../../shared/board.ts';
import { type BoardNow, judge } from '../../shared/judge.ts';
import { type Answered, type Ask, useScreen } from '../store/hooks.ts';

export type Before =
	| { readonly state: 'none' | 'loading' }
	| { readonly state: 'known'; readonly board: BoardNow }
	| { readonly state: 'refused'; readonly code: 'before-the-record' | 'future' | 'failed' };

/** A past moment never changes: box and page ask for it once between them. */
const asked = new Map<number, Promise<Answered>>();
const KEPT = 4;

function askOnce(ask: Ask, at: number): Promise<Answered> {
	const known = asked.get(at);
	if (known) return known;
	const answer = ask('GET', `/api/board?at=${encodeURIComponent(new Date(at).toISOString())}`).then((one) => {
		if (one.status !== 200) asked.delete(at);
		return one;
	});
	asked.set(at, answer);
	const [oldest] = asked.keys();
	if (asked.size > KEPT && oldest !== undefined) asked.delete(oldest);
	return answer;
}

export function useBefore(at: number | null): Before {
	const { ask } = useScreen();
	const [before, setBefore] = useState<Before>({ state: 'none' });
	useEffect(() => {
		if (at === null) return setBefore({ state: 'none' });
		let isWanted = true;
		setBefore({ state: 'loading' });
		void askOnce(ask, at).then((answer) => {
			if (isWanted) setBefore(read(answer, at));
		});
		return () => {
			isWanted = false;
		};
	}, [ask, at]);
	return before;
}

function read({ status, json }: Answered, at: number): Before {
	const { facts, code } = (typeof json === 'object' && json !== null ? json : {}) as { facts?: Board; code?: string };
	if (status === 200 && facts !== undefined) return { state: 'known', board: judge(facts, at) };
	return { state: 'refused', code: code === 'before-the-record' || code === 'future' ? code : 'failed' };
}
