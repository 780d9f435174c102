// Lombardy's three days at named minutes, worked out by hand from what the scenario is given: knots of temperature, minutes of falling and
// of return, records a minute, what was said when. Imports nothing of the product. Minute 0 is Saturday 14 August 2021, 17:30 in Rome.

export const MINUTE_MS = 60_000;
export const START = Date.parse('2021-08-14T15:30:00Z');
export const instantOf = (minute: number): number => START + minute * MINUTE_MS;

type FlowByHand = 'met' | 'cannot-be-met' | 'overdue' | 'near';
type Verdict = 'holds' | 'contradicted' | 'kept' | 'unknown';

export type ByHand = {
	readonly minute: number;
	readonly clock: string;
	/** °C, without the sensors' ±0.2. */
	readonly degrees: number;
	readonly cooling: number;
	/** How many of the forty-five services do not answer. */
	readonly down: number;
	/** Minutes since the portal fell; null while it answers. */
	readonly portalDownFor: number | null;
	readonly blocked: readonly string[];
	readonly working: readonly string[];
	readonly flow: FlowByHand;
	/** Minutes past its 24 hours. */
	readonly overdueFor: number;
	readonly backlog: number;
	/** Alarms that must stand, and some that must not. */
	readonly alarms: readonly string[];
	readonly noAlarms: readonly string[];
	readonly flood: boolean;
	readonly incident: 'detected' | 'cause-known' | 'restoring' | 'observing' | 'closed' | null;
	readonly updateOverdue: boolean;
	/** Law → the step that is owed next and its minute, and whether it is past; null where none is. */
	readonly clocks: Readonly<Record<string, readonly [step: string, due: number, isPast: boolean] | null>>;
	readonly verdicts: Readonly<Record<string, Verdict>>;
};

const HOT = 'facility-hot:facility:ced';
const TOO_HOT = 'facility-too-hot:facility:ced';
const SHORT = 'facility-cooling-short:facility:ced';
const LOST = 'facility-cooling-lost:facility:ced';
const PORTAL = 'service-down:service:fse-portale';
/** The portal can be without for eight hours (the plan's `tolerable`): from minute 90 + 480 on this one stands in place of the other. */
const PORTAL_LONG = 'service-beyond-tolerable:service:fse-portale';
const FLOW_LATE = 'flow-overdue:flow:farmacie';
const SAID = 'statement-contradicted:statement:stasera';
const UPDATE = 'update-overdue:incident:fse';

const unhit = ['ospedali', 'centri-vaccinali', 'prenotazioni'];
const hit = ['cittadini', 'farmacie', 'medici', 'pediatri'];
const everybody = [...hit, ...unhit];

/** Known on Saturday 22:40, minute 310: 24 h later is minute 1750, 72 h later minute 4630. */
const EARLY = 1750;
const NOTIFICATION = 4630;
/** NIS2's notification was sent on Tuesday 17 August, 19:45; a month later is 17 September, 19:45: 31 days after minute 4455. */
const FINAL = 4455 + 31 * 1440;

const quiet = { flood: false, incident: null, updateOverdue: false, clocks: {}, verdicts: {}, flow: 'met', overdueFor: 0, backlog: 0 } as const;
const none = { down: 0, portalDownFor: null, blocked: [], working: everybody } as const;
const all = { down: 44, blocked: hit, working: unhit, cooling: 0 } as const;

