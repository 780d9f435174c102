// The wall of an incident: how long, why, what is due, who is blocked, the room's temperature, what was said. Places tiles, draws none.
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useJudged, useSlice } from '../store/hooks.ts';
import { isStreamLate } from '../store/selectors.ts';
import { DeadlinesTile } from '../tiles/deadlines.tile.tsx';
import { DependantsTile } from '../tiles/dependants.tile.tsx';
import { IncidentTile } from '../tiles/incident.tile.tsx';
import { leadOf } from '../tiles/incident-model.ts';
import { SaidTile } from '../tiles/said.tile.tsx';
import { TemperatureTile } from '../tiles/temperature.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import type { Room, WallSize } from './display-size.ts';
import { WallFrame } from './wall-frame.tsx';
import styles from './wall-incident.module.css';

/** How long a title may be to stand in large letters. */
const LETTERS_IN = { wide: 54, middle: 36, narrow: 17 } as const;

/** What Regia says of its own blindness, and of a link that is lost or late, takes room from it. */
const BLIND_LETTERS = 20;
const LATE_LETTERS = 14;

/** A wall may be told which incident to show. */
const wishedIncident = (): string | null => new URLSearchParams(window.location.search).get('incident');

export function WallIncidentView() {
	return <WallFrame strip={(room) => <IncidentStrip room={room} />} scene={(size) => <IncidentScene size={size} />} />;
}

function IncidentStrip({ room }: { readonly room: Room }) {
	const own = useBreakdownWords();
	const lead = useJudged(({ breakdown }) => {
		const one = breakdown === null ? null : leadOf(breakdown.incidents, wishedIncident());
		return one === null ? null : { title: one.title, standing: one.closedAt === null ? one.standing : 'good' };
	});
	const isBlind = useJudged(({ observer }) => observer.isBlind) === true;
	const isLate = useSlice((state) => state.link !== 'live' || isStreamLate(state));
	const taken = (isBlind ? BLIND_LETTERS : 0) + (isLate ? LATE_LETTERS : 0);
	const title = lead === null ? own.incident.wall : lead.title;
	return (
		<div className={styles.strip} data-edge={lead?.standing ?? 'good'}>
			<TruthStripTile title={title} isLong={title.length > LETTERS_IN[room] - taken} />
		</div>
	);
}

function IncidentScene({ size: { room } }: { readonly size: WallSize }) {
	const wished = wishedIncident();
	const isNarrow = room === 'narrow';
	return (
		<div className={styles.scene}>
			<IncidentTile wished={wished} isShort={isNarrow} />
			<DeadlinesTile wished={wished} isShort={isNarrow} />
			<DependantsTile isShort={isNarrow} />
			<TemperatureTile wished={wished} most={isNarrow ? 1 : 2} />
			<div className={styles.said}>
				<SaidTile wished={wished} isLine={isNarrow} />
			</div>
		</div>
	);
}
