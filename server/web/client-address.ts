// Whose request it is, by address: the peer's own, or the one that the peer names where it is a proxy that the plan trusts.
// What anybody else writes into X-Forwarded-For is never looked at.
import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { addressOf, type End } from './door.ts';

export type Asked = { readonly socket: End; readonly headers: IncomingHttpHeaders };
export type ClientAddresses = {
	/** Its connections are many people's: what bounds one stranger's does not bound them. */
	isProxy(end: End): boolean;
	of(asked: Asked): string;
};

/** Proxies behind one another; what lies further left is nobody's word that counts. */
const HOPS_MOST = 10;

const kindOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** One hop as proxies write it: an address, in brackets or with a port where they add one. Null: no address. */
function hopAs(written: string): string | null {
	const text = written.trim();
	const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
	if (isIP(bare) === 0 || bare.includes('%')) return null;
	const plain = addressOf({ remoteAddress: bare.toLowerCase() });
	return isIP(plain) === 6 ? (URL.parse(`http://[${plain}]/`)?.hostname.slice(1, -1) ?? null) : plain;
}

/** `proxies`: addresses and networks, as 10.0.0.5 or 10.1.0.0/16. An empty list trusts nobody. */
export function openClientAddresses(proxies: readonly string[]): ClientAddresses {
	const trusted = new BlockList();
	for (const one of proxies) {
		const [network = '', bits] = one.split('/');
		trusted.addSubnet(network, bits === undefined ? (isIP(network) === 4 ? 32 : 128) : Number(bits), kindOf(network));
	}
	const isTrusted = (address: string): boolean => isIP(address) !== 0 && trusted.check(address, kindOf(address));
	return {
		isProxy: (end) => isTrusted(addressOf(end)),
		of({ socket, headers }) {
			let client = addressOf(socket);
			const forwarded = headers['x-forwarded-for'];
			const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').slice(-HOPS_MOST);
			while (isTrusted(client) && hops.length > 0) {
				const hop = hopAs(hops.pop() ?? '');
				// A proxy of ours writes addresses: what is none was not written by one.
				if (hop === null) break;
				client = hop;
			}
			return client;
		},
	};
}
