// The services in their restore order, on a page of their own, and a service's bookings where it tells of them. Places tiles, draws none.
import { BookingsTile } from '../tiles/bookings.tile.tsx';
import { ServicesTile } from '../tiles/services.tile.tsx';

export function ServicesPage() {
	return (
		<>
			<ServicesTile />
			<BookingsTile />
		</>
	);
}
