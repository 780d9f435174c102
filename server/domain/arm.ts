// Dangerous acts are armed first: a one-use nonce for one act on one thing by one caller, for a short while. Pure: told time and chance.

export const ARMED_FOR_MS = 30_000;
/** One caller keeps so many at once; the oldest goes first. */
const ARMED_AT_ONCE = 8;
const ARMED_IN_ALL = 1000;

export type ArmedAct = { readonly action: string; readonly subject: string; readonly caller: string };

export type Arms = {
	arm(act: ArmedAct): { readonly nonce: string; readonly validUntil: number };
	/** True once, for the act that the nonce was given for; any try spends it. */
	spend(nonce: string, act: ArmedAct): boolean;
};

type Armed = ArmedAct & { readonly until: number };

export function createArms(now: () => number, random: () => string): Arms {
	const armed = new Map<string, Armed>();

	function clear(): void {
		for (const [nonce, { until }] of armed) if (until <= now()) armed.delete(nonce);
	}

	return {
		arm(act) {
			clear();
			const mine = [...armed].filter(([, one]) => one.caller === act.caller).map(([nonce]) => nonce);
			for (const nonce of mine.slice(0, Math.max(0, mine.length - ARMED_AT_ONCE + 1))) armed.delete(nonce);
			const oldest = armed.keys().next().value;
			if (armed.size >= ARMED_IN_ALL && oldest !== undefined) armed.delete(oldest);
			const nonce = random();
			const until = now() + ARMED_FOR_MS;
			armed.set(nonce, { ...act, until });
			return { nonce, validUntil: until };
		},
		spend(nonce, { action, subject, caller }) {
			const found = armed.get(nonce);
			if (!found) return false;
			armed.delete(nonce);
			return found.until > now() && found.action === action && found.subject === subject && found.caller === caller;
		},
	};
}
