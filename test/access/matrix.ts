// Who may do what, kept by hand: every route of the API and every event of the stream, with each caller that gets past its door.
// It imports nothing of the server, so that a permission that slips in there is seen here. A route that is not listed fails the walk.

/** Every caller of the walk. `open` is asked of an open rehearsal. */
export const callers = [
	'nobody',
	'revoked',
	'open',
	'source',
	'display-wall',
	'display-press',
	'field',
	'viewer',
	'team-lead',
	'commander',
	'er',
	'press-author',
	'press-releaser',
	'alarm-operator',
	'auditor',
	'administrator',
] as const;
export type Caller = (typeof callers)[number];

const all: readonly Caller[] = callers;
const room: readonly Caller[] = ['viewer', 'team-lead', 'commander', 'alarm-operator', 'auditor', 'administrator'];
const people: readonly Caller[] = [...room, 'er', 'press-author', 'press-releaser'];
const record: readonly Caller[] = ['open', ...room];
const administrator: readonly Caller[] = ['administrator'];
const inCharge: readonly Caller[] = ['commander', 'administrator'];
const auditing: readonly Caller[] = [...inCharge, 'auditor'];
const noting: readonly Caller[] = ['team-lead', 'commander', 'er', 'alarm-operator'];
const pressing: readonly Caller[] = ['press-author', 'press-releaser'];
const joining: readonly Caller[] = ['commander', 'alarm-operator', 'team-lead', ...pressing];
const watching: readonly Caller[] = ['open', 'display-wall', 'display-press', 'field', ...people];

export const routeMatrix: Readonly<Record<string, readonly Caller[]>> = {
	'GET /api/health': all,
	'GET /status': all,
	'GET /p/:id': all,
	'GET /p/live/:name': all,
	'GET /api/openapi.json': all,
	'GET /api/plan.schema.json': all,
	'GET /api/me': all,
	'POST /api/session': all,
	'POST /api/pairing': all,
	'POST /api/pairing/:code': all,
	'ANY /api/push/:token': all,
	'GET /auth/sign-in': all,
	'GET /auth/callback': all,
	'POST /auth/break-glass': all,
	'POST /auth/claim': all,
	'POST /auth/stay': all,
	'POST /auth/sign-out': all,
	'POST /auth/sign-out-everywhere': all,
	'GET /api/board': ['open', 'display-wall', 'display-press', ...people],
	'GET /api/series': record,
	'GET /api/journal': record,
	'GET /metrics': record,
	'POST /api/samples': ['source'],
	'POST /api/er/fhir': ['source'],
	'POST /api/prometheus/write': ['source'],
	'POST /api/alertmanager': ['source'],
	'POST /api/v1/endpoints/:key/external': ['source'],
	'POST /api/er/:site/count': ['source', 'field', 'er', 'commander'],
	'GET /api/er/:site': ['field', 'er', 'commander'],
	'POST /api/marks': [...noting, ...pressing, 'administrator'],
	'GET /api/press': [...pressing, 'commander'],
	'GET /api/press/figures': [...pressing, 'commander'],
	'GET /api/press/:id': [...pressing, 'commander'],
	'GET /api/press/:id/preview': [...pressing, 'commander'],
	'GET /api/press/:id/verify': [...pressing, 'commander'],
	'POST /api/press': ['press-author'],
	'POST /api/press/:id/release': ['press-releaser'],
	'POST /api/press/:id/withdraw': ['press-releaser', 'commander'],
	'POST /api/sources/:id/exact': ['commander'],
	'POST /api/rehearsal/speed': inCharge,
	'POST /api/pairing/:code/confirm': inCharge,
	'GET /api/audit': auditing,
	'GET /api/audit.ndjson': auditing,
	'GET /api/tokens': administrator,
	'POST /api/tokens': administrator,
	'POST /api/tokens/:id/rotate': administrator,
	'POST /api/tokens/:id/revoke': administrator,
	'POST /api/links': administrator,
	'POST /api/arm': [...noting, 'press-releaser', 'administrator'],
};

