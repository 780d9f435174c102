// What the preview of a sheet says around its figures, in the sheet's own language whatever the screen's is.
import type { Language } from '../format.ts';

type PreviewWords = Readonly<Record<'situation' | 'programme' | 'footer' | 'draft' | 'rehearsal' | 'notes', string>>;

export const pressPreviewWords: Readonly<Record<Language, PreviewWords>> = {
	it: {
		situation: 'Situazione al {date}, ore {clock}',
		programme: 'Il programma',
		footer: 'bozza, non approvata',
		draft: 'BOZZA',
		rehearsal: 'PROVA',
		notes: 'Note e fonti',
	},
	en: {
		situation: 'As of {date}, {clock}',
		programme: 'The programme',
		footer: 'draft, not approved',
		draft: 'DRAFT',
		rehearsal: 'REHEARSAL',
		notes: 'Notes and sources',
	},
};
