// Whether the record still bears a frozen sheet out: folded again from its first entry to the sheet's place, no cache believed.
import { createHash } from 'node:crypto';
import type { PressFacts } from '../shared/press.ts';
import { digestOfFrozen, verifyFrozen } from './domain/freeze.ts';
import type { Journal } from './journal/journal.ts';
import { boardOf } from './projections/fold.ts';
import { foldTo } from './recorder.ts';
import type { PressVerdict } from './web/press-door.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function verifySheet(
	{ frozen, digest }: Pick<PressFacts, 'frozen' | 'digest'>,
	journal: Pick<Journal, 'hashAt' | 'read'>,
): Promise<PressVerdict> {
	const facts = await foldTo({ read: journal.read, checkpointBefore: async () => null }, frozen.seq);
	const differs = verifyFrozen(frozen, { board: boardOf(facts), press: facts.plan?.press ?? null, at: frozen.at });
	const digestHolds = digestOfFrozen(frozen, sha256Hex) === digest;
	const recordHolds = (await journal.hashAt(frozen.seq)) === frozen.hash;
	return { sheet: frozen.id, seq: frozen.seq, digestHolds, recordHolds, differs, same: digestHolds && recordHolds && differs.length === 0 };
}