/** A team lead's duty, what it asks for, and whether it may: the things of its own team, and no other's. */
export const ownMatrix: readonly (readonly [teams: readonly string[], path: string, body: object | null, may: boolean])[] = [
	[['casa'], '/api/sources/s0/exact', null, true],
	[['casa'], '/api/sources/s1/exact', null, false],
	[['casa', 'fornitore'], '/api/sources/s1/exact', null, true],
	[[], '/api/sources/s0/exact', null, false],
	[['casa'], '/api/sources/s2/exact', null, false],
	[['casa'], '/api/marks', { kind: 'service', service: 'pronto-soccorso', state: 'stopped' }, true],
	[['casa'], '/api/marks', { kind: 'service', service: 'cartella', state: 'stopped' }, false],
	[['fornitore'], '/api/marks', { kind: 'service', service: 'pronto-soccorso', state: 'stopped' }, false],
	[['casa', 'fornitore'], '/api/marks', { kind: 'phase', phase: 'copia', state: 'reached' }, false],
	[['casa'], '/api/marks', { kind: 'note', text: 'prova', subject: 'service/pronto-soccorso' }, true],
	[['casa'], '/api/marks', { kind: 'vote', gate: 'varco', position: 'casa', vote: 'hold' }, true],
	[['casa'], '/api/arm', { mark: { kind: 'vote', gate: 'varco', position: 'casa', vote: 'hold' } }, true],
	[['casa'], '/api/marks', { kind: 'vote', gate: 'varco', position: 'fornitore', vote: 'hold' }, false],
	[['casa'], '/api/arm', { mark: { kind: 'vote', gate: 'varco', position: 'fornitore', vote: 'hold' } }, false],
	[['fornitore'], '/api/marks', { kind: 'vote', gate: 'varco', position: 'casa', vote: 'hold' }, false],
	[['casa', 'fornitore'], '/api/marks', { kind: 'vote', gate: 'varco', position: 'fornitore', vote: 'hold' }, true],
	[[], '/api/marks', { kind: 'vote', gate: 'varco', position: 'casa', vote: 'hold' }, false],
	[['casa', 'fornitore'], '/api/marks', { kind: 'vote', gate: 'varco', position: 'comando', vote: 'hold' }, false],
	[[], '/api/marks', { kind: 'vote', gate: 'varco', position: 'capi', vote: 'hold' }, true],
	[['casa'], '/api/marks', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'acknowledge' }, true],
	[['fornitore'], '/api/marks', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'acknowledge' }, false],
	[[], '/api/marks', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'shelve', until: '2025-10-21T20:00:00+02:00', reason: 'prova' }, false],
	[['casa', 'fornitore'], '/api/marks', { kind: 'incident', incident: 'guasto', act: 'status', status: 'closed' }, false],
	[[], '/api/marks', { kind: 'incident', incident: 'guasto', act: 'note', text: 'prova' }, true],
	[['casa'], '/api/arm', { mark: { kind: 'clock', incident: 'guasto', law: 'gdpr', act: 'start', awareAt: '2025-10-21T20:00:00+02:00' } }, false],
];

/**
 * Marks about failures, whole and about what stands: which roles' are not turned away at the door. What then stands in the way of one
 * (it is so already, it is not armed) is another matter.
 */
