// What must be so wherever a gate stands at go, reckoned from the bare list of what was said. It imports nothing of the server or of shared.

type Reading = { readonly at: number; readonly seen: number; readonly good: boolean };
type Cast = { readonly vote: string; readonly at: number };

/** Seconds throughout. */
export type Rules = {
	readonly maxAge: number;
	readonly voteHolds: number;
	readonly minimum: number;
	readonly series: Readonly<Record<string, { readonly atMost: number; readonly holdFor: number }>>;
};

export type Truth = {
	read(name: string, value: number | null, at: number, seen: number): void;
	vote(position: string, vote: string, at: number): void;
	takeBack(position: string): void;
	removePosition(position: string): void;
	task(state: string, at: number): void;
	/** What stands against a go at this second; null: nothing. */
	against(now: number): string | null;
};

export function openTruth(rules: Rules): Truth {
	const readings: Record<string, Reading[]> = Object.fromEntries(Object.keys(rules.series).map((name) => [name, []]));
	const votes = new Map<string, Cast[]>();
	let isDone = false;

	function againstSeries(name: string, now: number): string | null {
		const news: Reading[] = [];
		for (const one of readings[name] ?? []) if (one.at >= Math.max(...news.map(({ at }) => at), Number.NEGATIVE_INFINITY)) news.push(one);
		const last = news.at(-1);
		if (!last) return `${name} was never reported`;
		if (!last.good) return `${name} is outside or blind`;
		const from = (one: Reading): number => Math.min(one.at, one.seen);
		if (now - from(last) > rules.maxAge) return `${name} is stale`;
		const holdFor = rules.series[name]?.holdFor ?? 0;
		// Back from the newest: good readings, each fresh until the next came, for as long as it has to hold.
		let since = last.seen;
		for (let i = news.length - 2; i >= 0 && now - since < holdFor; i -= 1) {
			const one = news[i];
			const next = news[i + 1];
			if (!one || !next || !one.good || next.seen - from(one) > rules.maxAge) break;
			since = one.seen;
		}
		return now - since < holdFor ? `${name} has not held for long enough` : null;
	}

	return {
		read(name, value, at, seen) {
			const atMost = rules.series[name]?.atMost ?? 0;
			readings[name]?.push({ at, seen, good: value !== null && value <= atMost });
		},
		vote(position, vote, at) {
			votes.set(position, [...(votes.get(position) ?? []), { vote, at }]);
		},
		takeBack(position) {
			votes.get(position)?.pop();
		},
		removePosition: (position) => void votes.delete(position),
		task(state) {
			isDone = state === 'done';
		},
		against(now) {
			for (const name of Object.keys(rules.series)) {
				const against = againstSeries(name, now);
				if (against) return against;
			}
			if (!isDone) return 'the task is not done';
			const valid = [...votes.values()].flatMap((cast) => cast.slice(-1)).filter(({ at }) => now - at < rules.voteHolds);
			if (valid.some(({ vote }) => vote !== 'go')) return 'somebody holds it';
			return valid.length < rules.minimum ? 'too few votes' : null;
		},
	};
}
