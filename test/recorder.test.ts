// The recorder over a journal that can be told to fail: nothing acknowledged is missing, nothing refused is half there.
import { expect, it } from 'vitest';
import { type Journal, JournalError } from '../server/journal/journal.ts';
import { openMemoryJournal } from '../server/journal/memory-journal.ts';
import { openRecorder } from '../server/recorder.ts';
import { planSchema } from '../shared/plan.ts';

const now = Date.parse('2025-10-21T17:00:00Z');
const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: { id: 'night', name: 'Night', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' } },
	archives: { a: { label: 'A' } },
});
const batch = (value: number) => ({ source: 'one', may: ['*'], readings: [{ subject: 'archive/a', measure: 'archive.bytesMoved', value, at: now }] });

async function open() {
	const inner = openMemoryJournal();
	const held: { fail(): void; go(): void }[] = [];
	let isHolding = false;
	const journal: Journal = {
		...inner,
		async append(draft, seen, key) {
			if (isHolding) {
				await new Promise<void>((resolve, reject) => held.push({ go: resolve, fail: () => reject(new JournalError('full', 'full')) }));
			}
			return inner.append(draft, seen, key);
		},
	};
	const recorder = await openRecorder(journal, () => now);
	await recorder.append({ kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: false });
	return {
		recorder,
		held,
		hold: () => {
			isHolding = true;
		},
		free: () => {
			isHolding = false;
		},
	};
}

const turns = async () => {
	for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

it('a repeat of rows whose batch then fails is kept, not called a duplicate', async () => {
	const { recorder, held, hold, free } = await open();
	hold();
	const first = recorder.submit(batch(1));
	await turns();
	const second = recorder.submit(batch(1));
	await turns();
	free();
	held[0]?.fail();
	expect(await first).toMatchObject({ ok: false, code: 'journal-full' });
	expect(await second).toMatchObject({ ok: true, accepted: 1, refused: [] });
});

it('a repeat of rows whose batch then lands is a duplicate', async () => {
	const { recorder, held, hold, free } = await open();
	hold();
	const first = recorder.submit(batch(1));
	await turns();
	const second = recorder.submit(batch(1));
	await turns();
	free();
	held[0]?.go();
	expect(await first).toMatchObject({ ok: true, accepted: 1 });
	expect(await second).toMatchObject({ ok: true, accepted: 0, refused: [{ code: 'duplicate' }] });
});

it('says that the journal cannot write, keeps nothing of it, and says when it can again', async () => {
	const { recorder, held, hold, free } = await open();
	hold();
	const refused = recorder.submit(batch(1));
	await turns();
	held[0]?.fail();
	await refused;
	expect(recorder.health().writes).toBe(false);
	expect(recorder.board().board.archives.a?.figures.bytesMoved).toBeUndefined();
	free();
	await recorder.submit(batch(2));
	expect(recorder.health().writes).toBe(true);
	expect(recorder.board().board.archives.a?.figures.bytesMoved?.[0]).toBe(2);
});
