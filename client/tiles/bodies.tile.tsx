// How much of each body's estate is moved, as it reports it, under the mean of those that report. Draws nothing where the plan names no body.
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { ProgrammeList } from './programme-list.tsx';
import { bodyRows } from './programme-model.ts';

export function BodiesTile() {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const rows = useSlice((state) => bodyRows(state, words, own, language));
	return rows.length === 0 ? null : <ProgrammeList name="bodies" title={own.programme.title} rows={rows} />;
}
