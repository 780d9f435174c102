// Lazio's emergency rooms counted by hand: each message that went out is read as plain text, and each visit stands where its last one put
// it. Imports nothing; what a site or an archive must show follows from the scenario's inputs, which are repeated here.

type HandVisit = { site: string; arrived: number; code: string; place: 'waiting' | 'treatment' | 'observation' | 'boarding' | null };
export type HandSite = {
	present: number;
	byCode: Record<string, number>;
	waiting: number;
	inTreatment: number;
	observation: number;
	boarding: number;
	overTarget: number;
	arrivalsLastHour: number;
};

const instantOf = (text: string): number =>
	Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6, 8), +text.slice(8, 10), +text.slice(10, 12), +text.slice(12, 14));
const places: Readonly<Record<string, 'waiting' | 'treatment' | 'observation'>> = {
	'PS-ATTESA': 'waiting',
	'PS-BOX': 'treatment',
	'PS-OBI': 'observation',
};
const targetMinutes: Readonly<Record<string, number>> = { '1': 0, '2': 15, '3': 60, '4': 120, '5': 240 };

/** In the order in which they went out; a visit's own messages are in order of time. */
export function countByHand(messages: readonly string[], now: number): Readonly<Record<string, HandSite>> {
	const visits = new Map<string, HandVisit>();
	for (const message of messages) {
		const lines = new Map(message.split('\r').map((line) => [line.slice(0, 3), line.split('|')]));
		const trigger = lines.get('MSH')?.[8]?.split('^')[1] ?? '';
		const pv1 = lines.get('PV1') ?? [];
		const [care = '', , , site = ''] = (pv1[3] ?? '').split('^');
		const id = pv1[19] ?? '';
		const visit = visits.get(id) ?? { site, arrived: instantOf(pv1[44] ?? ''), code: 'none', place: 'waiting' };
		visits.set(id, visit);
		visit.code = lines.get('PV2')?.[25] ?? visit.code;
		if (trigger === 'A03' || care === 'MED') visit.place = null;
		else if (trigger === 'A14') visit.place = 'boarding';
		else if (visit.place !== 'boarding') visit.place = places[care] ?? visit.place;
	}
	const sites: Record<string, HandSite> = {};
	for (const { site, arrived, code, place } of visits.values()) {
		sites[site] ??= {
			present: 0,
			byCode: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 },
			waiting: 0,
			inTreatment: 0,
			observation: 0,
			boarding: 0,
			overTarget: 0,
			arrivalsLastHour: 0,
		};
		const of = sites[site];
		if (Math.floor(arrived / 60_000) > Math.floor(now / 60_000) - 60) of.arrivalsLastHour += 1;
		if (place === null) continue;
		of.present += 1;
		of.byCode[code] = (of.byCode[code] ?? 0) + 1;
		if (place === 'waiting') {
			of.waiting += 1;
			if (now - arrived > (targetMinutes[code] ?? Number.POSITIVE_INFINITY) * 60_000) of.overTarget += 1;
		} else if (place === 'treatment') of.inTreatment += 1;
		else of[place] += 1;
	}
	return sites;
}

/** TB: 12 % of the 150 is there at 18:00 on 4 July; each of the thirty comes on evenly, the first ends after 48 h, then one every 14.5 h. */
export function movedByHand(minutes: number): number {
	const reports = [14, 9, 8, 7.5, 7, 6.5, 6, 6, 5.5, 5.5];
	const records = [5, 5, 5, 4.5, 4.5, 4.5, 4, 4, 4, 3.5];
	const bookings = [3.5, 3.5, 3.5, 3, 3, 3, 3, 2.5, 2.5, 3.5];
	let sum = 0;
	for (let body = 0; body < 10; body += 1) {
		for (const [of, tb] of [reports[body], records[body], bookings[body]].entries()) {
			const end = 48 * 60 + (3 * body + of) * 14.5 * 60;
			sum += (tb ?? 0) * (0.12 + 0.88 * Math.min(1, minutes / end));
		}
	}
	return sum;
}

/** 70,000 a day, from 07:00 to 19:00. */
export const bookingsByHand = (hourOfDay: number): number => Math.round((70_000 * Math.min(12, Math.max(0, hourOfDay - 7))) / 12);
