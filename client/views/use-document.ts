// Tells the document which language, appearance and kind of view it shows. The only place that touches the root element.
import { useLayoutEffect } from 'react';
import { usePreferences } from '../store/hooks.ts';

export function useDocument(view: 'wall' | 'desk', title: string): void {
	const { language, theme } = usePreferences();
	useLayoutEffect(() => {
		const root = document.documentElement;
		root.lang = language;
		root.dataset.theme = theme;
		root.dataset.view = view;
		if (view === 'desk') delete root.dataset.room;
		document.title = title;
	}, [language, theme, view, title]);
}
