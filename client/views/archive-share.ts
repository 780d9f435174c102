// How far along something is, as one share: what is moved, and once all of it is moved, what of it is verified, named as such. Pure.
import { UNKNOWN } from '../../shared/format.ts';
import type { Words } from '../../shared/words/words.ts';
import { percentOf } from '../store/selectors.ts';

type Moved = { readonly moved: number | null; readonly verified: number | null; readonly total: number | null; readonly done: boolean };

export function shareOf({ moved, verified, total, done }: Moved, words: Words) {
	const isVerified = !done && moved !== null && total !== null && total > 0 && moved >= total;
	const percent = percentOf(isVerified ? verified : moved, total, done);
	const figure = percent === null ? UNKNOWN : `${percent} %`;
	return { percent, isVerified, told: isVerified ? `${words.verifiedShort} ${figure}` : figure };
}
