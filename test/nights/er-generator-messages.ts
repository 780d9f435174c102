// What ward systems say of invented visits, as HL7 v2 text: three dialects, each as some vendor might write it; and in which order it arrives.
// Independent of the product: imports nothing of it.
import { chanceFrom, type Person, type Step, type Visit } from './er-generator.ts';

/** `offset` on its times or none (then they are local); where triage stands; where the event's own time stands. */
export type Dialect = {
	readonly sender: string;
	readonly hasOffset: boolean;
	readonly triage: 'PV2-25' | 'OBX' | 'PV1-4';
	readonly eventTime: 'EVN-6' | 'EVN-2';
	readonly charset: 'UNICODE UTF-8' | '8859/1';
};

export const dialects: readonly Dialect[] = [
	{ sender: 'ps-nord', hasOffset: true, triage: 'PV2-25', eventTime: 'EVN-6', charset: 'UNICODE UTF-8' },
	{ sender: 'ps-centro', hasOffset: false, triage: 'OBX', eventTime: 'EVN-6', charset: '8859/1' },
	{ sender: 'ps-sud', hasOffset: false, triage: 'PV1-4', eventTime: 'EVN-2', charset: 'UNICODE UTF-8' },
];

export type Spoken = {
	readonly sender: string;
	readonly site: string;
	readonly at: number;
	readonly arrives: number;
	readonly isRepeat: boolean;
	readonly bytes: () => Buffer;
};

const outcomes: Partial<Record<Step['kind'], string>> = {
	'A03-home': '1',
	'A03-transferred': '3',
	'A03-died': '4',
	'A03-unseen': '6',
};

const timeOf = (at: number, zoneMinutes: number, hasOffset: boolean): string => {
	const local = new Date(at + zoneMinutes * 60_000).toISOString().replace(/[-:T]|\.\d+Z/g, '');
	const sign = zoneMinutes < 0 ? '-' : '+';
	const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
	return hasOffset ? `${local}${sign}${two(zoneMinutes / 60)}${two(zoneMinutes % 60)}` : local;
};

/** Fields by their numbers; what lies between is empty. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
	const last = Math.max(...Object.keys(fields).map(Number));
	return [name, ...Array.from({ length: last }, (_, i) => fields[i + 1] ?? '')].join('|');
};

const pidOf = ({ taxCode, surname, given, born, street }: Person, id: string): string =>
	segment('PID', {
		1: '1',
		3: `${id}^^^ASL^MR~${taxCode}^^^MEF^NNITA`,
		5: `${surname}^${given}`,
		7: born,
		8: 'F',
		11: `${street}^^ROMA^RM^00100^ITA`,
	});

/** Wards lie outside; the emergency room's own places begin with its sign. */
const locationOf = (spot: string, site: string): string => {
	const [care = '', room = ''] = spot.split('^');
	return `${['MED', 'CHI'].includes(care) ? care : `PS-${care}`}^${room}^^${site}`;
};

type Told = { readonly trigger: string; readonly number: string; readonly patient: string; readonly merged?: Readonly<Record<number, string>> };

/** A change of numbers is told under the new one, and so is what follows it. */
function toldOf(visit: Visit, index: number): Told {
	const { kind } = visit.steps[index] as Step;
	const changed = (which: string): boolean => visit.steps.slice(0, index + 1).some((one) => one.kind === which);
	const number = visit.laterNumber !== null && changed('A50') ? visit.laterNumber : visit.number;
	const patient = changed('A40') ? `${visit.person.id}M` : visit.person.id;
	if (kind === 'A40') return { trigger: 'A40', number, patient, merged: { 1: `${visit.person.id}^^^ASL^MR` } };
	if (kind === 'A50') return { trigger: 'A50', number, patient, merged: { 1: `${visit.person.id}^^^ASL^MR`, 5: visit.number } };
	if (kind === 'A42-into' && visit.sameAs) {
		const { sameAs } = visit;
		return { trigger: 'A42', number: sameAs.number, patient: sameAs.person.id, merged: { 1: `${visit.person.id}^^^ASL^MR`, 5: visit.number } };
	}
	return { trigger: kind.slice(0, 3), number, patient };
}

const structures: Readonly<Record<string, string>> = {
	A04: 'ADT_A01',
	A08: 'ADT_A01',
	A13: 'ADT_A01',
	A14: 'ADT_A05',
	A07: 'ADT_A06',
	A40: 'ADT_A39',
	A42: 'ADT_A39',
	A12: 'ADT_A09',
	A11: 'ADT_A09',
	A27: 'ADT_A21',
};

