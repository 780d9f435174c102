// The services in their restore order, on a page of their own. Places a tile, draws none.
import { ServicesTile } from '../tiles/services.tile.tsx';

export function ServicesPage() {
	return <ServicesTile />;
}
