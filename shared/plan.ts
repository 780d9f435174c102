// The plan: the file that says what moves, when, who. One schema gives the type, the check and the JSON Schema.
// Knows nothing of YAML (server/plan-file.ts) nor of a connector's own settings (each connector brings its schema).
import * as z from 'zod/mini';
import { alarms, channel, dependant, facility, flow, network as networkSection, observer, status } from './plan-breakdown.ts';
import { er, site, weights } from './plan-er.ts';
import { gate, rollback, task } from './plan-night.ts';
import { press } from './plan-press.ts';
import { duration, id, instant, label, mapOf, network, size, zone } from './plan-values.ts';

const span = z.strictObject({ from: instant, to: instant });

const archive = z.strictObject({
	label,
	wave: z.optional(z.int().check(z.positive())),
	team: z.optional(id),
	service: z.optional(id),
	total: z.optional(size),
	items: z._default(z.enum(['files', 'rows', 'studies', 'records']), 'files'),
	staleAfter: z.optional(duration),
	verifiedStaleAfter: z.optional(duration),
	advanceWithin: z.prefault(duration, '5min'),
	verifiedBy: z.optional(label),
});

const service = z.strictObject({
	label,
	priority: z.int().check(z.positive()),
	team: z.optional(id),
	tolerable: z.optional(duration),
	planned: z._default(z.array(span), []),
	staleAfter: z.optional(duration),
	/** Subjects without which it fails, as facility/ced or service/anagrafe. */
	needs: z.optional(z.array(z.string().check(z.maxLength(80)))),
	/** How many a day, and the weights of its hours; only their proportions count. */
	bookings: z.optional(z.strictObject({ aDay: z.int().check(z.positive()), hours: weights(24, '24 weights, from midnight on') })),
});

const source = z.strictObject({
	kind: z.string(),
	label,
	team: z.optional(id),
	every: z.prefault(duration, '5s'),
	timeout: z.prefault(duration, '4s'),
	staleAfter: z.prefault(duration, '60s'),
	moveWithin: z.prefault(duration, '2min'),
	advanceWithin: z.prefault(duration, '5min'),
	canary: z.optional(id),
	settings: z.optional(z.record(z.string(), z.unknown())),
});

const display = z.strictObject({
	label,
	audience: z.enum(['wall', 'desk', 'field', 'press']),
	diagonalInches: z.number().check(z.positive()),
	resolution: z.string().check(z.regex(/^\d{3,5}x\d{3,5}$/, 'a resolution, as 3840x2160')),
	distanceMetres: z.number().check(z.positive()),
});

const role = z.enum(['viewer', 'team-lead', 'commander', 'er', 'press-author', 'press-releaser', 'alarm-operator', 'auditor', 'administrator']);
const environmentName = z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,80}$/, 'the name of an environment variable, as OIDC_SECRET'));
const address = z.url({ protocol: /^https?$/, error: 'an address, as https://login.example.it/realms/asl' });

/** Who comes in, and as what. Deny by default: who is in no group listed here has no role. */
const access = z.strictObject({
	oidc: z.optional(
		z.strictObject({
			issuer: address,
			clientId: z.string().check(z.minLength(1)),
			clientSecretFrom: z.optional(environmentName),
			/** Under which address people reach Regia; where the provider sends them back to. */
			publicUrl: address,
			scopes: z._default(z.string(), 'openid profile groups'),
			groupsClaim: z._default(z.string(), 'groups'),
		}),
	),
	groups: z._default(
		z.array(z.strictObject({ group: z.string().check(z.minLength(1)), role, teams: z.optional(z.array(id)), site: z.optional(id) })),
		[],
	),
	/** Local accounts for the night when the provider is down; off unless the plan says. */
	breakGlass: z._default(z.boolean(), false),
	sessions: z.prefault(z.strictObject({ idle: z.prefault(duration, '30min'), absolute: z.prefault(duration, '12h') }), {}),
	/** Hosts and networks that probes and connectors may ask, as 10.0.0.0/8 or *.example.it; loopback and link-local only where listed. Empty: the plan's own targets are not limited. */
	targets: z._default(z.array(z.string().check(z.minLength(1))), []),
	/** Proxies whose word on their clients' addresses counts; nobody's where none is listed. */
	trustedProxies: z._default(z.array(network), []),
	/** Listen beyond loopback before anybody has claimed this Regia. */
	unclaimed: z._default(z.enum(['loopback', 'anywhere']), 'loopback'),
	timestampAuthority: z.optional(address),
	timestampEvery: z.prefault(duration, '1h'),
});

