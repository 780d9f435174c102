// Who only writes or releases sheets may see the press's board at the desk, and no other: the desk comes back with that one.
import { useEffect } from 'react';
import type { ScreenState } from '../store/board-store.ts';
import { useJudged, useScreen, useSlice } from '../store/hooks.ts';

const isOfPress = ({ me }: Pick<ScreenState, 'me'>): boolean => {
	const duties = me?.duties ?? [];
	return duties.length > 0 && duties.every(({ role }) => role.startsWith('press-'));
};

/** Their board has no alarms, incidents or tasks: a page or a strip of those would say that there are none. */
export const useIsOfPress = (): boolean => useSlice(isOfPress) === true;

/** Where their board has any, they speak on them. */
export const useHasIncidents = (): boolean => useJudged(({ breakdown }) => Object.keys(breakdown?.incidents ?? {}).length > 0) === true;

/** Whether the desk's own board was refused to somebody of the press. */
export function usePressSeat(): boolean {
	const { again } = useScreen();
	const isRefused = useSlice((state) => state.link === 'refused' && isOfPress(state)) === true;
	useEffect(() => {
		if (isRefused) again('press');
	}, [isRefused, again]);
	return isRefused;
}
