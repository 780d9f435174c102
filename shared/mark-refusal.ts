// Why a mark is not taken: it would say what cannot be, or what is not its maker's to say. Both ends know the codes; each has its words.
export const markRefusals = [
	'unknown-subject',
	'reason-missing',
	'already',
	'not-begun',
	'not-verified',
	'not-turned',
	'gate-not-passed',
	'gate-not-go',
	'gate-closed',
	'criteria-not-met',
	'not-armed',
	'promise-past',
	'nothing-to-undo',
	'not-yours',
	'too-late',
	'overlaid',
	'count-future',
	'count-late',
	'boarding-above-present',
] as const;
export type MarkRefusalCode = (typeof markRefusals)[number];
export type MarkRefusal = { readonly ok: false; readonly code: MarkRefusalCode; readonly message: string };