function messageOf(visit: Visit, index: number, id: string, dialect: Dialect, zoneMinutes: number): Buffer {
	const step = visit.steps[index] as Step;
	const { trigger, number, patient, merged } = toldOf(visit, index);
	const person = step.kind === 'A42-into' && visit.sameAs ? visit.sameAs.person : visit.person;
	const at = timeOf(step.at, zoneMinutes, dialect.hasOffset);
	const isInside =
		['A06', 'A02-ward'].some((one) => step.kind.startsWith(one)) ||
		visit.steps.slice(0, index).some((one, i) => one.kind === 'A06-here' && !visit.steps.slice(i, index + 1).some((next) => next.kind === 'A07'));
	const triage = step.code === 'none' ? '' : step.code;
	const pv1: Record<number, string> = {
		1: '1',
		2: isInside ? 'I' : 'E',
		3: locationOf(step.spot, visit.site),
		4: dialect.triage === 'PV1-4' ? triage : '',
		19: number,
		36: outcomes[step.kind] ?? '',
		44: timeOf(visit.arrived, zoneMinutes, dialect.hasOffset),
		45: step.kind.startsWith('A03') ? at : '',
	};
	const lines = [
		`MSH|^~\\&|${dialect.sender}|${visit.site}|REGIA|SALA|${at}||ADT^${trigger}^${structures[trigger] ?? `ADT_${trigger}`}|${id}|P|2.5||||||${dialect.charset}`,
		segment('EVN', { 1: trigger, 2: at, ...(dialect.eventTime === 'EVN-6' ? { 6: at } : {}) }),
		pidOf(person, patient),
		...(merged ? [segment('MRG', merged)] : []),
		segment('PV1', pv1),
		...(dialect.triage === 'PV2-25' && triage !== '' ? [segment('PV2', { 3: `^Riferisce ${person.surname}`, 25: triage })] : []),
		...(dialect.triage === 'OBX' && triage !== '' ? [`OBX|1|CE|11283-9^Acuity assessment^LN||${triage}||||||F`] : []),
		`NTE|1||Accompagna ${person.surname} ${person.given}, ${person.street}`,
	];
	return Buffer.from(`${lines.join('\r')}\r`, dialect.charset === '8859/1' ? 'latin1' : 'utf8');
}

export type Wire = {
	readonly seed: number;
	readonly zoneMinutes: number;
	readonly dialectOf: (site: string) => Dialect;
	/** Shares of messages; late ones arrive up to `latestMs` after what they tell. */
	readonly twice: number;
	readonly late: number;
	readonly latestMs: number;
	/** Looks at the board: all that happened by then has arrived by then. */
	readonly looks: readonly number[];
};

/** In the order in which they arrive. A repeat is the same message byte for byte, a while after the first. */
export function messagesOf(visits: readonly Visit[], { seed, zoneMinutes, dialectOf, twice, late, latestMs, looks }: Wire): readonly Spoken[] {
	const chance = chanceFrom(seed);
	const spoken: Spoken[] = [];
	const sorted = [...looks].sort((a, b) => a - b);
	const lookAfter = (at: number): number => {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((sorted[middle] ?? 0) < at) low = middle + 1;
			else high = middle;
		}
		return sorted[low] ?? Number.POSITIVE_INFINITY;
	};
	let n = 0;
	for (const visit of visits) {
		const dialect = dialectOf(visit.site);
		for (const [index, { at }] of visit.steps.entries()) {
			n += 1;
			const id = `${dialect.sender}-${n}`;
			// A month's are many: each is written out when it is sent.
			const bytes = (): Buffer => messageOf(visit, index, id, dialect, zoneMinutes);
			const isLate = chance() < late;
			const arrives = Math.min(at + (isLate ? 60_000 + chance() * (latestMs - 60_000) : chance() * 900), lookAfter(at));
			const one = { sender: dialect.sender, site: visit.site, at, arrives, isRepeat: false, bytes };
			spoken.push(one);
			if (chance() < twice) spoken.push({ ...one, isRepeat: true, arrives: arrives + chance() * 30 * 60_000 });
		}
	}
	return spoken.sort((a, b) => a.arrives - b.arrives);
}
