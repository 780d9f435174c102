// The desk's first page: the night at a glance, made of the wall's own tiles. Places tiles, draws none.
import { Link } from 'wouter';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { ArchivesTile } from '../tiles/archives.tile.tsx';
import { BodiesTile } from '../tiles/bodies.tile.tsx';
import { BookingsTile } from '../tiles/bookings.tile.tsx';
import { ErLineTile } from '../tiles/er-line.tile.tsx';
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
	const er = useErDeskWords();
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
			<ErLineTile>
				<Link href="/er">{er.overview.open}</Link>
			</ErLineTile>
			<ArchivesTile />
			<ServicesTile />
			<BookingsTile isBrief />
			<BodiesTile />
		</>
	);
}
