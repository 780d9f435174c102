// The senders of a plan, ready to be asked: whose message is it, which emergency room is a location, what does a code mean. Reads no message.
import { BlockList, isIP } from 'node:net';
import type { TriageCode } from '../../shared/er.ts';
import type { ErArea } from '../domain/er-event.ts';
import { type Disposition, outcomeMeanings, parseCodedPath, triageMeanings } from './hl7-codes.ts';
import type { CodedPath } from './hl7-message.ts';
import { type MllpSettings, mllpSettings } from './mllp.connector.ts';
import { hostAs } from './targets.ts';

export type Place = { readonly site: string; readonly area: ErArea | null };

export type Sender = {
	readonly source: string;
	readonly application: string | null;
	readonly facility: string | null;
	/** The one that is meant where a location doesn't say. */
	readonly site: string | null;
	readonly sites: readonly string[];
	readonly hasLocations: boolean;
	readonly zone: string;
	readonly charset: string;
	readonly triage: readonly CodedPath[];
	readonly triageCodes: ReadonlyMap<string, TriageCode>;
	readonly outcomes: ReadonlyMap<string, Disposition>;
	/** What the map says of a PV1-3; null where it is not in it. */
	placeOf(location: readonly string[]): Place | null;
	permits(address: string): boolean;
};

export type Senders = {
	/** Whose message it is, by MSH-3.1 and MSH-4.1; null where the plan has nobody of that name. */
	find(application: string | null, facility: string | null): Sender | null;
	/** Whether anybody may speak from there. */
	permits(address: string): boolean;
	readonly all: readonly Sender[];
};

const known = (one: string | undefined): one is string => one !== undefined;

/** `settings` by source, as the plan has them. */
export function openSenders(settings: Readonly<Record<string, unknown>>): Senders {
	const all = Object.entries(settings).map(([source, one]) => senderOf(source, mllpSettings.parse(one)));
	/** Who names both is asked before who names one; the place is asked before the program, which many places share. */
	const ranked = all.toSorted((a, b) => rankOf(b) - rankOf(a));
	return {
		find: (application, facility) => ranked.find((one) => fits(one.application, application) && fits(one.facility, facility)) ?? null,
		permits: (address) => all.some((one) => one.permits(address)),
		all,
	};
}

const rankOf = ({ application, facility }: Pick<Sender, 'application' | 'facility'>): number =>
	(facility === null ? 0 : 2) + (application === null ? 0 : 1);
const fits = (named: string | null, said: string | null): boolean => named === null || named === said;

function senderOf(source: string, settings: MllpSettings): Sender {
	const { application = null, facility = null, site = null, locations, zone, charset, triage, triageCodes, outcomes, addresses } = settings;
	const places = Object.entries(locations).flatMap(([at, one]) => {
		const where = one.site ?? site;
		return where === null ? [] : [{ parts: at.split('^').map(plain), place: { site: where, area: one.area ?? null } }];
	});
	const named = (parts: readonly string[]): number => parts.filter((part) => part !== '').length;
	places.sort((a, b) => named(b.parts) - named(a.parts) || b.parts.join('^').length - a.parts.join('^').length);
	const networks = networksOf(addresses ?? []);
	return {
		source,
		application,
		facility,
		site,
		sites: [...new Set([site ?? undefined, ...places.map(({ place }) => place.site)].filter(known))],
		hasLocations: places.length > 0,
		zone,
		charset,
		triage: triage.map(parseCodedPath).filter((one) => one !== null),
		triageCodes: triageMeanings(triageCodes),
		outcomes: outcomeMeanings(outcomes),
		placeOf(location) {
			const said = location.map(plain);
			return places.find(({ parts }) => parts.every((part, index) => part === '' || part === said[index]))?.place ?? null;
		},
		permits(address) {
			const host = hostAs(address);
			return addresses === undefined || (isIP(host) !== 0 && networks.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6'));
		},
	};
}

const plain = (text: string): string => text.trim().toUpperCase();

function networksOf(addresses: readonly string[]): BlockList {
	const networks = new BlockList();
	for (const one of addresses) {
		const [network = '', bits] = one.split('/');
		const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
		if (bits === undefined) networks.addAddress(network, family);
		else networks.addSubnet(network, Number(bits), family);
	}
	return networks;
}

export type Ambiguous = { readonly source: string; readonly like: string };

/** Sources that name the same sender: a message would be either's. Settings that cannot be read are another check's. */
export function ambiguousSenders(settings: Readonly<Record<string, unknown>>): readonly Ambiguous[] {
	const first = new Map<string, string>();
	const found: Ambiguous[] = [];
	for (const [source, one] of Object.entries(settings)) {
		const read = mllpSettings.safeParse(one ?? {});
		if (!read.success) continue;
		const name = JSON.stringify([read.data.application ?? null, read.data.facility ?? null]);
		const like = first.get(name);
		if (like === undefined) first.set(name, source);
		else found.push({ source, like });
	}
	return found;
}
