// Prometheus text of Regia itself and of every current measure. The only importer of prom-client.
import { Gauge, Registry } from 'prom-client';
import type { Board, Figure } from '../../shared/board.ts';
import type { SiteFigure } from '../../shared/board-er.ts';
import { triageCodes } from '../../shared/er.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import { ageOf } from '../../shared/freshness.ts';
import { judge } from '../../shared/judge.ts';
import { type MeasureName, measureOf, measures } from '../../shared/measures.ts';
import { standings } from '../../shared/standing.ts';
import type { Parts } from './route.ts';

type Inputs = Pick<Parts, 'board' | 'clock' | 'journal' | 'clients'> & {
	/** What the port for HL7 messages has seen so far, by words of its own; null where there is none. */
	readonly hl7: () => Readonly<Record<string, number>> | null;
};

const metricName = (measure: string): string => `regia_${measure.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

/** A value that is blind or was never reported has no sample: Prometheus then shows a gap, and the age says why. */
export function createMetrics({ board, clock, journal, clients, hl7 }: Inputs): () => Promise<string> {
	const registry = new Registry();
	const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name, help, labelNames, registers: [registry] });
	const head = gauge('regia_journal_seq', 'Newest entry on the board');
	const writes = gauge('regia_journal_writes', '1 while the journal can be written');
	const screens = gauge('regia_stream_clients', 'Connected screens');
	const age = gauge('regia_measure_age_seconds', 'Age of the newest value of a series', ['subject', 'measure']);
	const standing = gauge('regia_standing', '1 for the standing that a subject has now', ['subject', 'standing']);
	const refused = gauge('regia_refused_rows', 'Rows refused so far', ['source', 'code']);
	const port = gauge('regia_mllp', 'HL7 port: connections now; peers and messages that it noticed so far', ['what']);
	const values = new Map(Object.keys(measures).map((name) => [name, gauge(metricName(name), measureOf(name as MeasureName).en, ['subject'])]));

	return async () => {
		registry.resetMetrics();
		const { position, board: facts } = board();
		const { now } = clock();
		head.set(position.seq);
		writes.set(journal().writes ? 1 : 0);
		screens.set(clients());
		for (const [what, count] of Object.entries(hl7() ?? {})) port.set({ what }, count);
		for (const [subject, measure, figure] of figuresOf(facts)) {
			age.set({ subject, measure }, ageOf({ at: figure[1], seen: figure[2] }, now) / 1000);
			if (figure[0] !== null && figure[3] === undefined) values.get(measure)?.set({ subject }, figure[0]);
		}
		const judged = judge(facts, now);
		for (const [id, site] of Object.entries(judged.er?.sites ?? {})) {
			const subject = `site/${id}`;
			for (const [name, value] of loadOf(site)) {
				if (value !== null) values.get(`site.${name}`)?.set({ subject }, value);
				if (name === 'present' && site.ageMs !== null) age.set({ subject, measure: 'site.present' }, site.ageMs / 1000);
			}
		}
		for (const [kind, all] of Object.entries({
			archive: judged.archives,
			service: judged.services,
			source: judged.sources,
			site: judged.er?.sites ?? {},
			facility: judged.breakdown?.facilities ?? {},
			network: judged.breakdown?.networks ?? {},
			dependant: judged.breakdown?.dependants ?? {},
			flow: judged.breakdown?.flows ?? {},
		})) {
			for (const [id, one] of Object.entries(all)) {
				for (const name of standings) standing.set({ subject: `${kind}/${id}`, standing: name }, one.standing === name ? 1 : 0);
			}
		}
		for (const [source, one] of Object.entries(facts.sources)) {
			for (const [code, count] of Object.entries(one.refused)) refused.set({ source, code }, count ?? 0);
		}
		return registry.metrics();
	};
}

/** A site's load is counted from messages or by hand, and has no series: it is what the board shows, and nothing while it is blind. */
function loadOf(site: SiteNow): [name: SiteFigure, value: number | null][] {
	const codes = triageCodes.map((code) => (code === 'none' ? 'None' : code));
	return [
		['present', site.present],
		...codes.map((code, i) => [`present${code}`, site.byCode?.[triageCodes[i] ?? 'none'] ?? null] as [SiteFigure, number | null]),
		['waiting', site.waiting],
		...codes.map((code, i) => [`waiting${code}`, site.waitingByCode?.[triageCodes[i] ?? 'none'] ?? null] as [SiteFigure, number | null]),
		['treatment', site.inTreatment],
		['observation', site.observation],
		['boarding', site.boarding],
		['arrivalsLastHour', site.arrivalsLastHour],
	];
}

function* figuresOf(board: Board): Iterable<[subject: string, measure: string, figure: Figure]> {
	const { archives, services, facilities, networks, dependants, flows } = board;
	for (const [kind, all] of Object.entries({
		archive: archives,
		service: services,
		facility: facilities,
		network: networks,
		dependant: dependants,
		flow: flows,
	})) {
		for (const [id, one] of Object.entries<{ readonly figures: object }>(all)) {
			for (const [name, figure] of Object.entries(one.figures) as [string, Figure | undefined][])
				if (figure) yield [`${kind}/${id}`, `${kind}.${name}`, figure];
		}
	}
	for (const [id, { estateMoved }] of Object.entries(board.bodies)) if (estateMoved) yield [`body/${id}`, 'body.estateMoved', estateMoved];
	for (const [id, { figures }] of Object.entries(board.sites)) {
		for (const name of ['respirators', 'physicians'] as const) {
			const figure = figures[name];
			if (figure) yield [`site/${id}`, `site.${name}`, figure];
		}
	}
}
