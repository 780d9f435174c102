// Of which figures a sheet is held against the data after its release; the others are of their moment, or follow from what only grows.

/** Names of figures, as in the first part of their keys. */
export const checkedNames = [
	'archives.done',
	'archives.moved',
	'archives.verified',
	'bodies.moved',
	'service.state',
	'service.bookings',
	'dependants.state',
	'incident.cause',
] as const;
export type CheckedName = (typeof checkedNames)[number];

export const isCheckedName = (name: string): name is CheckedName => (checkedNames as readonly string[]).includes(name);

/** By a figure's key, as `archives.moved` or `service.bookings/recup`. */
export const isCheckedLater = (key: string): boolean => isCheckedName(key.split('/', 1)[0] ?? '');
