// What a sheet says around its figures, in Italian and English. Knows no figure.
import type { Language } from '../../shared/format.ts';
import type { SheetState } from '../../shared/press.ts';

type ChartEnd = { readonly value: string; readonly moment: string };

type SheetFrameWords = {
	readonly situation: (date: string, clock: string) => string;
	readonly draft: string;
	readonly approved: (clock: string, date: string | null) => string;
	readonly number: (number: number, year: number) => string;
	readonly embargo: (moment: string) => string;
	readonly watermark: Record<Exclude<SheetState, 'released'>, string>;
	readonly facts: string;
	readonly sources: (sources: string) => string;
	/** A chart for whoever does not see it: its first and its last value, each with its moment. */
	readonly chart: (title: string, first: ChartEnd, last: ChartEnd) => string;
};

export const sheetFrameWords: Record<Language, SheetFrameWords> = {
	it: {
		situation: (date, clock) => `Situazione al ${date}, ore ${clock}`,
		draft: 'bozza, non approvata',
		approved: (clock, date) => `approvato da due responsabili ${date === null ? 'alle' : `il ${date} alle`} ${clock}`,
		number: (number, year) => `n. ${number}/${year}`,
		embargo: (moment) => `non pubblicare prima del ${moment}`,
		watermark: { draft: 'BOZZA', superseded: 'SOSTITUITO', withdrawn: 'RITIRATO' },
		facts: 'Il programma',
		sources: (sources) => `Dati di programma, non misurati. Fonti: ${sources}.`,
		chart: (title, first, last) => `Grafico, ${title}: da ${first.value} (${first.moment}) a ${last.value} (${last.moment}).`,
	},
	en: {
		situation: (date, clock) => `As of ${date}, ${clock}`,
		draft: 'draft, not approved',
		approved: (clock, date) => `approved by two officers ${date === null ? 'at' : `on ${date} at`} ${clock}`,
		number: (number, year) => `no. ${number}/${year}`,
		embargo: (moment) => `not to be published before ${moment}`,
		watermark: { draft: 'DRAFT', superseded: 'SUPERSEDED', withdrawn: 'WITHDRAWN' },
		facts: 'The programme',
		sources: (sources) => `Programme figures, not measured. Sources: ${sources}.`,
		chart: (title, first, last) => `Chart, ${title}: from ${first.value} (${first.moment}) to ${last.value} (${last.moment}).`,
	},
};
