// The plan's sections about failures: facilities, networks, dependants, flows, alarms, who is told, what the public may see.
import * as z from 'zod/mini';
import { duration, id, label, mapOf } from './plan-values.ts';

const count = z.int().check(z.nonnegative());
const needs = z.optional(z.array(z.string().check(z.maxLength(80))));
const degrees = z.number().check(z.gte(-40), z.lte(150));
const clockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, as 22:00'));
const environmentName = z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,80}$/, 'the name of an environment variable, as SMTP_PASSWORD'));
const address = z.url({ protocol: /^https?$/, error: 'an address, as https://hooks.example.it/regia' });

/** `needs`: subjects without which it fails, as facility/energia. */
export const facility = z.strictObject({
	label,
	side: z.optional(z.enum(['old', 'new'])),
	needs,
	temperature: z.optional(z.strictObject({ watch: degrees, limit: degrees })),
	coolingUnits: z.optional(count),
	upsRuntime: z.optional(z.strictObject({ watch: duration, bad: duration })),
	staleAfter: z.optional(duration),
});

export const network = z.strictObject({ label, needs, staleAfter: z.optional(duration) });

export const dependant = z.strictObject({ label, count: z.optional(count), needs, operator: z.optional(label), staleAfter: z.optional(duration) });

export const flow = z.strictObject({ label, deadline: z.prefault(duration, '24h'), needs, staleAfter: z.optional(duration) });

const priority = z.literal([1, 2, 3], '1, 2 or 3');
const remedy = z.string().check(z.minLength(1, 'what to do'), z.maxLength(200, 'what to do, in at most 200 characters'));

/** An alarm of the plan's own: a measure of a subject (or of all that a pattern matches) outside its bounds. Every alarm says what is to be done. */
const alarmRule = z.strictObject({
	label,
	subject: z.string().check(z.maxLength(80)),
	measure: z.string(),
	above: z.optional(z.number()),
	below: z.optional(z.number()),
	/** How far it has to come back inside before the alarm ends. */
	deadBand: z._default(z.number().check(z.nonnegative()), 0),
	onDelay: z.prefault(duration, '0s'),
	offDelay: z.prefault(duration, '0s'),
	latches: z._default(z.boolean(), false),
	priority,
	do: remedy,
});

/** How a built-in alarm differs here; `off`: it is none. */
const builtIn = z.strictObject({
	priority: z.optional(priority),
	onDelay: z.optional(duration),
	offDelay: z.optional(duration),
	latches: z.optional(z.boolean()),
	do: z.optional(remedy),
	off: z.optional(z.boolean()),
});

export const alarms = z.strictObject({
	rules: z._default(mapOf(alarmRule), {}),
	builtIn: z._default(mapOf(builtIn), {}),
	/** A flood begins with so many new alarms `within`, and ends below `to` (EEMUA 191: 10 in 10 minutes, fewer than 5). */
	flood: z.prefault(
		z.strictObject({
			from: z._default(z.int().check(z.gte(2)), 10),
			to: z._default(z.int().check(z.gte(1)), 5),
			within: z.prefault(duration, '10min'),
		}),
		{},
	),
	/** Unacknowledged for so long, a P1 is escalated. */
	escalateAfter: z.prefault(duration, '10min'),
});

const channelBase = {
	label,
	priorities: z._default(z.array(priority), [1, 2]),
	/** Nothing but P1 leaves in these hours (in the plan's zone); the rest is told together afterwards. */
	quiet: z.optional(z.strictObject({ from: clockTime, to: clockTime })),
	/** Told only of what nobody acknowledged in time. */
	onlyEscalated: z._default(z.boolean(), false),
	/**
	 * Who was told of an end is told of a return at once, and of the next end no sooner than this after the one before: what goes to and fro
	 * stays told as lasting. What was told among others is not told again within this long.
	 */
	repeatAfter: z.prefault(duration, '30min'),
	/** A rehearsal's alarms stay in the room unless this says otherwise; they are marked PROVA. */
	inRehearsal: z._default(z.boolean(), false),
	/** Of its messages; Italian where it says nothing. */
	language: z.optional(z.enum(['it', 'en'], 'it or en')),
} as const;

const mailbox = z.string().check(z.regex(/^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,190}$/, 'a mail address, as sala@example.it'));
export const channel = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('email'),
		...channelBase,
		host: z.string().check(z.minLength(1), z.maxLength(253)),
		port: z._default(z.int().check(z.gte(1), z.lte(65_535)), 587),
		tls: z._default(z.enum(['starttls', 'always', 'never']), 'starttls'),
		user: z.optional(z.string().check(z.maxLength(190))),
		passwordFrom: z.optional(environmentName),
		from: mailbox,
		to: z.array(mailbox).check(z.minLength(1), z.maxLength(50)),
	}),
	/** Signed with HMAC-SHA256 over time and body where `secretFrom` names a key. */
	z.strictObject({ kind: z.literal('webhook'), ...channelBase, url: address, secretFrom: z.optional(environmentName) }),
	/** The address is the credential: it stands in the environment. */
	z.strictObject({ kind: z.literal('teams'), ...channelBase, urlFrom: environmentName }),
	z.strictObject({
		kind: z.literal('telegram'),
		...channelBase,
		tokenFrom: environmentName,
		chat: z.string().check(z.regex(/^(-?\d{1,20}|@[A-Za-z0-9_]{1,40})$/, 'a chat’s number, or @name')),
		api: z._default(address, 'https://api.telegram.org'),
	}),
]);

export const observer = z.strictObject({ canaries: z._default(z.array(id), []) });

/** What anybody may read at /status: nothing but what is named here, and the sentences that were said to the public. */
export const status = z.strictObject({
	title: label,
	services: z._default(z.array(id), []),
	dependants: z._default(z.array(id), []),
	contact: z.optional(label),
});
