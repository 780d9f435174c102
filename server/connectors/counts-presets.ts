// The shapes in which regions publish how full their emergency rooms are. Only names of columns; knows no figure and no site.

export type CountsPreset = {
	readonly rows?: string;
	readonly siteColumn?: string | readonly string[];
	readonly at?: { readonly column: string } | 'last-modified' | 'fetch';
	readonly columns?: Readonly<Record<string, string | readonly string[]>>;
	readonly sums?: readonly { readonly total: string; readonly least: readonly string[]; readonly most?: readonly string[] }[];
};

export const presetNames = ['lazio', 'liguria'] as const;

const codes = ['1', '2', '3', '4', '5', 'None'] as const;
const byCode = (name: string, column: (nth: number) => string, of: readonly string[] = codes): Record<string, string> =>
	Object.fromEntries(of.map((code, nth) => [`${name}${code}`, column(nth)]));
const namesOf = (name: string): readonly string[] => codes.map((code) => `${name}${code}`);

const lazio = ['ROSSO', 'ARANCIONE', 'AZZURRO', 'VERDE', 'BIANCO', 'NONESEG'] as const;
/** Without those not triaged yet: the region publishes no such class. */
const liguria = ['Ros', 'Ara', 'Azz', 'Ver', 'Bia'] as const;
const coloured = codes.slice(0, liguria.length);
const crowding = (which: 'Att' | 'Tra', nth: number): string => `prontoSoccorsoAffollamento.num${which}${liguria[nth]}`;
const all = (which: 'Att' | 'Tra'): readonly string[] => liguria.map((_, nth) => crowding(which, nth));

export const countsPresets: Readonly<Record<(typeof presetNames)[number], CountsPreset>> = {
	/**
	 * As the region's report tells it, a record a facility. NONESEG, not triaged yet, is part of the totals. Whether TUTTI has those who
	 * await a bed or are observed beside those in treatment, or among them, is written nowhere: both add up.
	 */
	lazio: {
		siteColumn: ['ISTITUTO', 'COMUNE'],
		at: { column: 'DATA' },
		columns: {
			...byCode('waiting', (nth) => `${lazio[nth]}_ATT`),
			...byCode('treatment', (nth) => `${lazio[nth]}_TRATT`),
			waiting: 'TOT_ATT',
			treatment: 'TOT_TRATT',
			boarding: 'TOT_RT',
			observation: 'TOT_OB',
			present: 'TUTTI',
		},
		sums: [
			{ total: 'waiting', least: namesOf('waiting') },
			{ total: 'treatment', least: namesOf('treatment') },
			{ total: 'present', least: ['waiting', 'treatment'], most: ['boarding', 'observation'] },
		],
	},
	/** "PS Live", an answer a facility (…/api/prontosoccorso/07090100). It tells no time: an answer is as old as its fetch. */
	liguria: {
		at: 'fetch',
		columns: {
			...byCode('waiting', (nth) => crowding('Att', nth), coloured),
			...byCode('treatment', (nth) => crowding('Tra', nth), coloured),
			waiting: all('Att'),
			treatment: all('Tra'),
			present: [...all('Att'), ...all('Tra')],
		},
	},
};
