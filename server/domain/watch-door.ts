// Who has to wait at the door: refusals and requests by address for those who show no valid token, requests by name for those who do.
// Told who asks, from where and when; knows no wire.
import type { Limits } from './limits.ts';
import { nameOf, type Who } from './may.ts';
import { createRates } from './rate.ts';

export type DoorWatch = {
	/** Whether one more request may be looked at. */
	admits(who: Who, address: string, now: number): boolean;
	/** Whether one more request for a public page may be answered from what is kept; it takes nothing from what else one may ask. */
	admitsReader(address: string, now: number): boolean;
	/** Somebody without a valid token was refused. */
	refused(address: string, now: number): void;
	/** No refusal is left: what needs a token, and shows none that is valid, is not looked at. */
	isShut(address: string, now: number): boolean;
	/** Whether an address may open one more connection; only one that was refused often has to wait. */
	connects(address: string, now: number): boolean;
};

export function watchDoor(limits: Limits): DoorWatch {
	const refusals = createRates(limits.refusals);
	const anonymous = createRates(limits.anonymousRequests);
	const readers = createRates(limits.publicPages);
	const named = createRates(limits.tokenRequests);
	const connections = createRates(limits.suspectConnections);
	return {
		admits: (who, address, now) => (who.kind === 'nobody' || who.kind === 'open' ? anonymous.take(address, now) : named.take(nameOf(who), now)),
		admitsReader: (address, now) => readers.take(address, now),
		refused(address, now) {
			refusals.take(address, now);
		},
		isShut: (address, now) => refusals.left(address, now) < 1,
		connects: (address, now) => refusals.left(address, now) > limits.refusals.burst / 2 || connections.take(address, now),
	};
}
