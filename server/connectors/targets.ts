// Which hosts and networks the plan lets its sources be looked at (access.targets). Judges what is written and, after the name lookup,
// the address itself: a name that leads elsewhere than it may is refused at the moment of connecting. Knows no connector.
import { lookup as lookupByDns } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { domainToASCII } from 'node:url';

export type Targets = {
	/** Whether a host as written may be asked: false is certain; true for a name is decided by its addresses. */
	mayBe(host: string): boolean;
	/** Whether this address may be connected to, having been asked for as `host`. */
	permits(host: string, address: string): boolean;
	/** For connections by name: gives only permitted addresses, and fails with `not-permitted` where there is none. */
	readonly lookup: LookupFunction;
};

export class NotPermitted extends Error {
	readonly code = 'REGIA_NOT_PERMITTED';
}

/** Addresses that a name may only lead to where they are listed as such: this machine, the link (cloud metadata), nobody, everybody. */
const special = new BlockList();
for (const [network, bits] of [
	['0.0.0.0', 8],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['224.0.0.0', 3],
] as const)
	special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
	['::', 128],
	['::1', 128],
	['fe80::', 10],
	['ff00::', 8],
] as const)
	special.addSubnet(network, bits, 'ipv6');

const pair = (high: string, low: string): string => {
	const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
	return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
};

/** As the machine will dial it: without brackets, zone and last dot, in one spelling; an IPv4 address inside an IPv6 one as IPv4. */
export function hostAs(written: string): string {
	const [bare = ''] = (written.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written).split('%');
	if (isIP(bare) === 6) {
		const spelt = URL.parse(`http://[${bare}]/`)?.hostname.slice(1, -1) ?? bare;
		const inside = /^(?:::ffff:|::|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(spelt);
		return inside?.[1] !== undefined && inside[2] !== undefined ? pair(inside[1], inside[2]) : spelt;
	}
	// 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to the name lookup: URL spells them so.
	const spelt = /^[\w.-]+$/.test(bare) ? (URL.parse(`http://${bare}/`)?.hostname ?? '') : '';
	return isIP(spelt) === 4 ? spelt : domainToASCII(bare.toLowerCase()).replace(/\.$/, '');
}

const NAME = /^(?:\*\.)?[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?$/;

type Listed = { readonly network: string; readonly bits: number } | { readonly name: string };

/** What an entry of the list says, or null where it says nothing that can be read. */
function readEntry(entry: string): Listed | null {
	const [text = '', bits, ...rest] = entry.trim().split('/');
	if (rest.length > 0) return null;
	const network = hostAs(text);
	const family = isIP(network);
	if (family !== 0) {
		const most = family === 4 ? 32 : 128;
		if (bits === undefined) return { network, bits: most };
		// A network is written in its own family: bits of an IPv6 spelling of IPv4 would count otherwise.
		return /^\d{1,3}$/.test(bits) && Number(bits) <= most && isIP(text) === family ? { network, bits: Number(bits) } : null;
	}
	if (bits !== undefined) return null;
	const name = text.startsWith('*.') ? `*.${hostAs(text.slice(2))}` : network;
	return NAME.test(name) && !name.includes('..') ? { name } : null;
}

/** The entries that cannot be read, by index. */
export const unreadableTargets = (list: readonly string[]): readonly number[] => list.flatMap((entry, index) => (readEntry(entry) ? [] : [index]));

const isLoopbackName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

/** An empty list limits nothing. `resolve` is the name lookup that is hooked into. */
export function openTargets(list: readonly string[], resolve: LookupFunction = lookupByDns as LookupFunction): Targets {
	const networks = new BlockList();
	const names: string[] = [];
	let hasNetworks = false;
	for (const entry of list) {
		const read = readEntry(entry);
		if (read === null) continue;
		if ('name' in read) names.push(read.name);
		else {
			hasNetworks = true;
			networks.addSubnet(read.network, read.bits, isIP(read.network) === 4 ? 'ipv4' : 'ipv6');
		}
	}
	const isFree = list.length === 0;
	const isIn = (block: BlockList, address: string): boolean => block.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
	const isListed = (name: string): boolean =>
		names.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) && name.length > one.length - 1 : one === name));

	function permits(host: string, address: string): boolean {
		if (isFree) return true;
		const target = hostAs(address);
		if (isIP(target) === 0) return false;
		if (isIn(networks, target)) return true;
		const name = hostAs(host);
		return isIP(name) === 0 && isListed(name) && (isLoopbackName(name) || !isIn(special, target));
	}

	return {
		mayBe(host) {
			const name = hostAs(host);
			return isFree || (isIP(name) !== 0 ? permits(name, name) : hasNetworks || isListed(name));
		},
		permits,
		lookup(host, options, callback) {
			resolve(host, { ...options, all: true }, (error, found) => {
				if (error) return callback(error, '');
				const all = (Array.isArray(found) ? found : []).filter((one) => permits(host, one.address));
				const [first] = all;
				if (!first) return callback(new NotPermitted('not among the targets of the plan'), '');
				if (options.all) callback(null, all);
				else callback(null, first.address, first.family);
			});
		},
	};
}

export const anyTarget = openTargets([]);
