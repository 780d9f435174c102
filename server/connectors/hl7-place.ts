// Where a message has its patient: in an emergency room, elsewhere after one, or nowhere that matters here. Reads class and locations only.
import type { ErArea } from '../domain/er-event.ts';
import type { Hl7Part } from './hl7-message.ts';
import type { Meaning } from './hl7-triggers.ts';
import type { Sender } from './mllp-sender.ts';

export type Whereabouts =
	/** `area` null: in it, nobody says where. */
	| { readonly at: 'here'; readonly site: string; readonly area: ErArea | null }
	/** It may have been in one of these. */
	| { readonly at: 'elsewhere'; readonly sites: readonly string[] }
	/** Of a ward or a clinic, all along. */
	| { readonly at: 'foreign' }
	| { readonly at: 'unknown-site' };

/** HL7 table 0023: came through the emergency room. */
const FROM_EMERGENCY = '7';
const movesAway: readonly Meaning[] = ['admit', 'transfer', 'leave'];

const isSaid = (location: readonly string[]): boolean => location.some((one) => one !== '');

export function whereIs(part: Hl7Part, meaning: Meaning, sender: Sender): Whereabouts {
	const location = part.components('PV1-3');
	const prior = part.components('PV1-6');
	const place = sender.placeOf(location);
	const from = sender.placeOf(prior);
	if (place && place.area !== 'elsewhere') return { at: 'here', ...place };
	const site = sender.site ?? from?.site ?? (sender.sites.length === 1 ? sender.sites[0] : undefined);
	const elsewhere: Whereabouts = { at: 'elsewhere', sites: place ? [place.site] : from ? [from.site] : site === undefined ? sender.sites : [site] };
	const here: Whereabouts = site === undefined ? { at: 'unknown-site' } : { at: 'here', site, area: null };
	const kind = part.text('PV1-2')?.toUpperCase() ?? null;
	const isPlaceKnown = isSaid(location) && (sender.hasLocations || kind === 'I');
	if (place) return elsewhere;
	if (kind === 'E') return isPlaceKnown && meaning === 'transfer' ? elsewhere : here;
	if (kind === null) return isPlaceKnown ? (from ? elsewhere : { at: 'foreign' }) : here;
	if (kind !== 'I') return from ? elsewhere : { at: 'foreign' };
	// An inpatient whose bed nobody names, or names as before, is where it was.
	const isUnmoved = !isSaid(location) || (!sender.hasLocations && location.join('^') === prior.join('^'));
	if (isUnmoved) return here.at === 'here' ? here : elsewhere;
	const isPriorKnown = sender.hasLocations && isSaid(prior);
	const isAdmission = part.text('MSH-9', 2) === 'A01';
	if (from !== null || (isAdmission && part.text('PV1-14') === FROM_EMERGENCY)) return elsewhere;
	// Who was moved from nobody knows where may have been here; the census knows. An A01 begins a stay in a ward, as from home.
	return movesAway.includes(meaning) && !isPriorKnown && !isAdmission ? elsewhere : { at: 'foreign' };
}