export const byHand: readonly ByHand[] = [
	// 23 + 15 × 0.5/30 = 23.25
	{ ...quiet, ...none, minute: 15, clock: 'Sat 17:45', degrees: 23.25, cooling: 5, alarms: [], noAlarms: [HOT, SHORT, PORTAL] },
	// 23.5 + 5 × 2.5/20 = 24.125; one of five units off since 18:00
	{ ...quiet, ...none, minute: 35, clock: 'Sat 18:05', degrees: 24.125, cooling: 4, alarms: [SHORT], noAlarms: [HOT, LOST, PORTAL] },
	// 26 + 6 × 3/10 = 27.8; no unit works since 18:20; past 27 since 18:23 or 18:24
	{ ...quiet, ...none, minute: 56, clock: 'Sat 18:26', degrees: 27.8, cooling: 0, alarms: [HOT, LOST], noAlarms: [TOO_HOT, PORTAL] },
	// 29 + 10 × 5/15 = 32.33; past 32 since 18:39 or 18:40
	{ ...quiet, ...none, minute: 70, clock: 'Sat 18:40', degrees: 32.333, cooling: 0, alarms: [TOO_HOT, LOST], noAlarms: [PORTAL] },
	// 34 + 5 × 5/15 = 35.67: ten minutes before the first service falls
	{ ...quiet, ...none, minute: 80, clock: 'Sat 18:50', degrees: 35.667, cooling: 0, alarms: [TOO_HOT, LOST], noAlarms: [PORTAL] },
	// The portal falls; a probe's word counts after half a minute, so its alarm is not there yet. Nobody else is hit: doctors and pharmacies go by other services.
	{
		...quiet,
		minute: 90,
		clock: 'Sat 19:00',
		degrees: 39,
		cooling: 0,
		down: 1,
		portalDownFor: 0,
		blocked: ['cittadini'],
		working: ['medici', 'pediatri', 'farmacie', ...unhit],
		alarms: [TOO_HOT],
		noAlarms: ['service-down:service:cup'],
	},
	// Of the twenty core ones those of minutes 90, 92, … 100: six; of the local ones those of minutes 95 to 100: six. 39 + 10 × 3.5/20 = 40.75
	{
		...quiet,
		minute: 100,
		clock: 'Sat 19:10',
		degrees: 40.75,
		cooling: 0,
		down: 12,
		portalDownFor: 10,
		blocked: hit,
		working: unhit,
		// Ninety-six minutes after the start the prescriptions stop, and with them the flow; 4 minutes at 80 records.
		flow: 'cannot-be-met',
		backlog: 320,
		alarms: [TOO_HOT, PORTAL],
		noAlarms: [FLOW_LATE],
		flood: true,
	},
	// All forty-four. 42.5 + 10 × 0.5/20 = 42.75; 24 minutes at 80
	{
		...quiet,
		...all,
		minute: 120,
		clock: 'Sat 19:30',
		degrees: 42.75,
		portalDownFor: 30,
		flow: 'cannot-be-met',
		backlog: 1920,
		alarms: [TOO_HOT, PORTAL, 'service-down:service:cruscotti'],
		noAlarms: [FLOW_LATE],
		flood: true,
		incident: 'detected',
	},
	// 43 − 10 × 5/170 = 42.71; the sentence of 19:40 cannot be checked: nobody knows yet what it is. 44 minutes at 80 (told at minute 140)
	{
		...quiet,
		...all,
		minute: 140,
		clock: 'Sat 19:50',
		degrees: 42.706,
		portalDownFor: 50,
		flow: 'cannot-be-met',
		backlog: 3520,
		alarms: [TOO_HOT, PORTAL],
		noAlarms: [FLOW_LATE, UPDATE],
		flood: false,
		incident: 'detected',
		verdicts: { 'non-attacco': 'unknown' },
	},
	// 38 − 10 × 5/300 = 37.83. The flow was last told at minute 310: 54 minutes at 80, then 160 at 4
	{
		...quiet,
		...all,
		minute: 310,
		clock: 'Sat 22:40',
		degrees: 37.833,
		portalDownFor: 220,
		flow: 'cannot-be-met',
		backlog: 54 * 80 + 160 * 4,
		alarms: [TOO_HOT, PORTAL],
		noAlarms: [PORTAL_LONG, FLOW_LATE, UPDATE],
		incident: 'cause-known',
		verdicts: { 'non-attacco': 'holds', guasto: 'holds' },
	},
	// 33 + 3 × 420/600 = 35.1; one unit since 08:30. To Sunday 08:00 4320 + 720 × 4 = 7200; an hour at 30; an hour and a half at 90
	{
		...quiet,
		...all,
		minute: 1020,
		clock: 'Sun 10:30',
		degrees: 35.1,
		cooling: 1,
		portalDownFor: 930,
		flow: 'cannot-be-met',
		backlog: 7200 + 60 * 30 + 90 * 90,
		alarms: [TOO_HOT, PORTAL_LONG],
		noAlarms: [PORTAL, FLOW_LATE, UPDATE],
		incident: 'cause-known',
		clocks: { nis2: ['early', EARLY, false], l90: ['early', EARLY, false] },
		verdicts: { 'non-attacco': 'holds', guasto: 'holds', ospedali: 'holds' },
	},
	// 36 − 6 × 330/600 = 32.7, two units since 18:30. The oldest is of 19:06 on Saturday: 1434 minutes old. Sunday to 19:00: 7200 + 1800 + 21600 + 3600 + 240 × 80
	{
		...quiet,
		...all,
		minute: 1530,
		clock: 'Sun 19:00',
		degrees: 32.7,
		cooling: 2,
		portalDownFor: 1440,
		flow: 'cannot-be-met',
		backlog: 7200 + 1800 + 21_600 + 3600 + 19_200,
		alarms: [PORTAL_LONG, 'flow-cannot-be-met:flow:farmacie'],
		noAlarms: [PORTAL, FLOW_LATE, UPDATE],
		incident: 'cause-known',
		clocks: { nis2: ['notification', NOTIFICATION, false], l90: ['notification', NOTIFICATION, false] },
		verdicts: { ospedali: 'holds' },
	},
	// Its 24 hours are over since minute 96 + 1440 = 1536, 19:06. 36 − 6 × 340/600 = 32.6
	{
		...quiet,
		...all,
		minute: 1540,
		clock: 'Sun 19:10',
		degrees: 32.6,
		cooling: 2,
		portalDownFor: 1450,
		flow: 'overdue',
		overdueFor: 4,
		backlog: 7200 + 1800 + 21_600 + 3600 + 20_000,
		alarms: [PORTAL_LONG, FLOW_LATE],
		noAlarms: [UPDATE],
		incident: 'cause-known',
		clocks: { nis2: ['notification', NOTIFICATION, false], l90: ['notification', NOTIFICATION, false] },
		verdicts: { ospedali: 'holds' },
	},
	// 27.5 − 1.5 × 30/300 = 27.35; said at 09:00. A day makes 21600 + 24000 + 2880 + 5400 = 53880: to Monday 08:00 61080, then 1800 and 90 × 60
	{
		...quiet,
		...all,
		minute: 2430,
		clock: 'Mon 10:00',
		degrees: 27.35,
		cooling: 2,
		portalDownFor: 2340,
		flow: 'overdue',
		overdueFor: 2430 - 1536,
		backlog: 61_080 + 1800 + 5400,
		alarms: [PORTAL_LONG, FLOW_LATE],
		noAlarms: [PORTAL, TOO_HOT, SAID, UPDATE],
		incident: 'cause-known',
		verdicts: { stasera: 'unknown', ospedali: 'holds' },
	},
	// 24 − 1 × 260/600 = 23.57. Five minutes before midnight; the flow was last told at minute 3260, 23:50: to Tuesday's midnight but 10 × 4
	{
		...quiet,
		...all,
		minute: 3265,
		clock: 'Mon 23:55',
		degrees: 23.558,
		cooling: 4,
		portalDownFor: 3175,
		flow: 'overdue',
		overdueFor: 3265 - 1536,
		backlog: 61_080 + 51_000 + 230 * 4,
		alarms: [PORTAL_LONG, FLOW_LATE],
		noAlarms: [PORTAL, TOO_HOT, SAID, UPDATE],
		incident: 'restoring',
		verdicts: { stasera: 'unknown', flusso: 'holds' },
	},
	// The evening is over
	{
		...quiet,
		...all,
		minute: 3270,
		clock: 'Tue 00:00',
		degrees: 23.55,
		cooling: 4,
		portalDownFor: 3180,
		flow: 'overdue',
		overdueFor: 3270 - 1536,
		backlog: 61_080 + 51_000 + 240 * 4,
		alarms: [PORTAL_LONG, FLOW_LATE, SAID],
		noAlarms: [PORTAL, TOO_HOT, UPDATE],
		incident: 'restoring',
		verdicts: { stasera: 'contradicted', flusso: 'holds', 'non-attacco': 'holds' },
	},
	// L. 90's notification was due at 22:40 and is not sent. The flow was last told at minute 4630: to Tuesday 08:00 114960, then 51000 to 20:00 and 160 × 4
	{
		...quiet,
		...all,
		minute: 4635,
		clock: 'Tue 22:45',
		degrees: 23,
		cooling: 5,
		portalDownFor: 4545,
		flow: 'overdue',
		overdueFor: 4635 - 1536,
		backlog: 114_960 + 51_000 + 160 * 4,
		// The contradicted sentence was followed by another one in the morning.
		alarms: [PORTAL_LONG, FLOW_LATE, 'clock-overdue:clock:fse-l90'],
		noAlarms: [PORTAL, TOO_HOT, SAID, UPDATE],
		incident: 'restoring',
		clocks: { nis2: ['final', FINAL, false], l90: ['notification', NOTIFICATION, true] },
		verdicts: { stasera: 'contradicted', domattina: 'unknown' },
	},
	// SISS at 06:30, the registry at 06:34, prescriptions at 06:38 are back. To Wednesday 06:40: 114960 + 51000 + 640 × 4
	{
		...quiet,
		minute: 5110,
		clock: 'Wed 06:40',
		degrees: 23,
		cooling: 5,
		down: 41,
		portalDownFor: 5020,
		blocked: ['cittadini'],
		working: ['medici', 'pediatri', 'farmacie', ...unhit],
		flow: 'overdue',
		overdueFor: 5110 - 1536,
		backlog: 114_960 + 51_000 + 2560,
		alarms: [PORTAL_LONG, FLOW_LATE],
		noAlarms: [TOO_HOT],
		incident: 'restoring',
		verdicts: { domattina: 'unknown', stasera: 'contradicted' },
	},
	// All are back, the portal last. 50 minutes at 1600 sent: 168520 + 50 × 4 − 80000
	{
		...quiet,
		...none,
		minute: 5160,
		clock: 'Wed 07:30',
		degrees: 23,
		cooling: 5,
		flow: 'overdue',
		// The 80000 records that are gone reach into Monday: 61080 to 08:00, 1800 to 09:00, 17120 at 90 a minute: 12:10. Due on Tuesday 12:10.
		overdueFor: 5160 - 1440 - (2 * 1440 + 12 * 60 + 10 - 1050),
		backlog: 168_520 + 200 - 80_000,
		alarms: [],
		noAlarms: [PORTAL, TOO_HOT, 'service-both-answer:service:fse-portale'],
		incident: 'restoring',
		// It answers since this very minute: the promise is kept once it has done so for ten minutes on end, at 07:40.
		verdicts: { domattina: 'unknown', stasera: 'contradicted' },
	},
	// 80 minutes sent: 168520 + 80 × 4 − 128000 = 40840; the oldest is of Tuesday 11:04 or :05, three hours before its 24
	{
		...quiet,
		...none,
		minute: 5190,
		clock: 'Wed 08:00',
		degrees: 23,
		cooling: 5,
		flow: 'near',
		backlog: 40_840,
		alarms: [],
		noAlarms: [PORTAL, PORTAL_LONG, TOO_HOT],
		incident: 'observing',
		verdicts: { domattina: 'kept', 'in-linea': 'holds' },
	},
	// All is sent (40840 at some 1570 a minute net: before 08:30), the incident is closed
	{
		...quiet,
		...none,
		minute: 5320,
		clock: 'Wed 10:10',
		degrees: 23,
		cooling: 5,
		alarms: [],
		noAlarms: [PORTAL, PORTAL_LONG, TOO_HOT, 'flow-near:flow:farmacie'],
		incident: 'closed',
		verdicts: { domattina: 'kept', stasera: 'contradicted', 'in-linea': 'holds', ospedali: 'holds' },
	},
];

/** The first service falls at minute 90. */
export const FIRST_FALL = 90;
/** As many as fell hang on the one data centre. */
export const FELL = 44;
