// Reads what upsd answers (NUT's network protocol 1.3): lines, an error's code, and the few variables of a UPS that are figures of a room.
// Never throws; keeps no text of it.
import type { BlindCode } from '../../shared/sample.ts';
import type { Heard } from './converse.ts';

const LONGEST_LINE = 4096;

/** A whole line without its break. */
export function takeLine(bytes: Buffer): Heard<string> {
	const end = bytes.indexOf(0x0a);
	if (end < 0) return bytes.length > LONGEST_LINE ? 'wrong' : 'more';
	return { value: bytes.toString('utf8', 0, bytes[end - 1] === 0x0d ? end - 1 : end), length: end + 1 };
}

const codes: Readonly<Record<string, BlindCode>> = {
	'UNKNOWN-UPS': 'not-found',
	'ACCESS-DENIED': 'unauthorised',
	'USERNAME-REQUIRED': 'unauthorised',
	'PASSWORD-REQUIRED': 'unauthorised',
	'INVALID-USERNAME': 'unauthorised',
	'INVALID-PASSWORD': 'unauthorised',
	// upsd is there, the UPS behind it is not.
	'DRIVER-NOT-CONNECTED': 'unreachable',
	'DATA-STALE': 'unreachable',
};

/** What an `ERR …` line means; null where the line is none. */
export function errorIn(line: string): BlindCode | null {
	const code = /^ERR ([A-Z-]{1,40})(?: |$)/.exec(line)?.[1];
	if (code === undefined) return line.startsWith('ERR') ? 'bad-answer' : null;
	return Object.hasOwn(codes, code) ? (codes[code] ?? 'bad-answer') : 'bad-answer';
}

export const names = [
	'ups.status',
	'battery.runtime',
	'battery.charge',
	'ups.load',
	'ambient.temperature',
	'ambient.1.temperature',
	'ambient.humidity',
	'ambient.1.humidity',
	'ups.temperature',
] as const;
export type VariableName = (typeof names)[number];
export type Variables = ReadonlyMap<VariableName, string>;

const isKnown = (name: string): name is VariableName => names.some((one) => one === name);

/** `VAR <ups> <name> "<value>"`; `other`: a variable that nobody asks for. Null: no such line. */
export function variableIn(line: string, ups: string): { readonly name: VariableName; readonly value: string } | 'other' | null {
	const before = `VAR ${ups} `;
	const rest = line.startsWith(before) ? line.slice(before.length) : '';
	const [, name, quoted] = /^([\w.-]{1,100}) "((?:[^"\\]|\\.){0,2000})"$/.exec(rest) ?? [];
	if (name === undefined || quoted === undefined) return null;
	return isKnown(name) ? { name, value: quoted.replace(/\\(.)/g, '$1') } : 'other';
}

/** What one UPS says, in the measures' own units; undefined: it does not say; null: it says what is no figure. */
export type UpsFigures = {
	readonly onBattery?: 0 | 1 | null;
	readonly upsRuntime?: number | null;
	readonly upsCharge?: number | null;
	readonly upsLoad?: number | null;
	readonly temperature?: number | null;
	readonly humidity?: number | null;
};

const decimal = (text: string): number | null => (/^[+-]?\d{1,12}(\.\d{1,12})?$/.test(text.trim()) ? Number(text) : null);
const share = (text: string): number | null => {
	const percent = decimal(text);
	return percent === null ? null : percent / 100;
};

/** `OB` and `OL` are the mains; a UPS that is neither (switched off, in bypass) does not say where the power comes from. */
function onBatteryIn(flags: readonly string[]): 0 | 1 | null {
	if (flags.includes('OB')) return 1;
	return flags.includes('OL') ? 0 : null;
}

/** `inside`: take the temperature of the UPS itself, which is warmer than the room it stands in. */
export function figuresOf(told: Variables, inside: boolean): UpsFigures {
	const flags = told.get('ups.status')?.trim().split(/\s+/);
	const read = (name: VariableName, as: (text: string) => number | null): number | null | undefined => {
		const text = told.get(name);
		return text === undefined ? undefined : as(text);
	};
	const onBattery = flags === undefined ? undefined : onBatteryIn(flags);
	// A UPS that says only that its battery is low has nothing left to count on.
	const isAtItsEnd = onBattery === 1 && flags?.includes('LB') === true;
	const runtime = read('battery.runtime', decimal);
	const all = {
		onBattery,
		upsRuntime: isAtItsEnd ? (runtime ?? 0) : runtime,
		upsCharge: read('battery.charge', share),
		upsLoad: read('ups.load', share),
		temperature: inside ? read('ups.temperature', decimal) : (read('ambient.temperature', decimal) ?? read('ambient.1.temperature', decimal)),
		humidity: read('ambient.humidity', share) ?? read('ambient.1.humidity', share),
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
