// Figures and sheets for the press as literals: the programme of Lazio on 25 July 2025 at 11:00. What the press releases do not say is invented.
import type { Board } from '../../shared/board.ts';
import type { PressCourse, PressFacts, PressFigure, SheetContent } from '../../shared/press.ts';
import { boardLiteral } from './board-literal.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TB = 1e12;
export const pressNow = Date.parse('2025-07-25T11:06:00+02:00');
export const pressAt = Date.parse('2025-07-25T11:00:00+02:00');

type Short = Partial<PressFigure> & Pick<PressFigure, 'key'>;
const same = (text: string) => ({ it: text, en: text });

export const pressFigure = (one: Short): PressFigure => ({
	label: same(one.key),
	text: same('1'),
	value: 1,
	share: null,
	method: { it: 'Come riferito dalle fonti.', en: 'As the sources report it.' },
	at: pressAt - MINUTE,
	completeness: null,
	standing: 'good',
	isSuppressed: false,
	note: null,
	...one,
});

const method = (it: string, en: string) => ({ method: { it, en } });
const state = (id: string, label: string, it: string, en: string): PressFigure =>
	pressFigure({
		key: `service.state/${id}`,
		label: same(label),
		text: { it, en },
		...method('Stato come lo vedono le sonde di Regia.', 'State as Regia’s probes see it.'),
	});
const estate = (id: string, label: string, share: number): PressFigure =>
	pressFigure({
		key: `bodies.moved/${id}`,
		label: same(label),
		text: { it: `${Math.round(share * 100)}\u00a0%`, en: `${Math.round(share * 100)}%` },
		value: share,
		share,
		...method(
			'Quota di patrimonio informatico trasferito come riferita dall’azienda.',
			'Share of its IT estate moved as the health authority reports it.',
		),
	});

export const lazioFigures: readonly PressFigure[] = [
	pressFigure({
		key: 'archives.done',
		label: { it: 'Archivi trasferiti e verificati', en: 'Archives moved and verified' },
		text: { it: '30 su 30', en: '30 of 30' },
		value: 30,
		share: 1,
		completeness: { counted: 30, of: 30 },
		...method(
			'Un archivio è contato quando la copia è completa e il confronto con l’originale è riuscito.',
			'An archive counts once its copy is complete and has been checked against the original.',
		),
	}),
	pressFigure({
		key: 'archives.moved',
		label: { it: 'Dati trasferiti', en: 'Data moved' },
		text: same('150\u00a0TB'),
		value: 150 * TB,
		share: 1,
		...method(
			'Somma dei byte copiati come riferiti dagli strumenti di copia; 1 TB = mille miliardi di byte.',
			'Sum of the bytes copied as the copying tools report them; 1 TB = a million million bytes.',
		),
	}),
	pressFigure({
		key: 'bodies.moved',
		label: { it: 'Patrimonio informatico trasferito', en: 'IT estate moved' },
		text: { it: '65\u00a0%', en: '65%' },
		value: 0.65,
		share: 0.65,
		at: pressAt - 2 * DAY,
		completeness: { counted: 14, of: 16 },
		standing: 'watch',
		note: { it: 'dato di 2 giorni fa; 14 di 16 aziende', en: 'figure from 2 days ago; 14 of 16 health authorities' },
		...method(
			'Media semplice delle quote di patrimonio informatico trasferito riferite dalle aziende.',
			'Plain mean of the shares of their IT estate that the health authorities report as moved.',
		),
	}),
	pressFigure({
		key: 'sites.count',
		label: { it: 'Pronto Soccorso sul sistema regionale', en: 'Emergency rooms on the regional system' },
		text: same('39'),
		value: 39,
		completeness: { counted: 37, of: 39 },
		standing: 'watch',
		note: { it: '37 di 39 strutture danno dati', en: '37 of 39 sites report' },
		...method('Strutture elencate nel piano.', 'Sites that the plan lists.'),
	}),
	state('recup', 'RECUP, prenotazioni', 'attivo', 'running'),
	state('referti', 'Referti online', 'attivo', 'running'),
	state('telemedicina', 'Telemedicina', 'in avvio', 'starting'),
	pressFigure({
		key: 'service.bookings/recup',
		label: { it: 'RECUP, prenotazioni di ieri', en: 'RECUP, bookings yesterday' },
		text: { it: '70.412', en: '70,412' },
		value: 70_412,
	}),
	estate('asl-roma-1', 'Asl Roma 1', 0.66),
	estate('asl-viterbo', 'Asl Viterbo', 0.71),
	estate('umberto-i', 'Umberto I', 0.61),
	pressFigure({
		key: 'site.present/piccolo',
		label: { it: 'Pronto Soccorso piccolo, presenti', en: 'Small emergency room, present' },
		text: { it: 'meno di 5', en: 'fewer than 5' },
		value: null,
		isSuppressed: true,
	}),
	pressFigure({
		key: 'services.availability',
		label: { it: 'Disponibilità dei servizi', en: 'Availability of services' },
		text: same('—'),
		value: null,
		at: null,
		standing: 'blind',
		note: { it: 'non noto', en: 'not known' },
	}),
];

