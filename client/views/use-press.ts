// Asks the server for the sheets, and for the figures of a moment: again when the board says that something changed among the sheets.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useScreen, useSlice } from '../store/hooks.ts';
import { detailOf, type PressBoard, readFigures, readSheets, type SheetBrief } from './press-read.ts';

export type ToldSheets = { readonly sheets: readonly SheetBrief[] | null; readonly isAsked: boolean; readonly isLost: boolean };

export function useToldSheets(): ToldSheets {
	const { ask } = useScreen();
	const [told, setTold] = useState<ToldSheets>({ sheets: null, isAsked: false, isLost: false });
	// Drafts are no part of what this screen follows: their number is.
	const version = useSlice(({ followed }) => {
		const press = followed?.board.press;
		const out = Object.entries(press?.rows ?? {}).map(([id, { state }]) => `${id} ${state}`);
		return [press?.count ?? 0, ...out].join();
	});
	// biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a sheet on the board changed
	useEffect(() => {
		let isHere = true;
		void ask('GET', '/api/press').then(({ status, json }) => {
			if (!isHere) return;
			const sheets = status === 200 ? readSheets(json) : null;
			setTold((before) => ({ sheets: sheets ?? before.sheets, isAsked: true, isLost: sheets === null }));
		});
		return () => {
			isHere = false;
		};
	}, [ask, version]);
	return told;
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
