// The sheet of 25 July 2025 in Lazio written out by hand, for the tests. What the sources give, and what is invented, stands in its notes.
import type { Language } from '../../shared/format.ts';
import type { Sheet, SheetLook } from '../../shared/sheet.ts';

const look: SheetLook = { ink: '#003366', accent: '#0066cc', logo: null };

const TB = 1e12;
const DAY_MS = 86_400_000;
const YEAR_START = Date.UTC(2025, 0, 1);
const day = (month: number, date: number): number => Date.UTC(2025, month - 1, date);

/** Invented: how 150 TB came over from January to 25 July, slow, fast, slow. */
const course = [
	3, 5, 8, 12, 17, 23, 31, 40, 50, 61, 73, 85, 96, 106, 115, 123, 129, 134, 138, 141, 143.5, 145.5, 147, 148, 148.8, 149.4, 149.7, 149.9, 150,
];
const END = day(7, 25);
const points = course.map((value, i): readonly [number, number] => [
	Math.round((YEAR_START + ((END - YEAR_START) * i) / (course.length - 1)) / DAY_MS) * DAY_MS,
	value * TB,
]);
const levels = [50, 100, 150].map((value) => ({ value: value * TB, label: `${value} TB` }));
const months: Record<Language, readonly (readonly [month: number, label: string])[]> = {
	it: [
		[1, 'gen'],
		[3, 'mar'],
		[5, 'mag'],
		[7, 'lug'],
	],
	en: [
		[1, 'Jan'],
		[3, 'Mar'],
		[5, 'May'],
		[7, 'Jul'],
	],
};
const ticks = (language: Language) => months[language].map(([month, label]) => ({ at: day(month, 1), label }));

const footer = {
	verify: 'sala.example/p/7F3K-92QD',
	address: 'https://sala.example/p/7F3K-92QD',
	digest: '9c41d2b07fa3586e1c0d94b7ae52f6138840bb97d3652f1e7a09c48db5f3e07b',
};

const italian: Sheet = {
	id: '7F3K-92QD',
	language: 'it',
	rehearsal: false,
	title: 'Sanità digitale: i dati del Lazio sul cloud nazionale',
	subtitle: 'Situazione al 25 luglio 2025, ore 11:00',
	heroes: [
		{ value: '30 di 30', caption: 'archivi centralizzati trasferiti e verificati', note: null },
		{ value: '150\u00a0TB', caption: 'di referti, cartelle cliniche e prenotazioni', note: null },
		{ value: '65\u00a0%', caption: 'del patrimonio informatico di Asl, policlinici e ospedali', note: 'dato del programma, non misurato' },
		{ value: '39', caption: 'Pronto Soccorso collegati al sistema regionale', note: '39 di 39 strutture, dato di 2 min fa' },
	],
	chart: { title: 'Dati trasferiti', points, levels, ticks: ticks('it') },
	lists: [
		{
			title: 'Servizi',
			rows: [
				{ label: 'RECUP, prenotazioni di ieri', value: '70.412', share: null },
				{ label: 'RECUP, operatori', value: '800', share: null },
				{ label: 'Pronto Soccorso, accessi di ieri', value: '3.688', share: null },
				{ label: 'Referti online', value: 'in avvio', share: null },
				{ label: 'Telemedicina e immagini condivise', value: 'in avvio', share: null },
			],
		},
		{
			title: 'Patrimonio trasferito',
			rows: [
				{ label: 'Asl', value: '66\u00a0%', share: 0.66 },
				{ label: 'Policlinici', value: '71\u00a0%', share: 0.71 },
				{ label: 'Ospedali', value: '61\u00a0%', share: 0.61 },
			],
		},
	],
	sentences: [
		'I trenta archivi centralizzati della sanità del Lazio sono sul Polo Strategico Nazionale: ogni archivio è stato confrontato con l’originale prima di essere dichiarato trasferito.',
		'Il programma vale 47,4 milioni di euro di fondi PNRR; altri 130 milioni sono previsti.',
	],
	notes: [
		'Dai comunicati: 30 archivi, 150 TB, 65 %, 39 Pronto Soccorso, 800 operatori, oltre 70.000 prenotazioni al giorno, 47,4 e 130 milioni di euro.',
		'Inventati per questo esempio: l’andamento nel tempo, le quote per tipo di ente, le 70.412 prenotazioni e i 3.688 accessi di ieri.',
	],
	footer: { ...footer, issuer: 'Regione Lazio · Direzione Salute', approved: 'approvato da due responsabili alle 11:04' },
	look,
	watermark: null,
};

const english: Sheet = {
	...italian,
	language: 'en',
	title: 'Digital health: Lazio’s data on the national cloud',
	subtitle: 'As of 25 July 2025, 11:00',
	heroes: [
		{ value: '30 of 30', caption: 'central archives moved and verified', note: null },
		{ value: '150\u00a0TB', caption: 'of reports, clinical records and bookings', note: null },
		{ value: '65%', caption: 'of the IT estate of health authorities, teaching hospitals and hospitals', note: 'programme figure, not measured' },
		{ value: '39', caption: 'emergency departments on the regional system', note: '39 of 39 sites, data 2 min old' },
	],
	chart: { title: 'Data moved', points, levels, ticks: ticks('en') },
	lists: [
		{
			title: 'Services',
			rows: [
				{ label: 'RECUP, bookings yesterday', value: '70,412', share: null },
				{ label: 'RECUP, operators', value: '800', share: null },
				{ label: 'Emergency visits yesterday', value: '3,688', share: null },
				{ label: 'Online reports', value: 'starting', share: null },
				{ label: 'Telemedicine and shared images', value: 'starting', share: null },
			],
		},
		{
			title: 'Estate moved',
			rows: [
				{ label: 'Local health authorities', value: '66%', share: 0.66 },
				{ label: 'Teaching hospitals', value: '71%', share: 0.71 },
				{ label: 'Hospitals', value: '61%', share: 0.61 },
			],
		},
	],
	sentences: [
		'The thirty central archives of Lazio’s health service are on the Polo Strategico Nazionale cloud: each archive was compared with its original before it was declared moved.',
		'The programme is worth 47.4 million euros of PNRR funds; another 130 million are to come.',
	],
	notes: [
		'From the press releases: 30 archives, 150 TB, 65%, 39 emergency departments, 800 operators, over 70,000 bookings a day, 47.4 and 130 million euros.',
		'Invented for this example: the course over time, the shares per kind of body, yesterday’s 70,412 bookings and 3,688 visits.',
	],
	footer: { ...footer, issuer: 'Regione Lazio · Health Directorate', approved: 'approved by two officers at 11:04' },
};

export const lazioLiteral: Record<Language, Sheet> = { it: italian, en: english };
