// Who only writes or releases sheets may see the press's board at the desk, and no other: the desk comes back with that one.
import { useEffect } from 'react';
import { useScreen, useSlice } from '../store/hooks.ts';

/** Whether the desk's own board was refused to somebody of the press. */
export function usePressSeat(): boolean {
	const { again } = useScreen();
	const isOfPress = useSlice(({ link, me }) => {
		const duties = me?.duties ?? [];
		return link === 'refused' && duties.length > 0 && duties.every(({ role }) => role.startsWith('press-'));
	});
	useEffect(() => {
		if (isOfPress) again('press');
	}, [isOfPress, again]);
	return isOfPress;
}
