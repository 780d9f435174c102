// What this screen's user may do, as the server says (GET /api/me): for showing or leaving out. The server asks again at every act.
import { useEffect, useState } from 'react';
import { useScreen, useSlice } from '../store/hooks.ts';

export function useMay(): (action: string) => boolean {
	const { ask } = useScreen();
	const link = useSlice((state) => state.link);
	const [may, setMay] = useState<readonly string[]>([]);
	useEffect(() => {
		if (link !== 'live') return;
		let isGone = false;
		ask('GET', '/api/me').then(({ status, json }) => {
			const told = status === 200 && typeof json === 'object' && json !== null && 'may' in json ? json.may : [];
			if (!isGone && Array.isArray(told)) setMay(told.filter((one) => typeof one === 'string'));
		});
		return () => {
			isGone = true;
		};
	}, [ask, link]);
	return (action) => may.includes(action);
}