export const markMatrix: readonly (readonly [
	name: string,
	mark: { readonly kind: string; readonly [key: string]: string },
	callers: readonly Caller[],
])[] = [
	['an alarm is acknowledged', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'acknowledge' }, ['commander', 'alarm-operator']],
	[
		'an alarm is shelved',
		{ kind: 'alarm', alarm: 'prova:archive:a0', act: 'shelve', until: '2025-10-21T20:00:00+02:00', reason: 'prova' },
		['commander', 'alarm-operator'],
	],
	['an alarm is shelved no longer', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'unshelve' }, ['commander', 'alarm-operator']],
	['an alarm is reset', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'reset' }, ['commander', 'alarm-operator']],
	['an incident is opened', { kind: 'incident', incident: 'guasto', act: 'open', title: 'Prova' }, ['commander', 'alarm-operator']],
	['an incident goes on', { kind: 'incident', incident: 'guasto', act: 'status', status: 'detected' }, ['commander', 'alarm-operator']],
	['its cause is recorded', { kind: 'incident', incident: 'guasto', act: 'cause', nature: 'failure' }, ['commander', 'alarm-operator']],
	['its lead is taken', { kind: 'incident', incident: 'guasto', act: 'role', role: 'lead' }, ['commander', 'alarm-operator']],
	[
		'its next update is promised',
		{ kind: 'incident', incident: 'guasto', act: 'next-update', due: '2025-10-21T20:00:00+02:00' },
		['commander', 'alarm-operator'],
	],
	['its technical part is taken', { kind: 'incident', incident: 'guasto', act: 'role', role: 'technical' }, joining],
	['its communication is taken', { kind: 'incident', incident: 'guasto', act: 'role', role: 'communication' }, joining],
	['a line is written on it', { kind: 'incident', incident: 'guasto', act: 'note', text: 'prova dei permessi' }, joining],
	['a sentence is recorded', { kind: 'statement', statement: 'frase', text: 'Prova', audience: 'public' }, ['commander', ...pressing]],
	['a legal clock is started', { kind: 'clock', incident: 'guasto', law: 'nis2', act: 'start', awareAt: '2025-10-21T20:00:00+02:00' }, ['commander']],
	[
		'a report is sent',
		{ kind: 'clock', incident: 'guasto', law: 'nis2', act: 'sent', step: 'early', protocol: 'P-1', at: '2025-10-21T20:00:00+02:00' },
		['commander'],
	],
	['a legal clock is waived', { kind: 'clock', incident: 'guasto', law: 'nis2', act: 'waive', reason: 'prova' }, ['commander']],
	['a sheet is drafted past its form', { kind: 'press', act: 'draft', sheet: 'foglio' }, ['press-author']],
	['a sheet is released', { kind: 'press', act: 'release', sheet: '$sheet' }, ['press-releaser']],
	['a sheet is withdrawn', { kind: 'press', act: 'withdraw', sheet: '$sheet', reason: 'prova' }, ['press-releaser', 'commander']],
	['a channel is tried', { kind: 'channel', channel: 'sala', act: 'test' }, ['alarm-operator', 'administrator']],
];

/** Who may take a place in which audience's stream. */
export const audienceMatrix: Readonly<Record<'wall' | 'desk' | 'field' | 'press', readonly Caller[]>> = {
	wall: ['open', 'display-wall', ...room],
	desk: ['open', ...room],
	field: ['open', 'field', 'er', ...room],
	press: ['open', 'display-press', 'press-author', 'press-releaser', ...room],
};

/** Events, asked by those who have a place. */
export const eventMatrix: Readonly<Record<string, readonly Caller[]>> = {
	vitals: watching,
	resume: watching,
	since: ['open', 'display-wall', 'display-press', ...people],
	mark: noting,
};

/**
 * Buttons that change something, by their action: who sees one. Seen on none of its pages, or by somebody else, it fails the walk.
 * A person's roles only: a screen without a person has no such button.
 */
export const buttonMatrix: Readonly<Record<string, readonly Caller[]>> = {
	'session.make': ['nobody', ...people],
	'session.end': people,
	'tokens.make': administrator,
	'tokens.rotate': administrator,
	'tokens.revoke': administrator,
	'pairing.confirm': inCharge,
	'marks.make': ['commander', 'team-lead'],
	'gates.vote': ['commander', 'team-lead', 'er', 'alarm-operator', 'administrator'],
	'sites.mark': ['commander', 'er'],
	'counts.make': ['commander', 'er'],
	'alarms.mark': ['commander', 'alarm-operator', 'team-lead'],
	'incidents.mark': ['commander', 'alarm-operator'],
	'incidents.join': joining,
	'statements.make': ['commander', ...pressing],
	'clocks.mark': ['commander'],
	'channels.test': ['alarm-operator', 'administrator'],
	'press.compose': ['press-author'],
	'press.release': ['press-releaser'],
	'press.withdraw': ['press-releaser', 'commander'],
};

/** Of those, who sees one only on what is their own. */
export const ownButtons: Readonly<Record<string, readonly Caller[]>> = {
	'marks.make': ['team-lead'],
	'gates.vote': ['commander', 'team-lead', 'er', 'alarm-operator', 'administrator'],
	'alarms.mark': ['team-lead'],
	'sites.mark': ['er'],
	'counts.make': ['er'],
};
