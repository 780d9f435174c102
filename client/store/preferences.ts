// A screen's language and appearance, remembered where the browser allows it. Knows no board.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Language } from '../../shared/format.ts';

export type Theme = 'dark' | 'light';
export type Preferences = { readonly language: Language; readonly theme: Theme };
export type PreferencesStore = StoreApi<Preferences>;

export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const isLanguage = (text: string | null): text is Language => text === 'it' || text === 'en';
const isTheme = (text: string | null): text is Theme => text === 'dark' || text === 'light';

/** `query`: the address's own wish goes before what is remembered, and is not remembered itself. */
export function createPreferences(memory: Memory | null, query: URLSearchParams): PreferencesStore {
	const wished = { language: query.get('lang'), theme: query.get('theme') };
	const kept = { language: recall(memory, 'regia.language'), theme: recall(memory, 'regia.theme') };
	const language = [wished.language, kept.language].find(isLanguage) ?? 'it';
	const theme = [wished.theme, kept.theme].find(isTheme) ?? 'dark';
	const store = createStore<Preferences>()(() => ({ language, theme }));
	store.subscribe((now, before) => {
		if (now.language !== before.language) remember(memory, 'regia.language', now.language);
		if (now.theme !== before.theme) remember(memory, 'regia.theme', now.theme);
	});
	return store;
}

/** A browser may refuse its storage altogether: then nothing is remembered, and nothing else is lost. */
function recall(memory: Memory | null, key: string): string | null {
	try {
		return memory?.getItem(key) ?? null;
	} catch {
		return null;
	}
}

function remember(memory: Memory | null, key: string, value: string): void {
	try {
		memory?.setItem(key, value);
	} catch {}
}
