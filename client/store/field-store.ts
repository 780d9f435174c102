// What a ward's phone holds of its site: what the server told, its records, and the way to the server. Joined to React here.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldSite } from '../../shared/field.ts';
import { type FieldWords, fieldWordsOf } from '../../shared/words/field-words.ts';
import type { Drafts } from './count-draft.ts';
import type { ClockHere, Counted, CountRecord, Door } from './count-queue.ts';
import type { PreferencesStore } from './preferences.ts';

export type FieldState = {
	readonly site: string;
	/** Null where this phone never heard of it. */
	readonly known: FieldSite | null;
	readonly clock: ClockHere | null;
	readonly records: readonly CountRecord[];
	readonly door: Door;
	/** Whether records outlive this page; null before that is known. */
	readonly isKept: boolean | null;
	readonly sending: string | null;
};
export type FieldStore = StoreApi<FieldState>;

export const createFieldStore = (site: string, remembered: Pick<FieldState, 'known' | 'clock'>): FieldStore =>
	createStore<FieldState>()(() => ({ site, ...remembered, records: [], door: 'asking', isKept: null, sending: null }));

export type Field = {
	readonly store: FieldStore;
	readonly preferences: PreferencesStore;
	/** Resolves once the record is in this phone. */
	readonly send: (counted: Counted) => Promise<void>;
	readonly drafts: Drafts;
	/** The phone's own clock. */
	readonly now: () => number;
	/** Whether this page opens again without a network. */
	readonly opensOffline: boolean;
};

export const FieldContext = createContext<Field | null>(null);

export function useField(): Field {
	const field = useContext(FieldContext);
	if (field === null) throw new Error('no field around this component: wrap it in FieldContext');
	return field;
}

export const useFieldState = (): FieldState => useStore(useField().store);

export function useFieldWords(): FieldWords {
	return fieldWordsOf(useStore(useField().preferences).language);
}
