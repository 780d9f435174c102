// One line: the next gate, its votes, and what its criteria still miss; when it is due stands on the timeline. The desk has the gates one by one.
import { formatMoment } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { GateNow } from '../../shared/judge-night.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import styles from './gates.module.css';
import { nextGate } from './gates-model.ts';
import { type Mark, Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

function gatesModel(judged: BoardNow, words: Words) {
	const w = words.wall.gates;
	if (Object.keys(judged.gates).length === 0) return null;
	// Turned back and there: no gate is waited for.
	if (typeof judged.cutover?.turnedBackAt === 'number') return judged.forecast.reason === 'finished' ? null : ({ none: w.turned } as const);
	const next = nextGate(judged);
	if (next === null) return { none: w.none } as const;
	const { gate } = next;
	const zone = zoneOf(judged);
	const unmet = gate.criteria.filter((one) => !one.met).length;
	const mark: Mark = gate.state === 'go' ? 'confirmed' : gate.standing;
	return {
		none: null,
		standing: gate.standing as Standing,
		mark,
		label: gate.label,
		state: stateOf(gate, zone, words),
		votes: fill(w.votes, { cast: gate.cast, minimum: gate.minimum }),
		// A gate stands at go only while all of them are met.
		criteria: gate.state === 'go' ? null : unmet === 0 ? w.met : fill(w.unmet, { count: unmet }),
		areMet: unmet === 0,
	} as const;
}

/** Waiting is what a gate does until its time: it goes without saying. */
function stateOf({ state, closed }: GateNow, zone: string, words: Words): string | null {
	if (closed !== null) return fill(words.wall.timeline.expired, { time: formatMoment(closed.at, zone) });
	return state === 'waiting' ? null : words.wall.gates.state[state];
}

export function GatesTile() {
	const { words } = useWords();
	const model = useJudged((judged) => gatesModel(judged, words));
	if (model === null) return null;
	return (
		<TileFrame name="gates" title={words.wall.gates.next} kind="line">
			{model.none !== null ? (
				<p className={styles.line}>{model.none}</p>
			) : (
				<ul className={styles.line} data-standing={model.standing}>
					<li className={styles.name}>{model.label}</li>
					{model.state !== null && (
						<li className={styles[model.mark]}>
							<Shape of={model.mark} /> {model.state}
						</li>
					)}
					<li>{model.votes}</li>
					{model.criteria !== null && <li className={model.areMet ? styles.quiet : undefined}>{model.criteria}</li>}
				</ul>
			)}
		</TileFrame>
	);
}
