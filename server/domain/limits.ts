// How much anybody may ask: every bound on requests, connections and events, in one table. Data only; those who keep a bound read it here.
// Who shows a valid token is bounded by that token, with room for a whole night's sources behind one address; who shows none, by address.

/** A bucket: `burst` at once, then `perSecond`. */
export type Rate = { readonly perSecond: number; readonly burst: number };

export type Limits = {
	readonly headerBytes: number;
	readonly headers: number;
	/** All headers, and the whole request, from its first byte. */
	readonly headersWithinMs: number;
	readonly requestWithinMs: number;
	readonly keepAliveMs: number;
	/** Open connections in all; and of an address, those that have not shown a valid token. */
	readonly connections: number;
	readonly unprovenAnAddress: number;
	/** Requests and handshakes refused for want of a valid token, an address. */
	readonly refusals: Rate;
	/** New connections of an address that has used up half of its refusals. */
	readonly suspectConnections: Rate;
	/** Requests and handshakes of connections that have not shown a valid token, in one turn of the server. */
	readonly strangersATurn: number;
	readonly anonymousRequests: Rate;
	/** Public pages that are answered from what is kept, an address: a newsroom, or a proxy before a whole region, is one. */
	readonly publicPages: Rate;
	readonly tokenRequests: Rate;
	readonly anonymousBodyBytes: number;
	readonly anonymousBodyWithinMs: number;
	/** Levels of brackets in a JSON body. */
	readonly nesting: number;
	readonly screensAToken: number;
	/** From a stream's connection to its valid token. */
	readonly handshakeWithinMs: number;
	/** Of one screen. */
	readonly events: Rate;
	/** Packets that wait for a screen which goes on asking and does not read. */
	readonly packetsWaiting: number;
};

export const defaultLimits: Limits = {
	headerBytes: 16_384,
	headers: 100,
	headersWithinMs: 10_000,
	requestWithinMs: 30_000,
	keepAliveMs: 20_000,
	connections: 20_000,
	unprovenAnAddress: 500,
	refusals: { perSecond: 5, burst: 300 },
	suspectConnections: { perSecond: 50, burst: 100 },
	strangersATurn: 1,
	anonymousRequests: { perSecond: 500, burst: 2000 },
	publicPages: { perSecond: 5000, burst: 20_000 },
	tokenRequests: { perSecond: 10_000, burst: 20_000 },
	anonymousBodyBytes: 65_536,
	anonymousBodyWithinMs: 5000,
	nesting: 32,
	screensAToken: 1000,
	handshakeWithinMs: 5000,
	events: { perSecond: 500, burst: 1000 },
	packetsWaiting: 1000,
};
