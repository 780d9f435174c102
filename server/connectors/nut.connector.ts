// Reads the UPSes of a room from NUT's upsd: power, how long the batteries last, temperature. Of several the worst speaks for the room, and
// one that cannot be read leaves the rest in doubt. Only reads: it never logs in, so that upsd waits for nothing from it.
import * as z from 'zod/mini';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { type Line, talkTo } from './converse.ts';
import { heartbeatReadings } from './heartbeat.ts';
import { errorIn, figuresOf, takeLine, type UpsFigures, type VariableName, variableIn } from './nut-answer.ts';
import { host, id, port, secretName } from './settings.ts';

const ups = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,60}$/, "a UPS's name as ups.conf has it"));
const user = z.string().check(z.regex(/^[^\s"\\\p{Cc}]{1,100}$/u, 'a name without blanks and quotes'));

const nutSettings = z
	.strictObject({
		facility: id,
		host,
		port: z._default(port, 3493),
		/** All that feed the room. */
		ups: z.array(ups).check(z.minLength(1, 'at least one UPS'), z.maxLength(16, 'at most 16')),
		user: z.optional(user),
		passwordFrom: z.optional(secretName),
		tls: z._default(z.enum(['off', 'on'], 'off or on'), 'off'),
		/** Of the room, by a sensor at the UPS; or inside the UPS, which is warmer. */
		temperature: z._default(z.enum(['ambient', 'ups'], 'ambient or ups'), 'ambient'),
	})
	.check(
		z.refine((one) => (one.user === undefined) === (one.passwordFrom === undefined), {
			path: ['passwordFrom'],
			error: 'user and passwordFrom together, or neither',
		}),
	);
type NutSettings = z.infer<typeof nutSettings>;

const MAX_BYTES = 524_288;

/** Of several: the figure that is worst for the room. */
const worst = {
	onBattery: Math.max,
	upsRuntime: Math.min,
	upsCharge: Math.min,
	upsLoad: Math.max,
	temperature: Math.max,
	humidity: Math.max,
} as const;
type FigureName = keyof typeof worst;
const figureNames = Object.keys(worst) as readonly FigureName[];

type Told = UpsFigures | BlindCode;

async function hearUps(line: Line, name: string, inside: boolean): Promise<Told> {
	line.send(`LIST VAR ${name}\n`);
	const head = await line.hear(takeLine);
	const error = errorIn(head);
	if (error !== null) return error;
	if (head !== `BEGIN LIST VAR ${name}`) return 'bad-answer';
	const told = new Map<VariableName, string>();
	for (;;) {
		const said = await line.hear(takeLine);
		if (said === `END LIST VAR ${name}`) return figuresOf(told, inside);
		const variable = variableIn(said, name);
		if (variable === null) return errorIn(said) ?? 'bad-answer';
		if (variable !== 'other') told.set(variable.name, variable.value);
	}
}

/** Null: it is let in. */
async function signIn(line: Line, name: string, password: string): Promise<BlindCode | null> {
	for (const command of [`USERNAME ${name}`, `PASSWORD "${password.replace(/["\\]/g, '\\$&')}"`]) {
		line.send(`${command}\n`);
		const said = await line.hear(takeLine);
		if (!said.startsWith('OK')) return errorIn(said) ?? 'bad-answer';
	}
	return null;
}

/** Every UPS in turn; what they say has to be of one moment, so that a conversation that breaks tells nothing. */
async function hearAll(line: Line, mine: NutSettings, password: string | undefined): Promise<readonly Told[] | BlindCode> {
	if (mine.tls === 'on') {
		line.send('STARTTLS\n');
		const said = await line.hear(takeLine);
		if (!said.startsWith('OK')) return 'unauthorised';
		if (!(await line.secure(mine.host)).isTrusted) return 'unauthorised';
	}
	const refusal = mine.user === undefined ? null : await signIn(line, mine.user, password ?? '');
	if (refusal !== null) return refusal;
	const told: Told[] = [];
	for (const name of mine.ups) told.push(await hearUps(line, name, mine.temperature === 'ups'));
	await line.farewell('LOGOUT\n');
	return told;
}

/**
 * One that cannot be read could be worse than all others; only a battery that is known to be in use is news in any case.
 * `known`: what has been told before, and is missed now.
 */
function readingsOf(subject: string, told: readonly Told[], known: ReadonlySet<FigureName>, at: number): readonly Reading[] {
	const failed = told.find((one) => typeof one === 'string');
	return figureNames.flatMap((name): readonly Reading[] => {
		const measure = `facility.${name}`;
		const said = told.map((one) => (typeof one === 'string' ? undefined : one[name])).filter((one) => one !== undefined);
		if (said.length === 0 && (failed === undefined || !known.has(name))) return [];
		const figures = said.filter((one) => one !== null);
		const value = figures.length === 0 ? null : worst[name](...figures);
		const isSure = (failed === undefined && figures.length === said.length) || (name === 'onBattery' && value === 1);
		return isSure && value !== null ? [{ subject, measure, value, at }] : [{ subject, measure, value: null, at, why: failed ?? 'bad-answer' }];
	});
}

async function look(mine: NutSettings, known: Set<FigureName>, context: ReaderContext, signal: AbortSignal): Promise<Look> {
	const subject = subjectOf('facility', mine.facility);
	const all = (why: BlindCode): Look => ({ ok: false, why, readings: readingsOf(subject, [why], known, context.now()) });
	const password = mine.passwordFrom === undefined ? undefined : context.secret(mine.passwordFrom);
	if (mine.passwordFrom !== undefined && password === undefined) return all('unauthorised');
	if (password !== undefined && /[\r\n]/.test(password)) return all('unauthorised');
	const { host: where, port: at } = mine;
	const talked = await talkTo({ host: where, port: at, signal, targets: context.targets, maxBytes: MAX_BYTES }, (line) =>
		hearAll(line, mine, password),
	);
	if (!talked.ok) return all(blindBy(talked.cause));
	if (typeof talked.value === 'string') return all(talked.value);
	const told = talked.value;
	const [first] = told;
	if (typeof first === 'string' && told.every((one) => typeof one === 'string')) return all(first);
	for (const name of figureNames) if (told.some((one) => typeof one !== 'string' && one[name] !== undefined)) known.add(name);
	const now = context.now();
	return { ok: true, readings: [...readingsOf(subject, told, known, now), ...heartbeatReadings({ source: context.id }, true, null, now)] };
}

export const nutConnector: ConnectorKind = {
	kind: 'nut',
	polled: true,
	settings: nutSettings,
	subjects: (settings) => [subjectOf('facility', nutSettings.parse(settings).facility)],
	open(settings, context): Reader {
		const mine = nutSettings.parse(settings);
		// Every UPS has a status; what else one tells is known once it has told it.
		const known = new Set<FigureName>(['onBattery']);
		return {
			read: (signal) => look(mine, known, context, signal),
			async close() {},
		};
	},
};
