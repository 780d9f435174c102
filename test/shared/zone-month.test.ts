// Months of a zone: they end at its own midnight, whichever side of UTC, also in months where the clocks change.
import { expect, it } from 'vitest';
import { monthAt } from '../../shared/zone-month.ts';

it.each([
	['2025-03-10T12:00Z', 'Europe/Rome', '2025-03', '2025-02-28T23:00Z', '2025-03-31T22:00Z'],
	['2025-10-31T22:59:59.999Z', 'Europe/Rome', '2025-10', '2025-09-30T22:00Z', '2025-10-31T23:00Z'],
	['2025-10-31T23:00Z', 'Europe/Rome', '2025-11', '2025-10-31T23:00Z', '2025-11-30T23:00Z'],
	['2024-12-31T23:30Z', 'Europe/Rome', '2025-01', '2024-12-31T23:00Z', '2025-01-31T23:00Z'],
	['2024-02-29T23:00Z', 'Europe/Rome', '2024-03', '2024-02-29T23:00Z', '2024-03-31T22:00Z'],
	['2025-05-05T00:00Z', 'UTC', '2025-05', '2025-05-01T00:00Z', '2025-06-01T00:00Z'],
	['2025-05-05T00:00Z', 'Pacific/Apia', '2025-05', '2025-04-30T11:00Z', '2025-05-31T11:00Z'],
	['2025-05-05T00:00Z', 'America/St_Johns', '2025-05', '2025-05-01T02:30Z', '2025-06-01T02:30Z'],
])('%s in %s is %s', (instant, zone, key, from, to) => {
	// Twice: asked, and remembered.
	for (const _ of [1, 2]) expect(monthAt(Date.parse(instant), zone)).toEqual({ key, from: Date.parse(from), to: Date.parse(to) });
});
