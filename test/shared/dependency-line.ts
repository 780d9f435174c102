// The dependency map as one line: `service/portale down@60 > facility/ced network/wan, network/wan up` is a subject, what is judged of it,
// and what it needs. `@60`: for how many seconds, by a word that is `~5` seconds old. States: up, down, planned, overdue-planned, blind, half.
import type { FacilityFacts, NetworkFacts } from '../../shared/board-breakdown.ts';
import type { NetworkNow } from '../../shared/breakdown-now.ts';
import type { Judged } from '../../shared/judge-impact.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';

export const LINE_NOW = Date.UTC(2021, 7, 16, 10);

type Told = { readonly subject: string; readonly state: string; readonly forS: number; readonly ageS: number; readonly needs: readonly string[] };
const shape = /^(\S+)(?: ([a-z-]+)(?:@(\d+))?(?:~(\d+))?)?(?: > (.+))?$/;

export const subjectsOfLine = (line: string): Told[] =>
	line
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part) => {
			const found = shape.exec(part);
			if (found === null) throw new Error(`"${part}" is nothing on a map`);
			const [, subject = '', state = 'none', forS = '0', ageS = '5', needs = ''] = found;
			return { subject, state, forS: Number(forS), ageS: Number(ageS), needs: needs.split(' ').filter((need) => need !== '') };
		});

const stands: Readonly<Record<string, Pick<ServiceNow, 'up' | 'standing' | 'reason'>>> = {
	up: { up: true, standing: 'good', reason: null },
	down: { up: false, standing: 'bad', reason: 'down' },
	planned: { up: false, standing: 'good', reason: 'down-planned' },
	'overdue-planned': { up: false, standing: 'watch', reason: 'beyond-tolerable' },
	blind: { up: null, standing: 'blind', reason: 'silent' },
	/** One side answers, and nobody sees the other. */
	half: { up: true, standing: 'blind', reason: 'silent' },
};

/** What the judges of services and networks would say; only what those who need them look at. */
export function neededUp(line: string): Judged {
	const services: Record<string, ServiceNow> = {};
	const networks: Record<string, NetworkNow> = {};
	for (const { subject, state, forS, ageS } of subjectsOfLine(line)) {
		const [kind = '', id = ''] = subject.split('/');
		const stand = stands[state];
		if (stand === undefined) continue;
		const told = { ...stand, since: stand.up === null ? null : LINE_NOW - forS * 1000, ageMs: ageS * 1000 };
		if (kind === 'service') services[id] = told as ServiceNow;
		if (kind === 'network') networks[id] = { label: id, ...told };
	}
	return { services, networks };
}

/** The facts that the map is walked over. */
export function mapOfLine(line: string) {
	const sections = { service: {}, facility: {}, network: {} } as Record<string, Record<string, { needs: readonly string[] }>>;
	for (const { subject, needs } of subjectsOfLine(line)) {
		const [kind = '', id = ''] = subject.split('/');
		const section = sections[kind];
		if (section) section[id] = { needs };
	}
	return {
		services: sections.service as never,
		facilities: sections.facility as unknown as Record<string, FacilityFacts>,
		networks: sections.network as unknown as Record<string, NetworkFacts>,
	};
}
