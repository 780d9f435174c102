// The services in their restore order, on a page of their own, and the day's bookings where a service tells of them. Places tiles, draws none.
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
