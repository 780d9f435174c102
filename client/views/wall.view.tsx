// The wall of a cutover night. Places tiles, draws none.
import { ArchivesTile } from '../tiles/archives.tile.tsx';
import { GatesTile } from '../tiles/gates.tile.tsx';
import { MovedTile } from '../tiles/moved.tile.tsx';
import { RollbackTile } from '../tiles/rollback.tile.tsx';
import { ServicesTile } from '../tiles/services.tile.tsx';
import { SourcesBriefTile } from '../tiles/sources-brief.tile.tsx';
import { TasksTile } from '../tiles/tasks.tile.tsx';
import { TimelineTile } from '../tiles/timeline.tile.tsx';
import { WindowTile } from '../tiles/window.tile.tsx';
import type { WallSize } from './display-size.ts';
import styles from './wall.module.css';
import { WallFrame } from './wall-frame.tsx';

export function WallView() {
	return <WallFrame scene={(size) => <CutoverScene size={size} />} />;
}

function CutoverScene({ size: { room, widthRem } }: { readonly size: WallSize }) {
	const isWide = room === 'wide';
	return (
		<>
			{room !== 'narrow' && <TimelineTile lengthRem={widthRem - 2} />}
			<div className={styles.heroes}>
				<WindowTile />
				<RollbackTile />
				<MovedTile />
				{isWide && <TasksTile />}
			</div>
			<div className={styles.lists}>
				<ArchivesTile fit />
				<ServicesTile fit />
				{isWide && <GatesTile />}
				{isWide && <SourcesBriefTile isLine />}
			</div>
		</>
	);
}
