// What a ward's system says of one visit of a rehearsal, as HL7 v2.5: names, numbers and birth dates are invented. Knows no scenario and no wire.

/** HL7's trigger with where the patient lies then; a spot outside the emergency room is a ward's. */
export type ErStep = {
	/** When it happens, ms UTC. */
	readonly at: number;
	readonly trigger: 'A02' | 'A03' | 'A04' | 'A06' | 'A08' | 'A11' | 'A13' | 'A14';
	readonly spot: 'ATTESA' | 'BOX' | 'OBI' | 'REPARTO';
	/** Triage code 1–5; none yet: left out. */
	readonly code?: string;
	/** How it ended (EMUR PS, esito del trattamento). */
	readonly outcome?: '1' | '2' | '3' | '6';
};

/** Its steps lie in order of time. */
export type ErVisit = {
	readonly site: string;
	readonly id: string /** What its system calls itself; left out: PSWEB. */;
	readonly sender?: string;
	readonly steps: readonly ErStep[];
};

const FIELDS_OF_PV1 = 45;
const spots = { ATTESA: 'PS-ATTESA', BOX: 'PS-BOX', OBI: 'PS-OBI', REPARTO: 'MED' } as const;
const structures: Readonly<Record<ErStep['trigger'], string>> = {
	A02: 'ADT_A02',
	A03: 'ADT_A03',
	A04: 'ADT_A01',
	A06: 'ADT_A06',
	A08: 'ADT_A01',
	A11: 'ADT_A09',
	A13: 'ADT_A01',
	A14: 'ADT_A05',
};

const timeOf = (at: number): string => `${new Date(at).toISOString().replace(/[-:T]|\.\d+Z/g, '')}+0000`;

/** Invented, and the same for the same visit. */
function personOf(id: string): string {
	let value = 0x811c9dc5;
	for (let i = 0; i < id.length; i++) value = Math.imul(value ^ id.charCodeAt(i), 0x01000193) >>> 0;
	const born = `${1930 + (value % 90)}${String(1 + (value % 12)).padStart(2, '0')}${String(1 + (value % 28)).padStart(2, '0')}`;
	return `PID|1||INV${value}^^^PROVA^MR||Inventato${value}^Nome||${born}|U`;
}

/** `sentAt`: when the message is made, which after a dark is later than what it tells. */
export function messageOf({ site, id, sender = 'PSWEB', steps }: ErVisit, index: number, sentAt: number): string {
	const step = steps[index];
	const arrived = steps[0]?.at;
	if (step === undefined || arrived === undefined) throw new Error(`${id} has no step ${index}`);
	const isInpatient = steps.slice(0, index + 1).some((one) => one.trigger === 'A06');
	const pv1: string[] = Array.from({ length: FIELDS_OF_PV1 + 1 }, () => '');
	pv1[0] = 'PV1';
	pv1[2] = isInpatient ? 'I' : 'E';
	pv1[3] = `${spots[step.spot]}^^^${site}`;
	pv1[19] = id;
	pv1[36] = step.outcome ?? '';
	pv1[44] = timeOf(arrived);
	if (step.trigger === 'A03') pv1[45] = timeOf(step.at);
	return [
		`MSH|^~\\&|${sender}|${site}|REGIA|PROVA|${timeOf(sentAt)}||ADT^${step.trigger}^${structures[step.trigger]}|${id}-${index}|T|2.5||||||UNICODE UTF-8`,
		`EVN|${step.trigger}|${timeOf(sentAt)}||||${timeOf(step.at)}`,
		personOf(id),
		pv1.join('|'),
		...(step.code === undefined ? [] : [`PV2|||||||||||||||||||||||||${step.code}`]),
		'',
	].join('\r');
}
