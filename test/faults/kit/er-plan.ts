// A plan of a few emergency rooms that speak HL7, for the fault tests, and what they say. Every figure and person in it is invented.

/** Sites `ps0`…, each with a source `adt0`… of its own, told apart by MSH-4. */
export const erPlan = (sites: number): string => {
	const listed = (row: (n: number) => string): string => Array.from({ length: sites }, (_, n) => row(n)).join('\n');
	return `programme: { id: guasti-ps, name: Prova dei guasti in Pronto Soccorso }
cutover: { id: notte, name: Notte dei guasti, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
sites:
${listed((n) => `  ps${n}: { label: Pronto Soccorso ${n}, spaces: 20, fillsWithin: 0s }`)}
sources:
${listed((n) => `  adt${n}: { kind: mllp, label: ADT ${n}, settings: { application: WARD, facility: ps${n}, site: ps${n} } }`)}
`;
};

const momentOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;

export type Said = { readonly trigger: 'A04' | 'A03'; readonly facility: string; readonly visit: string; readonly at: number };

export function adtOf({ trigger, facility, visit, at }: Said): Buffer {
	const moment = momentOf(at);
	const lines = [
		`MSH|^~\\&|WARD|${facility}|REGIA|SALA|${moment}||ADT^${trigger}|${trigger}-${visit}|P|2.5`,
		`EVN|${trigger}|${moment}||||${moment}`,
		`PID|1||${visit}-P^^^HOSP^MR||Inventato^Paziente||19700101|F`,
		`PV1|1|E|||||||||||||||||${visit}`,
	];
	return Buffer.from(`\x0b${lines.join('\r')}\r\x1c\r`);
}