/** `callEvery`: a team that has not reported for this long is to be called. */
const team = z.strictObject({ label, kind: z._default(z.enum(['vendor', 'house']), 'vendor'), callEvery: z.optional(duration) });

const fileName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.json$/, 'the name of a .json file beside the plan'));
const named = z.strictObject({ label });

export const planSchema = z.strictObject({
	programme: z.strictObject({ id, name: label }),
	cutover: z.strictObject({
		id,
		name: label,
		zone: z._default(zone, 'Europe/Rome'),
		window: z.strictObject({ start: instant, end: instant }),
		phases: z._default(z.array(z.strictObject({ id, label, at: instant })), []),
		rollback: z.optional(rollback),
		/** A past night's curve (npm run plan -- curve), in the plan's own folder; laid under this one at the same T+. */
		rehearsal: z.optional(z.strictObject({ curve: fileName })),
	}),
	teams: z._default(mapOf(team), {}),
	archives: z._default(mapOf(archive), {}),
	services: z._default(mapOf(service), {}),
	sites: z._default(mapOf(site), {}),
	er: z.prefault(er, {}),
	facilities: z._default(mapOf(facility), {}),
	networks: z._default(mapOf(networkSection), {}),
	dependants: z._default(mapOf(dependant), {}),
	flows: z._default(mapOf(flow), {}),
	bodies: z._default(mapOf(named), {}),
	tasks: z._default(mapOf(task), {}),
	gates: z._default(mapOf(gate), {}),
	alarms: z.prefault(alarms, {}),
	/** Ways in which alarms leave the room. */
	channels: z._default(mapOf(channel), {}),
	observer: z.prefault(observer, {}),
	status: z.optional(status),
	press: z.optional(press),
	sources: z._default(mapOf(source), {}),
	displays: z._default(mapOf(display), {}),
	access: z.prefault(access, {}),
});

/** A plan as read: durations in ms, sizes in bytes, instants in ms UTC. */
export type Plan = z.infer<typeof planSchema>;

/** A plan that was accepted before these sections were known has none of them. */
const laterSections = {
	tasks: {},
	gates: {},
	er: {},
	networks: {},
	dependants: {},
	flows: {},
	alarms: { rules: {}, builtIn: {}, flood: { from: 10, to: 5, within: 600_000 }, escalateAfter: 600_000 },
	channels: {},
	observer: { canaries: [] },
} as const satisfies Partial<Plan>;

/** A plan as the record holds it, brought up to date: what it could not yet say is empty. */
export const withLaterSections = (plan: Plan): Plan => ({ ...laterSections, ...plan });

export type PlanSource = Plan['sources'][string];

/** A connector's settings: a schema for its part of the plan, brought by the connector's own file. */
export type SettingsSchema = z.ZodMiniType;

/** A mistake in a plan, before it is given a file and a line. `path` leads to the place; `remedy` says what would be right. */
export type PlanMistake = { readonly path: readonly (string | number)[]; readonly remedy: string };

/** JSON Schema (2020-12) of the plan file with the settings of each connector kind, for editors. */
export function planJsonSchema(settings: Readonly<Record<string, SettingsSchema>>): Record<string, unknown> {
	const schema = z.toJSONSchema(planSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
	const kinds = Object.entries(settings).map(([kind, one]) => ({
		if: { properties: { kind: { const: kind } } },
		// biome-ignore lint/suspicious/noThenProperty: "then" is JSON Schema's own keyword
		then: { properties: { settings: z.toJSONSchema(one, { io: 'input', unrepresentable: 'any' }) } },
	}));
	const sources = (schema.properties as Record<string, { additionalProperties?: Record<string, unknown> }>).sources;
	if (sources?.additionalProperties) {
		sources.additionalProperties.allOf = kinds;
		const kind = (sources.additionalProperties.properties as Record<string, Record<string, unknown>>).kind;
		if (kind) kind.enum = Object.keys(settings);
	}
	return { ...schema, title: 'Regia plan' };
}
