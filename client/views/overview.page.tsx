// The desk's first page: the night at a glance, made of the wall's own tiles. Places tiles, draws none.
import { ArchivesTile } from '../tiles/archives.tile.tsx';
import { MovedTile } from '../tiles/moved.tile.tsx';
import { RollbackTile } from '../tiles/rollback.tile.tsx';
import { ServicesTile } from '../tiles/services.tile.tsx';
import { TasksTile } from '../tiles/tasks.tile.tsx';
import { TimelineTile } from '../tiles/timeline.tile.tsx';
import { WindowTile } from '../tiles/window.tile.tsx';
import styles from './pages.module.css';
import { useWidthRem } from './use-width.ts';

export function OverviewPage() {
	const [box, widthRem] = useWidthRem();
	return (
		<>
			<div ref={box} className={styles.line}>
				<TimelineTile lengthRem={widthRem} />
			</div>
			<div className={styles.heroes}>
				<WindowTile />
				<RollbackTile />
				<MovedTile />
				<TasksTile />
			</div>
			<ArchivesTile />
			<ServicesTile />
		</>
	);
}
