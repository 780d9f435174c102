// Flags and environment → Config. Refuses to start listing every mistake at once; knows nothing of what the values are for.
import { parseArgs } from 'node:util';

export type Config = {
	readonly plan: string | null;
	readonly data: string | null;
	readonly port: number;
	readonly host: string;
	readonly rehearse: string | null;
	readonly speed: number;
	readonly open: boolean;
	readonly rhythmMs: number;
	readonly seed: number;
	readonly recheckMs: number;
	/** Certificate and key as files; null: plain http. */
	readonly tls: FilePair | null;
	/** Where hospitals' messages are listened for, if the plan has a source of them. Port null: the usual one, in a rehearsal a free one. */
	readonly mllp: { readonly port: number | null; readonly host: string; readonly tls: FilePair | null };
};

type FilePair = { readonly cert: string; readonly key: string };

type Flag = { readonly value: string | null; readonly text: string };

const flags: Readonly<Record<string, Flag>> = {
	plan: { value: 'FILE', text: 'the plan to follow; without one, the San Martino rehearsal runs, marked PROVA' },
	data: { value: 'DIR', text: 'the folder of the journal and tokens (.regia/data; a rehearsal without it starts afresh each time)' },
	port: { value: 'N', text: 'where to listen (4600; 0 picks a free one)' },
	host: { value: 'ADDR', text: 'the address to listen on (127.0.0.1)' },
	'tls-cert': { value: 'FILE', text: 'serve https with this certificate (PEM, with its chain); read again when it changes' },
	'tls-key': { value: 'FILE', text: "the certificate's private key (PEM)" },
	'mllp-port': { value: 'N', text: 'where to listen for HL7 messages, if the plan has an mllp source (2575; 0, and in a rehearsal: a free one)' },
	'mllp-host': { value: 'ADDR', text: 'the address to listen on for them (127.0.0.1)' },
	'mllp-tls-cert': { value: 'FILE', text: 'take HL7 messages by TLS alone, with this certificate (PEM, with its chain)' },
	'mllp-tls-key': { value: 'FILE', text: "that certificate's private key (PEM)" },
	rehearse: { value: 'NAME', text: 'run a rehearsal by its name' },
	speed: { value: 'N', text: 'how fast a rehearsal runs, from 1 to 36000 (60)' },
	seed: { value: 'N', text: "a rehearsal's seed (1)" },
	rhythm: { value: 'MS', text: "the screens' rhythm, from 250 to 5000 ms (1000)" },
	recheck: { value: 'MS', text: "how often a session's groups are asked of the provider again, from 500 to 30000 ms (30000)" },
	open: { value: null, text: 'let a rehearsal be watched without a token, on loopback, read-only' },
	help: { value: null, text: 'this list' },
};

const environmentOf = (flag: string): string => `REGIA_${flag.toUpperCase().replaceAll('-', '_')}`;

export const helpText = (): string =>
	[
		'npm start -- [flags]        each flag has a twin in the environment',
		'',
		...Object.entries(flags).map(
			([name, { value, text }]) => `  --${`${name}${value ? ` ${value}` : ''}`.padEnd(18)} ${environmentOf(name).padEnd(20)} ${text}`,
		),
		'',
		'npm run plan -- check FILE | example NAME | schema',
		'npm run account -- make NAME --role ROLE | list | remove NAME',
		'npm run token -- make source NAME [--subjects GLOB] | make display NAME --audience wall | make person NAME --role ROLE | list | revoke ID',
	].join('\n');

export type ConfigResult =
	| { readonly ok: true; readonly config: Config }
	| { readonly ok: false; readonly mistakes: readonly string[] }
	| { readonly ok: 'help' };

export function readConfig(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): ConfigResult {
	const mistakes: string[] = [];
	const given = readFlags(argv, mistakes);
	if (given.help === true) return { ok: 'help' };
	const text = (flag: string): string | null => {
		const value = given[flag] ?? environment[environmentOf(flag)];
		return typeof value === 'string' && value !== '' ? value : null;
	};
	const number = (flag: string, fallback: number, min: number, max: number): number => {
		const value = text(flag);
		if (value === null) return fallback;
		const found = Number(value);
		if (Number.isFinite(found) && found >= min && found <= max) return found;
		mistakes.push(`--${flag} (or ${environmentOf(flag)}) is "${value}": give a number from ${min} to ${max}`);
		return fallback;
	};
	const pair = (certFlag: string, keyFlag: string): FilePair | null => {
		const [cert, key] = [text(certFlag), text(keyFlag)];
		if ((cert === null) !== (key === null)) mistakes.push(`--${certFlag} and --${keyFlag} go together: give both, or neither`);
		return cert === null || key === null ? null : { cert, key };
	};
	const config: Config = {
		plan: text('plan'),
		data: text('data'),
		port: number('port', 4600, 0, 65_535),
		host: text('host') ?? '127.0.0.1',
		rehearse: text('rehearse'),
		speed: number('speed', 60, 1, 36_000),
		open: given.open === true || ['1', 'true'].includes(environment[environmentOf('open')] ?? ''),
		rhythmMs: number('rhythm', 1000, 250, 5000),
		seed: number('seed', 1, 0, 2 ** 31),
		recheckMs: number('recheck', 30_000, 500, 30_000),
		tls: pair('tls-cert', 'tls-key'),
		mllp: {
			port: text('mllp-port') === null ? null : number('mllp-port', 2575, 0, 65_535),
			host: text('mllp-host') ?? '127.0.0.1',
			tls: pair('mllp-tls-cert', 'mllp-tls-key'),
		},
	};
	if (config.plan !== null && config.rehearse !== null)
		mistakes.push('--plan and --rehearse were both given: a rehearsal brings its own plan; leave one out');
	if (config.open && config.plan !== null)
		mistakes.push('--open was given with --plan: only a rehearsal can be watched without a token; make a display token instead');
	const isRehearsal = config.plan === null;
	const unguarded = config.open || (isRehearsal && config.rehearse === null);
	if (unguarded && !['127.0.0.1', '::1', 'localhost'].includes(config.host)) {
		mistakes.push(
			`--host is "${config.host}": what can be watched without a token listens on 127.0.0.1 only; give --rehearse without --open, and tokens`,
		);
	}
	return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config };
}

function readFlags(argv: readonly string[], mistakes: string[]): Record<string, string | boolean | undefined> {
	const options = Object.fromEntries(
		Object.entries(flags).map(([name, { value }]) => [name, { type: value === null ? ('boolean' as const) : ('string' as const) }]),
	);
	const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true });
	const given: Record<string, string | boolean> = {};
	for (const token of tokens) {
		if (token.kind === 'positional') mistakes.push(`"${token.value}" is not understood: flags begin with --, see --help`);
		if (token.kind !== 'option') continue;
		const flag = flags[token.name];
		if (!flag) mistakes.push(`${token.rawName} is not known: see --help`);
		else if (flag.value === null) given[token.name] = true;
		else if (typeof token.value !== 'string') mistakes.push(`--${token.name} needs a value: --${token.name} ${flag.value}`);
		else given[token.name] = token.value;
	}
	return given;
}
