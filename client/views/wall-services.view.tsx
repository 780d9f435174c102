// The wall of all services. Places tiles, draws none.
import { useServicesWallWords } from '../store/services-wall-words.ts';
import { ServicesWallTile } from '../tiles/services-wall.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import { WallFrame } from './wall-frame.tsx';
import styles from './wall-services.module.css';

export function WallServicesView() {
	return (
		<WallFrame
			strip={() => <ServicesStrip />}
			scene={({ room }) => (
				<div className={styles.scene}>
					<ServicesWallTile columns={room === 'narrow' ? 1 : 2} hasFull={room !== 'narrow'} hasWrites={room === 'wide'} />
				</div>
			)}
		/>
	);
}

function ServicesStrip() {
	return <TruthStripTile title={useServicesWallWords().wall} />;
}
