// Asks the server for the sheets, and for the figures of a moment: again when the board says that something changed among the sheets.
import { useCallback, useEffect, useRef, useState } from 'react';
import { standingSheet } from '../../shared/standing-sheet.ts';
import type { ScreenState } from '../store/board-store.ts';
import { useScreen, useSlice } from '../store/hooks.ts';
import { detailOf, type PressBoard, readFigures, readSheets, type SheetBrief } from './press-read.ts';

/** `more`: asks for sheets that have left the board; null where there are none, or while they are on their way. */
export type ToldSheets = {
	readonly sheets: readonly SheetBrief[] | null;
	readonly isAsked: boolean;
	readonly isLost: boolean;
	readonly more: (() => void) | null;
};
type Told = Omit<ToldSheets, 'more'> & { readonly older: number | null };

/** Drafts are no part of what this screen follows: their number is. What left the board is known by the ledger of what was said. */
function versionOf({ followed }: ScreenState): string {
	const { press, statements } = followed?.board ?? {};
	const out = Object.entries(press?.rows ?? {}).map(([id, { state }]) => `${id} ${state}`);
	const said = Object.values(statements?.rows ?? {}).flatMap((one) => {
		const id = standingSheet(one);
		return id === null ? [] : [`${id} ${one.contradicted === null}`];
	});
	return [press?.count ?? 0, ...out, ...said].join();
}

const olderOf = (json: unknown): number | null => {
	const { older = null } = (json ?? {}) as { readonly older?: unknown };
	return typeof older === 'number' ? older : null;
};

/** `id`: of a sheet that is wanted wherever it is kept. */
export function useToldSheets(id: string | null = null): ToldSheets {
	const { ask, board } = useScreen();
	const [told, setTold] = useState<Told>({ sheets: null, isAsked: false, isLost: false, older: null });
	const version = useSlice(versionOf);
	const turn = useRef(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a sheet on the board changed
	useEffect(() => {
		turn.current += 1;
		const mine = turn.current;
		void (async () => {
			const { status, json } = await ask('GET', '/api/press');
			const listed = status === 200 ? readSheets(json) : null;
			const here = board.getState().followed?.board.press.rows ?? {};
			const isThere = listed === null || id === null || Object.hasOwn(here, id) || listed.some((one) => one.id === id);
			const own = isThere ? null : await ask('GET', `/api/press/${encodeURIComponent(id)}`);
			if (mine !== turn.current) return;
			const sheets = listed && [...listed, ...(own?.status === 200 ? (readSheets({ sheets: [own.json] }) ?? []) : [])];
			setTold((before) => ({ sheets: sheets ?? before.sheets, isAsked: true, isLost: sheets === null, older: olderOf(json) }));
		})();
		return () => {
			turn.current += 1;
		};
	}, [ask, board, version, id]);
	const { older, ...rest } = told;
	const more = async (): Promise<void> => {
		const mine = turn.current;
		setTold((before) => ({ ...before, older: null }));
		const { status, json } = await ask('GET', `/api/press?before=${older}`);
		if (mine !== turn.current) return;
		const past = status === 200 ? readSheets(json) : null;
		setTold((before) => {
			const known = new Set((before.sheets ?? []).map((one) => one.id));
			const sheets = [...(before.sheets ?? []), ...(past ?? []).filter((one) => !known.has(one.id))];
			return { sheets, isAsked: true, isLost: past === null, older: past === null ? older : olderOf(json) };
		});
	};
	return { ...rest, more: older === null ? null : () => void more() };
}

/** `trouble`: why there are none; an empty text where the server does not answer. */
export type ToldFigures = { readonly board: PressBoard | null; readonly isBusy: boolean; readonly trouble: string | null };

/** An instant (ms UTC), a place of the record, or null for now. */
export type FigureMoment = { readonly at: number } | { readonly seq: number } | null;

export const figuresPath = (moment: FigureMoment): string => {
	if (moment === null) return '/api/press/figures';
	return `/api/press/figures?${'seq' in moment ? `seq=${moment.seq}` : `at=${encodeURIComponent(new Date(moment.at).toISOString())}`}`;
};

export function useFigures(): ToldFigures & { readonly read: (moment: FigureMoment) => Promise<void> } {
	const { ask } = useScreen();
	const [told, setTold] = useState<ToldFigures>({ board: null, isBusy: false, trouble: null });
	const turn = useRef(0);
	const read = useCallback(
		async (moment: FigureMoment): Promise<void> => {
			turn.current += 1;
			const mine = turn.current;
			setTold((before) => ({ ...before, isBusy: true, trouble: null }));
			const { status, json } = await ask('GET', figuresPath(moment));
			// Another moment was asked for meanwhile.
			if (mine !== turn.current) return;
			const board = status === 200 ? readFigures(json) : null;
			setTold((before) => ({
				board: board ?? before.board,
				isBusy: false,
				trouble: board !== null ? null : status === 0 ? '' : detailOf(json) || String(status),
			}));
		},
		[ask],
	);
	return { ...told, read };
}
