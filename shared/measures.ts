// THE table of what can be measured, a line a measure. Adding a measure is adding its line; nothing else lists them.
import type { SubjectKind } from './subject.ts';

export type Unit = 'B' | 'count' | 'ms' | 's' | 'bool' | 'day' | 'B/s' | 'share' | 'celsius';

/**
 * role: `position` is how far the work has got (its growth lights the "advances" lamp), `counter` any other growing figure,
 * `gauge` a figure of the moment, which is not carried over once it is stale.
 * press: whether a public sheet may carry it; smallest: counts below it are suppressed there; roundTo: to which step it is rounded there.
 */
export type Measure = {
	readonly it: string;
	readonly en: string;
	readonly kind: SubjectKind;
	readonly unit: Unit;
	readonly role: 'position' | 'counter' | 'gauge';
	readonly better: 'up' | 'down' | 'none';
	readonly min: number;
	readonly max: number;
	readonly staleAfterMs: number;
	readonly press: 'public' | 'internal';
	readonly smallest: number;
	readonly roundTo?: number;
};

const EXABYTE = 1e18;
const many = { min: 0, max: Number.MAX_SAFE_INTEGER, smallest: 0 } as const;
const bytes = { unit: 'B', min: 0, max: EXABYTE, smallest: 0, staleAfterMs: 60_000 } as const;
const items = { unit: 'count', ...many, staleAfterMs: 60_000 } as const;
/** A check is evidence of a moment and costs a while to repeat: it holds longer than a position. */
const proof = { staleAfterMs: 900_000 } as const;
const yesNo = { unit: 'bool', role: 'gauge', better: 'up', min: 0, max: 1, staleAfterMs: 45_000, press: 'public', smallest: 0 } as const;
const heads = { unit: 'count', role: 'gauge', better: 'none', min: 0, max: 10_000, smallest: 5, staleAfterMs: 1_800_000, press: 'internal' } as const;
const latency = { unit: 'ms', role: 'gauge', better: 'down', ...many, max: 1e11, staleAfterMs: 45_000, press: 'internal' } as const;

const alerts = { unit: 'count', role: 'gauge', better: 'down', ...many, max: 100_000, staleAfterMs: 900_000, press: 'internal' } as const;
const room = { kind: 'facility', role: 'gauge', press: 'internal', smallest: 0, staleAfterMs: 180_000 } as const;
const flow = { kind: 'flow', press: 'internal', smallest: 0, min: 0, max: Number.MAX_SAFE_INTEGER, staleAfterMs: 900_000 } as const;

/** A figure, and the same of each triage code and of those who have none. */
function byCode<K extends string>(name: K, it: string, en: string) {
	const row = (ofIt: string, ofEn: string) => ({ it: it + ofIt, en: en + ofEn, kind: 'site' as const, ...heads });
	const coded = [1, 2, 3, 4, 5].map((code) => [name + code, row(`, codice ${code}`, `, code ${code}`)]);
	const all = [[name, row('', '')], ...coded, [`${name}None`, row(' senza codice', ' without a code')]];
	return Object.fromEntries(all) as Record<K | `${K}${1 | 2 | 3 | 4 | 5 | 'None'}`, ReturnType<typeof row>>;
}

