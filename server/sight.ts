// Whether Regia can see at this moment, asked of the plan's canaries when a probe finds its target down (rule 3). Starts no poller.
import type { SourceFacts } from '../shared/board.ts';
import { isDown } from '../shared/judge-observer.ts';
import type { Poller } from './connectors/poller.ts';

export type SightParts = {
	readonly canaries: readonly string[];
	readonly pollers: ReadonlyMap<string, Pick<Poller, 'answersNow'>>;
	/** For canaries that speak to us: what was last heard of them. */
	sources(): Readonly<Record<string, { readonly live: Pick<SourceFacts, 'why' | 'beat' | 'talkedAt' | 'staleAfterMs'> }>>;
	now(): number;
};

export type Sight = {
	/** `unasked` where the plan names no canary. `by`: who asks; a canary asks the others, and where there is none its own word is all there is. */
	canSee(by: string): Promise<boolean | 'unasked'>;
};

export function watchSight({ canaries, pollers, sources, now }: SightParts): Sight {
	const isHeard = (id: string): boolean => {
		const live = sources()[id]?.live;
		return live != null && !isDown(live) && live.talkedAt !== null && now() - live.talkedAt <= live.staleAfterMs;
	};
	/** A canary that is no probe answers by being reached. */
	const answers = async (id: string): Promise<boolean> => {
		const poller = pollers.get(id);
		return poller === undefined ? isHeard(id) : (await poller.answersNow()) !== false;
	};
	return {
		async canSee(by) {
			if (canaries.length === 0) return 'unasked';
			const asked = canaries.filter((id) => id !== by).map((id) => answers(id).then((does) => (does ? true : Promise.reject(new Error('silent')))));
			// The first that answers is enough; the others may take their time.
			return Promise.any(asked).catch(() => false);
		},
	};
}