const points = Array.from({ length: 40 }, (_one, i): readonly [number, number] => [
	pressAt - (39 - i) * 5 * DAY,
	(150 * TB) / (1 + Math.exp((19 - i) / 4)),
]);
export const lazioCourses: readonly PressCourse[] = [{ key: 'archives.moved', label: { it: 'Dati trasferiti', en: 'Data moved' }, points }];

export const lazioFacts: PressFacts['frozen']['facts'] = [
	{
		label: { it: 'Fondi PNRR', en: 'PNRR funds' },
		value: { it: '47,4 milioni di euro', en: '47.4 million euros' },
		source: 'Regione Lazio, 25 luglio 2025',
	},
	{
		label: { it: 'Altri fondi previsti', en: 'Further funds' },
		value: { it: '130 milioni di euro', en: '130 million euros' },
		source: 'Regione Lazio, 25 luglio 2025',
	},
];

export const figuresAnswer = (at = pressAt, seq = 88_590) => ({
	epoch: 'literal',
	seq,
	hash: '000000000000',
	at,
	rehearsal: true,
	figures: lazioFigures,
	courses: lazioCourses,
	facts: lazioFacts,
});

export const sheetContent: SheetContent = {
	template: 'milestone',
	title: { it: 'Sanità digitale: i dati del Lazio sul cloud nazionale', en: 'Digital health: Lazio’s data on the national cloud' },
	heroes: [
		{ key: 'archives.done', caption: { it: 'archivi centralizzati trasferiti e verificati', en: 'central archives moved and verified' } },
		{ key: 'archives.moved', caption: null },
		{ key: 'bodies.moved', caption: null },
		{ key: 'sites.count', caption: null },
	],
	chart: 'archives.moved',
	lists: [{ title: { it: 'Servizi', en: 'Services' }, keys: ['service.state/recup', 'service.bookings/recup'] }],
	sentences: [{ it: 'I trenta archivi centralizzati sono sul cloud nazionale.', en: 'The thirty central archives are on the national cloud.' }],
	facts: true,
	incident: null,
};

/** `id` as `7f3k-92qd`. */
export function sheetFacts(id: string, rest: Partial<PressFacts> = {}): PressFacts {
	const keys = [...sheetContent.heroes.map(({ key }) => key), ...sheetContent.lists.flatMap((one) => one.keys)];
	return {
		frozen: {
			id,
			content: sheetContent,
			at: pressAt,
			seq: 88_590,
			hash: '000000000000',
			zone: 'Europe/Rome',
			rehearsal: true,
			plan: { id: 'lazio', name: 'Lazio', digest: 'd'.repeat(64) },
			figures: lazioFigures.filter(({ key }) => keys.includes(key)),
			course: lazioCourses[0] ?? null,
			facts: lazioFacts,
		},
		digest: '9c41d2b07fa3586e1c0d94b7ae52f6138840bb97d3652f1e7a09c48db5f3e07b',
		state: 'draft',
		author: 'person/ufficio-stampa',
		draftedAt: pressAt + MINUTE,
		number: null,
		year: null,
		releasedBy: null,
		releasedAt: null,
		embargoUntil: null,
		supersededBy: null,
		withdrawn: null,
		statement: null,
		...rest,
	};
}

export const releasedFacts = (id: string, number: number, rest: Partial<PressFacts> = {}): PressFacts =>
	sheetFacts(id, {
		state: 'released',
		number,
		year: 2025,
		releasedBy: 'person/direzione',
		releasedAt: pressAt + 4 * MINUTE,
		statement: `foglio-${id}`,
		...rest,
	});

/** A draft, two that are released (the data contradict one), one superseded and one withdrawn. */
export function pressBoard(rest: Partial<Board> = {}): Board {
	const rows = {
		'7f3k-92qd': sheetFacts('7f3k-92qd'),
		'4h8m-11xz': releasedFacts('4h8m-11xz', 12),
		'9p2c-55ab': releasedFacts('9p2c-55ab', 11, { releasedAt: pressAt - DAY, embargoUntil: pressNow + 20 * MINUTE }),
		'2b6n-70vw': releasedFacts('2b6n-70vw', 10, { state: 'superseded', supersededBy: '9p2c-55ab', releasedAt: pressAt - 2 * DAY }),
		'3c3c-33cc': releasedFacts('3c3c-33cc', 9, {
			state: 'withdrawn',
			releasedAt: pressAt - 3 * DAY,
			withdrawn: { at: pressAt - 2 * DAY, by: 'person/comando', reason: 'Una fonte contava due volte' },
		}),
	};
	const statement = {
		at: pressAt + 4 * MINUTE,
		by: 'person/direzione',
		text: sheetContent.title.it,
		audience: 'public' as const,
		incident: null,
		claims: [],
		linked: [],
		contradicted: { at: pressAt + 5 * MINUTE, claim: 0, why: 'figure' as const },
		kept: {},
		keptAt: null,
	};
	return boardLiteral({
		press: { count: 5, rows },
		statements: { count: 1, rows: { 'foglio-4h8m-11xz': statement } },
		...rest,
	} as Partial<Board>);
}
