// What this screen's user may do, as the server told it: for showing or leaving out. The server asks again at every act.
import { useSlice } from '../store/hooks.ts';

export function useMay(): (action: string) => boolean {
	const may = useSlice(({ me }) => me?.may ?? []);
	return (action) => may.includes(action);
}
