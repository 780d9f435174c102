// The plan of a month of invented emergency rooms: each site, and a sender of HL7 for each dialect. Imports nothing of the product.
import type { SiteLoad } from './er-generator.ts';
import { type Dialect, dialects } from './er-generator-messages.ts';

const TRIAGE: Readonly<Record<Dialect['triage'], string>> = { 'PV2-25': 'PV2-25', OBX: 'OBX[3.1=11283-9]-5.1', 'PV1-4': 'PV1-4' };
const AREAS = { 'PS-ATTESA': 'waiting', 'PS-BOX': 'treatment', 'PS-OBI': 'observation', MED: 'elsewhere', CHI: 'elsewhere' } as const;

export const dialectOf = (sites: readonly SiteLoad[], site: string): Dialect =>
	dialects[sites.findIndex(({ id }) => id === site) % dialects.length] as Dialect;

export function monthPlan(sites: readonly SiteLoad[], from: number): string {
	const senders = dialects.map((dialect) => {
		const own = sites.filter(({ id }) => dialectOf(sites, id) === dialect);
		const locations = own.flatMap(({ id }) => Object.entries(AREAS).map(([care, area]) => `      "${care}^^^${id}": { site: ${id}, area: ${area} }`));
		return `  ${dialect.sender}:
    kind: mllp
    label: ${dialect.sender}
    settings:
      application: ${dialect.sender}
      triage: ["${TRIAGE[dialect.triage]}"]
      locations:
${locations.map((line) => `  ${line}`).join('\n')}`;
	});
	return `programme: { id: mese, name: Un mese di Pronto Soccorso }
cutover: { id: mese, name: Un mese, window: { start: ${new Date(from).toISOString()}, end: ${new Date(from + 3_600_000).toISOString()} } }
er: { region: Prova }
sites:
${sites.map(({ id, visitsAMonth }) => `  ${id}: { label: ${id}, spaces: 40, beds: 300, arrivalsAMonth: ${Math.round(visitsAMonth)}, staleAfter: 12h, fillsWithin: 0s }`).join('\n')}
sources:
${senders.join('\n')}
`;
}
