// Failures: joins what is folded of facilities, of who depends on what, of flows, alarms, incidents and channels. Folds nothing itself.
import type { BreakdownFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import { measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import type { Series } from '../domain/series.ts';
import { type AlarmCells, applyAlarmMark, applyAlarms, emptyAlarms, planAlarms, showAlarms } from './alarms.projection.ts';
import type { SampleContext } from './archives.projection.ts';
import { applyChannelEntry, applyChannelMark, type ChannelCells, planChannels, showChannel } from './channels.projection.ts';
import {
	applyDependantSample,
	applyNetworkSample,
	type DependantCells,
	type NetworkCells,
	planDependants,
	planNetworks,
	showDependant,
	showNetwork,
} from './dependants.projection.ts';
import { applyFacilitySample, type FacilityCells, planFacilities, showFacility } from './facilities.projection.ts';
import { applyFlowSample, type FlowCells, planFlows, showFlow } from './flows.projection.ts';
import {
	applyIncidentAlarms,
	applyIncidentMark,
	applyStatement,
	emptyIncidents,
	type IncidentCells,
	planIncidents,
	showIncidents,
} from './incidents.projection.ts';
import { showAll } from './show-all.ts';

export type BreakdownCells = {
	facilities: FacilityCells;
	networks: NetworkCells;
	dependants: DependantCells;
	flows: FlowCells;
	alarms: AlarmCells;
	incidents: IncidentCells;
	channels: ChannelCells;
};

export const emptyBreakdownCells = (): BreakdownCells => ({
	facilities: {},
	networks: {},
	dependants: {},
	flows: {},
	alarms: emptyAlarms(),
	incidents: emptyIncidents(),
	channels: {},
});

export function planBreakdown(cells: BreakdownCells, plan: Plan, rehearsal: boolean): void {
	planFacilities(cells.facilities, plan);
	planNetworks(cells.networks, plan);
	planDependants(cells.dependants, plan);
	planFlows(cells.flows, plan);
	planAlarms(cells.alarms, plan);
	planChannels(cells.channels, plan, rehearsal);
	planIncidents(cells.incidents, plan);
}

/** `id`: of the sample's subject. */
export function applyBreakdownSample(cells: BreakdownCells, id: string, sample: Sample, context: SampleContext): void {
	const { facilities, networks, dependants, flows } = cells;
	switch (measureOf(sample.measure).kind) {
		case 'facility':
			if (facilities[id]) applyFacilitySample(facilities[id], sample, context);
			break;
		case 'network':
			if (networks[id]) applyNetworkSample(networks[id], sample, context);
			break;
		case 'dependant':
			if (dependants[id]) applyDependantSample(dependants[id], sample, context);
			break;
		case 'flow':
			if (flows[id]) applyFlowSample(flows[id], sample, context);
			break;
		default:
	}
}

export function applyBreakdownMark(cells: BreakdownCells, entry: Entry & MarkDraft, series: Series): void {
	applyAlarmMark(cells.alarms, entry);
	applyIncidentMark(cells.incidents, entry, series, showAlarms(cells.alarms));
	applyChannelMark(cells.channels, entry);
}

export type BreakdownEntry = Entry & Extract<AutoDraft, { what: 'alarms' | 'statement' | 'notices' | 'delivered' | 'channel' }>;
export function applyBreakdownEntry(cells: BreakdownCells, entry: BreakdownEntry): void {
	const { seq, seen } = entry;
	if (entry.what === 'alarms') {
		applyAlarms(cells.alarms, entry, seq, seen);
		applyIncidentAlarms(cells.incidents, entry, seq, seen);
	} else if (entry.what === 'statement') applyStatement(cells.incidents, entry, seq, seen);
	else applyChannelEntry(cells.channels, entry, seq, seen);
}

export const showBreakdown = (cells: BreakdownCells): Omit<BreakdownFacts, 'canaries'> => ({
	facilities: showAll(cells.facilities, showFacility),
	networks: showAll(cells.networks, showNetwork),
	dependants: showAll(cells.dependants, showDependant),
	flows: showAll(cells.flows, showFlow),
	alarms: showAlarms(cells.alarms),
	...showIncidents(cells.incidents),
	channels: showAll(cells.channels, showChannel),
});
