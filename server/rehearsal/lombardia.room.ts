// What the room marks and says in Lombardy's three days. The sentences to the public follow what was reported then; who marked what
// when is invented, and the legal clocks are today's laws' rehearsed on a night before them.
import type { WireMark } from '../../shared/mark.ts';
import type { RoomMark } from './night.ts';

export const lombardiaStart = Date.parse('2021-08-14T17:30:00+02:00');

const HOUR = 60;
const DAY = 24 * HOUR;
/** Minutes after the start of a time of day; `day` 0 is Saturday. */
const on = (day: number, hour: number, minute: number): number => day * DAY + hour * HOUR + minute - (17 * HOUR + 30);
const instant = (minute: number): string => new Date(lombardiaStart + minute * 60_000).toISOString();

const incident = 'fse';
const about = { kind: 'incident', incident } as const;
type Claims = NonNullable<Extract<WireMark, { kind: 'statement' }>['claims']>;
const say = (statement: string, text: string, claims: Claims = []): WireMark => ({
	kind: 'statement',
	statement,
	text,
	audience: 'public',
	incident,
	claims,
});
const status = (to: 'detected' | 'cause-known' | 'restoring' | 'observing' | 'closed'): WireMark => ({ ...about, act: 'status', status: to });
const nextUpdate = (minute: number): WireMark => ({ ...about, act: 'next-update', due: instant(minute) });
const acknowledge = (alarm: string): WireMark => ({ kind: 'alarm', alarm, act: 'acknowledge' });
const clock = (law: 'nis2' | 'l90' | 'gdpr', awareAt: number): WireMark => ({
	kind: 'clock',
	incident,
	law,
	act: 'start',
	awareAt: instant(awareAt),
});
const sent = (law: 'nis2' | 'l90', step: 'early' | 'notification', protocol: string, at: number): WireMark => ({
	kind: 'clock',
	incident,
	law,
	act: 'sent',
	step,
	protocol,
	at: instant(at),
});

const knownAt = on(0, 22, 40);
const operator = 'sala';
const press = 'stampa';

export const lombardiaMarks: readonly RoomMark[] = [
	[on(0, 18, 22), acknowledge('facility-cooling-lost:facility:ced'), operator],
	[on(0, 18, 26), acknowledge('facility-hot:facility:ced'), operator],
	[on(0, 18, 43), acknowledge('facility-too-hot:facility:ced'), operator],
	[on(0, 19, 6), acknowledge('service-down:service:fse-portale'), operator],
	[
		on(0, 19, 20),
		{
			...about,
			act: 'open',
			title: 'Fascicolo Sanitario · portale non raggiungibile',
			subject: 'service/fse-portale',
			since: instant(on(0, 19, 0)),
		},
	],
	[on(0, 19, 22), { ...about, act: 'role', role: 'lead' }],
	[on(0, 19, 24), { ...about, act: 'role', role: 'communication' }, press],
	[on(0, 19, 30), nextUpdate(on(0, 22, 45))],
	[on(0, 19, 40), say('non-attacco', 'Non è un attacco informatico', [{ kind: 'nature', incident, isNot: 'attack' }]), press],
	[knownAt, { ...about, act: 'cause', nature: 'failure', text: 'Condizionamento, data center esterno' }],
	[knownAt, status('cause-known')],
	[knownAt, say('guasto', 'Guasto al condizionamento di un data center esterno', [{ kind: 'nature', incident, is: 'failure' }]), press],
	[on(0, 22, 45), nextUpdate(on(1, 9, 0))],
	[
		on(1, 9, 30),
		say('ospedali', 'Ospedali e centri vaccinali lavorano regolarmente', [
			{ kind: 'working', subject: 'dependant/ospedali' },
			{ kind: 'working', subject: 'dependant/centri-vaccinali' },
		]),
		press,
	],
	[on(1, 9, 35), nextUpdate(on(1, 18, 0))],
	[on(1, 10, 0), clock('nis2', knownAt)],
	[on(1, 10, 5), clock('l90', knownAt)],
	[on(1, 17, 30), sent('nis2', 'early', 'PROVA-2021-0001', on(1, 17, 20))],
	[on(1, 17, 35), sent('l90', 'early', 'PROVA-2021-0002', on(1, 17, 25))],
	[on(1, 18, 0), nextUpdate(on(2, 9, 0))],
	[
		on(2, 9, 0),
		say('stasera', 'Ripristino entro stasera', [{ kind: 'restored', subject: 'service/fse-portale', by: '2021-08-16T23:59:59.999+02:00' }]),
		press,
	],
	[on(2, 9, 5), nextUpdate(on(2, 20, 0))],
	[
		on(2, 12, 0),
		say('flusso', 'Il flusso delle farmacie non può rispettare le 24 ore', [
			{ kind: 'figure', subject: 'flow/farmacie', measure: 'flow.oldestAge', atLeast: 86_400 },
		]),
		press,
	],
	[on(2, 14, 30), status('restoring')],
	[on(2, 20, 0), nextUpdate(on(3, 9, 0))],
	[
		on(3, 9, 0),
		say('domattina', 'Ripristino entro domani mattina', [{ kind: 'restored', subject: 'service/fse-portale', by: '2021-08-18T12:00:00+02:00' }]),
		press,
	],
	[on(3, 9, 5), nextUpdate(on(4, 8, 0))],
	[on(3, 20, 0), sent('nis2', 'notification', 'PROVA-2021-0003', on(3, 19, 45))],
	[on(4, 7, 45), status('observing')],
	[on(4, 8, 0), say('in-linea', 'Il Fascicolo è di nuovo in linea', [{ kind: 'working', subject: 'service/fse-portale' }]), press],
	[on(4, 10, 0), status('closed')],
];
