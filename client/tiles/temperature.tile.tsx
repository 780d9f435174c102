// The temperature of the room that matters, or of both sides of a migration: figure, course, and how long is left. A gap stays a gap.
import type { Board } from '../../shared/board.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { silenceOf, zoneOf } from '../store/selectors.ts';
import { type FacilityTile, facilityTile } from './facility-tile-model.ts';
import { leadOf } from './incident-model.ts';
import { Shape } from './shape.tsx';
import styles from './temperature.module.css';
import { TemperatureChart } from './temperature-chart.tsx';
import { facilitiesShown, facilitiesUnder } from './temperature-model.ts';
import { TileFrame } from './tile-frame.tsx';

/** What a subject of the plan needs; nothing where it has no needs of its own. */
function needsOf({ services, networks, dependants, flows, facilities }: Board): (subject: string) => readonly string[] {
	const kinds: Readonly<Record<string, Readonly<Record<string, { readonly needs: readonly string[] }>>>> = {
		service: services,
		network: networks,
		dependant: dependants,
		flow: flows,
		facility: facilities,
	};
	return (subject) => {
		const [kind = '', id = ''] = subject.split('/');
		return kinds[kind]?.[id]?.needs ?? [];
	};
}

export function TemperatureTile({ wished, most }: { readonly wished: string | null; readonly most: number }) {
	const { words, language } = useWords();
	const own = useBreakdownWords();
	const model = useSlice(({ judged, followed }) => {
		if (judged === null || followed === null) return null;
		if (judged.breakdown === null) return { rooms: [], left: 0, asked: 0 };
		const { facilities, incidents } = judged.breakdown;
		const { board } = followed;
		const subject = leadOf(incidents, wished)?.subject ?? null;
		const ids = facilitiesShown(facilities, facilitiesUnder(subject, needsOf(board)), most);
		const here = { now: judged.now, zone: zoneOf(judged), language, bucketMs: board.bucketMs, own, isBeside: ids.length > 1 };
		const rest = Object.entries(facilities).filter(([id]) => !ids.includes(id));
		return {
			rooms: ids.flatMap((id) => {
				const [one, facts] = [facilities[id], board.facilities[id]];
				return one === undefined || facts === undefined ? [] : [{ id, ...facilityTile(one, facts, here) }];
			}),
			left: rest.length,
			asked: rest.filter(([, one]) => one.standing !== 'good').length,
		};
	});
	if (model === null) return null;
	const others =
		model.left === 0 ? null : fill(model.asked === 0 ? own.facility.more : own.facility.moreAsked, { count: model.left, asked: model.asked });
	if (model.rooms.length === 0) {
		return (
			<TileFrame name="temperature" title={own.facility.noneTitle}>
				<p className={styles.none}>{own.facility.none}</p>
			</TileFrame>
		);
	}
	return (
		<div className={styles.rooms} data-rooms={model.rooms.length}>
			{model.rooms.map((room) => (
				<Room key={room.id} room={room} others={others} veil={room.isBlind ? silenceOf(room.ageMs, words, language) : null} />
			))}
		</div>
	);
}

type RoomProps = { readonly room: FacilityTile & { readonly id: string }; readonly others: string | null; readonly veil: string | null };

function Room({ room, others, veil }: RoomProps) {
	const own = useBreakdownWords();
	const facts = [...room.facts, ...(others === null ? [] : [others])];
	return (
		<TileFrame
			name="temperature"
			title={room.title}
			standing={veil === null ? room.standing : 'blind'}
			veil={veil}
			aside={
				<span className={`${styles.value} ${styles[room.valueStanding]}`} data-value={room.id}>
					<Shape of={room.valueStanding} /> {room.value}
				</span>
			}
		>
			{room.drawing === null ? (
				<p className={styles.none}>{[own.facility.noTrend, ...facts.slice(0, 1)].join(' · ')}</p>
			) : (
				<TemperatureChart drawing={room.drawing} facts={facts} {...room.texts} />
			)}
		</TileFrame>
	);
}
