// The sources one by one, on a page of their own. Places a tile, draws none.
import { SourcesTile } from '../tiles/sources.tile.tsx';

export function SourcesPage() {
	return <SourcesTile />;
}
