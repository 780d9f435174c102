// FHIR's instants and dates → ms UTC. A date without a time, or a time without its zone, is no instant.

const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

export function fhirInstant(value: unknown): number | null {
	if (typeof value !== 'string' || !WITH_ZONE.test(value)) return null;
	const instant = Date.parse(value.replace(/(\.\d{3})\d+/, '$1'));
	return Number.isFinite(instant) ? instant : null;
}