export const measures = {
	'archive.bytesTotal': { it: 'Da trasferire', en: 'To move', kind: 'archive', role: 'gauge', better: 'none', press: 'public', ...bytes },
	'archive.bytesMoved': { it: 'Trasferiti', en: 'Moved', kind: 'archive', role: 'position', better: 'up', press: 'public', ...bytes },
	'archive.bytesVerified': { it: 'Verificati', en: 'Verified', kind: 'archive', role: 'position', better: 'up', press: 'public', ...bytes, ...proof },
	'archive.deltaMoved': {
		it: 'Variazioni trasferite',
		en: 'Changes moved',
		kind: 'archive',
		role: 'position',
		better: 'up',
		press: 'internal',
		...bytes,
	},
	'archive.deltaPending': {
		it: 'Variazioni da trasferire',
		en: 'Changes to move',
		kind: 'archive',
		role: 'gauge',
		better: 'down',
		press: 'internal',
		...bytes,
	},
	'archive.itemsTotal': {
		it: 'Elementi da trasferire',
		en: 'Items to move',
		kind: 'archive',
		role: 'gauge',
		better: 'none',
		press: 'public',
		...items,
	},
	'archive.itemsMoved': { it: 'Elementi trasferiti', en: 'Items moved', kind: 'archive', role: 'position', better: 'up', press: 'public', ...items },
	'archive.itemsVerified': {
		it: 'Elementi verificati',
		en: 'Items verified',
		kind: 'archive',
		role: 'position',
		better: 'up',
		press: 'public',
		...items,
		...proof,
	},
	'archive.errors': { it: 'Errori', en: 'Errors', kind: 'archive', role: 'counter', better: 'down', press: 'internal', ...items },
	'archive.checks': { it: 'Confronti', en: 'Checks', kind: 'archive', role: 'counter', better: 'up', press: 'internal', ...items },
	'archive.transferring': { it: 'In corso', en: 'In flight', kind: 'archive', role: 'gauge', better: 'none', press: 'internal', ...items },
	'archive.largestPending': {
		it: 'Più grande in corso',
		en: 'Largest in flight',
		kind: 'archive',
		role: 'gauge',
		better: 'none',
		press: 'internal',
		...bytes,
	},
	'archive.lag': {
		it: 'Ritardo di replica',
		en: 'Replication lag',
		kind: 'archive',
		unit: 's',
		role: 'gauge',
		better: 'down',
		...many,
		max: 1e9,
		staleAfterMs: 60_000,
		press: 'internal',
	},
	'archive.lagBytes': {
		it: 'Replica da applicare',
		en: 'Replication backlog',
		kind: 'archive',
		role: 'gauge',
		better: 'down',
		press: 'internal',
		...bytes,
	},
	/** How far the old side is behind the new one, where what is written there is replicated back. */
	'archive.reverseLag': {
		it: 'Ritardo della replica inversa',
		en: 'Reverse replication lag',
		kind: 'archive',
		unit: 's',
		role: 'gauge',
		better: 'down',
		...many,
		max: 1e9,
		staleAfterMs: 60_000,
		press: 'internal',
	},
	'service.up': { it: 'Risponde', en: 'Answers', kind: 'service', ...yesNo },
	'service.upOld': { it: 'Risponde la vecchia sede', en: 'Old side answers', kind: 'service', ...yesNo },
	'service.upNew': { it: 'Risponde la nuova sede', en: 'New side answers', kind: 'service', ...yesNo },
	/** By a write that the plan describes, made and taken back. */
	'service.writeOld': { it: 'La vecchia sede accetta scritture', en: 'Old side accepts writes', kind: 'service', ...yesNo, press: 'internal' },
	'service.writeNew': { it: 'La nuova sede accetta scritture', en: 'New side accepts writes', kind: 'service', ...yesNo, press: 'internal' },
	'service.alerts': { it: 'Avvisi di altri sistemi', en: 'Alerts of other systems', kind: 'service', ...alerts },
	'service.latency': { it: 'Tempo di risposta', en: 'Latency', kind: 'service', ...latency },
	'service.latencyOld': { it: 'Tempo di risposta, vecchia sede', en: 'Latency, old side', kind: 'service', ...latency },
	'service.latencyNew': { it: 'Tempo di risposta, nuova sede', en: 'Latency, new side', kind: 'service', ...latency },
	'service.certDays': {
		it: 'Giorni di validità del certificato',
		en: 'Certificate days left',
		kind: 'service',
		unit: 'day',
		role: 'gauge',
		better: 'up',
		min: -36_500,
		max: 36_500,
		staleAfterMs: 3_600_000,
		press: 'internal',
		smallest: 0,
	},
	/** What people and systems have written on the new side since it was opened: the price of going back. */
	'service.recordsNew': {
		it: 'Registrazioni sulla nuova sede',
		en: 'Records on the new side',
		kind: 'service',
		role: 'counter',
		better: 'none',
		press: 'internal',
		...items,
		staleAfterMs: 120_000,
		smallest: 5,
	},
	'service.bytesNew': {
		it: 'Scritti sulla nuova sede',
		en: 'Written on the new side',
		kind: 'service',
		role: 'counter',
		better: 'none',
		press: 'internal',
		...bytes,
		staleAfterMs: 120_000,
	},
	'service.bookings': {
		it: 'Prenotazioni da mezzanotte',
		en: 'Bookings since midnight',
		kind: 'service',
		role: 'gauge',
		better: 'none',
		press: 'public',
		...items,
		staleAfterMs: 600_000,
	},
	/** Counts of people: below five they are not for the press. */
	...byCode('site.present', 'Presenti', 'Present'),
	...byCode('site.waiting', 'In attesa di visita', 'Waiting to be seen'),
	...byCode('site.treatment', 'In trattamento', 'In treatment'),
	'site.observation': { it: 'In OBI', en: 'Under observation', kind: 'site', ...heads },
	'site.boarding': { it: 'In attesa di letto', en: 'Boarding', kind: 'site', ...heads },
	'site.arrivalsLastHour': { it: 'Arrivi in un’ora', en: 'Arrivals in an hour', kind: 'site', ...heads },
	'site.respirators': { it: 'Con ventilatore', en: 'On a respirator', kind: 'site', ...heads, staleAfterMs: 3_600_000 },
	'site.physicians': { it: 'Medici in turno', en: 'Physicians on duty', kind: 'site', ...heads, staleAfterMs: 43_200_000 },
	'body.estateMoved': {
		it: 'Patrimonio trasferito',
		en: 'Estate moved',
		kind: 'body',
		unit: 'share',
		role: 'gauge',
		better: 'up',
		min: 0,
		max: 1,
		staleAfterMs: 604_800_000,
		press: 'public',
		smallest: 0,
		roundTo: 0.01,
	},
	'facility.temperature': { it: 'Temperatura', en: 'Temperature', unit: 'celsius', better: 'down', min: -40, max: 150, ...room, roundTo: 0.5 },
	'facility.humidity': { it: 'Umidità', en: 'Humidity', unit: 'share', better: 'none', min: 0, max: 1, ...room },
	/** How many cooling units work. */
	'facility.cooling': { it: 'Condizionatori in funzione', en: 'Cooling units working', unit: 'count', better: 'up', min: 0, max: 1000, ...room },
	'facility.onBattery': { it: 'Su batteria', en: 'On battery', unit: 'bool', better: 'down', min: 0, max: 1, ...room },
	'facility.upsRuntime': { it: 'Autonomia delle batterie', en: 'Battery runtime', unit: 's', better: 'up', min: 0, max: 1e7, ...room },
	'facility.upsCharge': { it: 'Carica delle batterie', en: 'Battery charge', unit: 'share', better: 'up', min: 0, max: 1, ...room },
	'facility.upsLoad': { it: 'Carico delle batterie', en: 'Battery load', unit: 'share', better: 'down', min: 0, max: 5, ...room },
	'facility.alerts': { it: 'Avvisi di altri sistemi', en: 'Alerts of other systems', kind: 'facility', ...alerts },
	'network.up': { it: 'Rete raggiungibile', en: 'Network reachable', kind: 'network', ...yesNo, press: 'internal' },
	'network.alerts': { it: 'Avvisi di altri sistemi', en: 'Alerts of other systems', kind: 'network', ...alerts },
	'dependant.up': { it: 'Operativi', en: 'Working', kind: 'dependant', ...yesNo, staleAfterMs: 300_000 },
	/** How old its oldest unsent record was when this was told; 0 while none waits. */
	'flow.oldestAge': { it: 'Il più vecchio da inviare', en: 'Oldest unsent', unit: 's', role: 'gauge', better: 'down', ...flow },
	'flow.backlog': { it: 'Da inviare', en: 'To send', unit: 'count', role: 'gauge', better: 'down', ...flow },
	'flow.sent': { it: 'Inviati', en: 'Sent', unit: 'count', role: 'position', better: 'up', ...flow },
	'source.beat': { it: 'Battito', en: 'Heartbeat', kind: 'source', ...yesNo, press: 'internal' },
} as const satisfies Record<string, Measure>;

/** °C an hour: below it is a sensor's own sway (a tenth or two, over the minutes that a rate is taken from) or the day's course. */
export const STEADY_DEGREES_PER_HOUR = 1;

export type MeasureName = keyof typeof measures;

export const isMeasure = (name: string): name is MeasureName => Object.hasOwn(measures, name);

/** The row as the general type, for code that must not depend on one measure's literal values. */
export const measureOf = (name: MeasureName): Measure => measures[name];
