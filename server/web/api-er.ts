// The emergency rooms' part of the API's board, with ISO instants. The shape of interfaces.md; no key where the plan has no site.

import type { SiteNow } from '../../shared/er-now.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { iso, mapValues } from './api-night.ts';

export const toApiEr = ({ er }: BoardNow): Record<string, unknown> =>
	er === null ? {} : { er: { region: er.region, bodies: er.bodies, sites: mapValues(er.sites, isoSite) } };

const isoSite = ({ diversion, dark, nextCountAt, fillingUntil, reconcile, ...site }: SiteNow) => ({
	...site,
	diversion: diversion && { ...diversion, at: iso(diversion.at) },
	dark: dark && { since: iso(dark.since), restoredAt: iso(dark.restoredAt) },
	fillingUntil: iso(fillingUntil),
	nextCountAt: iso(nextCountAt),
	reconcile: reconcile && { ...reconcile, at: iso(reconcile.at) },
});
