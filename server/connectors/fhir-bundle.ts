// What a FHIR server or sender hands over: one Encounter, or a Bundle of them. Knows R4's envelopes and no visit.
import { listOf, parseTree, type Tree, textIn, treeOf, valueIn } from './json-tree.ts';

export type Page = { readonly resources: readonly unknown[]; readonly next: string | null };

const isMatch = (entry: unknown): boolean => (textIn(entry, 'search', 'mode') ?? 'match') === 'match';

/** A page of an answer to a search; null where it is none. What came along with the matches is left out. */
export function readPage(text: string): Page | null {
	const bundle = treeOf(parseTree(text));
	if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'searchset') return null;
	const next = listOf(bundle.link).find((one) => textIn(one, 'relation') === 'next');
	const resources = listOf(bundle.entry)
		.filter(isMatch)
		.map((one) => valueIn(one, 'resource'));
	return { resources, next: textIn(next, 'url') ?? null };
}

export type Notice = {
	/** Nothing happened: the sender says that it is there. */
	readonly isBeat: boolean;
	/** The subscription's events since its start, where it counts them. */
	readonly events: number | null;
	/** How many of them it tells of. */
	readonly among: number;
};
export type Pushed =
	| { readonly ok: true; readonly resources: readonly { readonly index: number; readonly resource: unknown }[]; readonly notice: Notice | null }
	| { readonly ok: false; readonly message: string };

const envelopes: ReadonlySet<unknown> = new Set([
	'batch',
	'transaction',
	'collection',
	'message',
	'searchset',
	'history',
	'subscription-notification',
]);
export const MOST_RESOURCES = 2000;

const refuse = (message: string): Pushed => ({ ok: false, message });

/** Subscriptions backport (hl7.org/fhir/uv/subscriptions-backport): R4 says it in Parameters, R4B in a SubscriptionStatus. */
function noticeIn(resource: unknown): Notice | null {
	const tree = treeOf(resource);
	if (tree?.resourceType === 'SubscriptionStatus')
		return noticeOf(tree.type, tree.eventsSinceSubscriptionStart, listOf(tree.notificationEvent).length);
	if (tree?.resourceType !== 'Parameters') return null;
	const told = (name: string): Tree | undefined => treeOf(listOf(tree.parameter).find((one) => textIn(one, 'name') === name));
	const count = told('events-since-subscription-start');
	const among = listOf(tree.parameter).filter((one) => textIn(one, 'name') === 'notification-event').length;
	return noticeOf(told('type')?.valueCode, count?.valueString ?? count?.valueInteger64 ?? count?.valueUnsignedInt ?? count?.valueInteger, among);
}

function noticeOf(type: unknown, count: unknown, among: number): Notice {
	const events = /^\d{1,15}$/.test(String(count)) ? Number(count) : null;
	return { isBeat: type === 'heartbeat' || type === 'handshake' || type === 'query-status', events, among };
}

export function readPushed(text: string): Pushed {
	const tree = treeOf(parseTree(text));
	if (tree === undefined) return refuse('the body is no JSON object; send an Encounter, or a Bundle of them');
	if (tree.resourceType === 'Encounter') return { ok: true, resources: [{ index: 0, resource: tree }], notice: null };
	if (tree.resourceType !== 'Bundle') return refuse('the body must be an Encounter or a Bundle of them (resourceType)');
	if (!envelopes.has(tree.type))
		return refuse('a Bundle of type batch, transaction, collection, message, searchset, history or subscription-notification');
	const entries = listOf(tree.entry);
	if (entries.length > MOST_RESOURCES) return refuse(`at most ${MOST_RESOURCES} entries in one Bundle: send the rest in the next`);
	const notice = noticeIn(valueIn(entries[0], 'resource'));
	const resources = entries.map((entry, index) => ({ index, resource: valueIn(entry, 'resource') })).slice(notice === null ? 0 : 1);
	if (resources.length === 0 && notice === null) return refuse('there is no entry in the Bundle');
	return { ok: true, resources, notice };
}
