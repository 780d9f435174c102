// Every press sheet that there ever was: what became of each, by an index in the data folder that the journal makes again at any time; the
// frozen figures are read from their drafts' entries when they are asked for. Knows no picture and no wire.
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Entry } from '../shared/entry.ts';
import type { PressFacts } from '../shared/press.ts';
import { changeSheets, draftedIn, type SheetLife, type SheetNumbers } from './domain/sheet-life.ts';
import type { Journal } from './journal/journal.ts';

/** `seq`: of the entry that holds what was frozen. */
type Indexed = SheetLife & { readonly seq: number; readonly zone: string };
type Index = { readonly version: string; epoch: string; seq: number; hash: string; rows: Record<string, Indexed>; numbers: SheetNumbers };

export type PressArchive = {
	/** Null where there was never such a sheet. */
	sheet(id: string): Promise<PressFacts | null>;
	/** Those that are not on the board, the last drafted first: of those drafted before an entry at most so many, and before which entry there are more. */
	past(before: number, most: number, isOnBoard: (id: string) => boolean): Promise<PastSheets>;
	/** The entry that a draft's mark stands in; null for any other entry. */
	draftAt(seq: number): Promise<string | null>;
};

/** `older`: the entry before which there are more; null where there are none. */
export type PastSheets = { readonly sheets: readonly PressFacts[]; readonly older: number | null };

const VERSION = '2';
/** A sheet's figures and its course; whoever looks at old ones looks at few. */
const FROZEN_KEPT = 64;
/** Entries that are no sheet's, after which the index is kept again: a start passes over no more of them. */
const KEPT_AGAIN_AFTER = 10_000;

type ArchiveJournal = Pick<Journal, 'head' | 'hashAt' | 'read' | 'readKinds'>;

const emptyIndex = (): Index => ({ version: VERSION, epoch: '', seq: 0, hash: '', rows: {}, numbers: {} });

export async function openPressArchive(journal: ArchiveJournal, folder: string): Promise<PressArchive> {
	const file = join(folder, 'index.json');
	const index = (await readIndex(file, journal)) ?? emptyIndex();
	const frozen = new Map<string, PressFacts['frozen']>();
	let keptAt = index.seq;
	let catchingUp: Promise<void> | null = null;

	async function catchUp(): Promise<void> {
		const head = journal.head();
		if (index.seq >= head.seq && index.epoch === head.epoch) return;
		let isChanged = head.seq - keptAt >= KEPT_AGAIN_AFTER;
		for await (const entry of journal.readKinds(index.seq, head.seq, ['mark'])) if (take(index, entry)) isChanged = true;
		Object.assign(index, { epoch: head.epoch, seq: head.seq, hash: head.hash });
		if (!isChanged) return;
		keptAt = head.seq;
		await keep(file, index);
	}

	/** One at a time; who asks meanwhile is answered by the next, which has seen what came in between. */
	async function current(): Promise<void> {
		while (catchingUp !== null) await catchingUp;
		if (index.seq >= journal.head().seq) return;
		catchingUp = catchUp().finally(() => {
			catchingUp = null;
		});
		await catchingUp;
	}

	async function frozenOf(id: string, seq: number): Promise<PressFacts['frozen'] | null> {
		const known = frozen.get(id);
		if (known) return known;
		for await (const entry of journal.read(seq - 1, seq)) {
			if (entry.kind !== 'mark' || entry.frozen === undefined) return null;
			if (frozen.size >= FROZEN_KEPT) frozen.delete(frozen.keys().next().value ?? '');
			frozen.set(id, entry.frozen.sheet);
			return entry.frozen.sheet;
		}
		return null;
	}

	async function factsOf(id: string, { seq, zone: _zone, ...life }: Indexed): Promise<PressFacts | null> {
		const sheet = await frozenOf(id, seq);
		return sheet && { frozen: sheet, ...life };
	}

	return {
		async sheet(id) {
			await current();
			const row = Object.hasOwn(index.rows, id) ? index.rows[id] : undefined;
			return row === undefined ? null : factsOf(id, row);
		},
		async past(before, most, isOnBoard) {
			await current();
			const left = Object.entries(index.rows)
				.filter(([id, { seq }]) => seq < before && !isOnBoard(id))
				.toSorted(([, a], [, b]) => b.seq - a.seq);
			const page = left.slice(0, most);
			const sheets: PressFacts[] = [];
			for (const [id, row] of page) {
				const one = await factsOf(id, row);
				if (one !== null) sheets.push(one);
			}
			return { sheets, older: left.length > page.length ? (page.at(-1)?.[1].seq ?? null) : null };
		},
		async draftAt(seq) {
			for await (const entry of journal.read(seq - 1, seq)) {
				return entry.kind === 'mark' && entry.mark.kind === 'press' && entry.mark.act === 'draft' ? entry.mark.sheet : null;
			}
			return null;
		},
	};
}

/** Whether it was about a sheet. */
function take(index: Index, entry: Entry): boolean {
	if (entry.kind !== 'mark' || entry.mark.kind !== 'press') return false;
	const { sheet: id } = entry.mark;
	const drafted = draftedIn(entry);
	if (drafted !== null && entry.frozen !== undefined) {
		if (!Object.hasOwn(index.rows, id)) index.rows[id] = { ...drafted, seq: entry.seq, zone: entry.frozen.sheet.zone };
	} else for (const [changed, sheet] of changeSheets(index.rows, index.numbers, entry, ({ zone }) => zone)) index.rows[changed] = sheet;
	return true;
}

/** Null where there is none, it is of another version, or it tells of another record than this one. */
async function readIndex(file: string, journal: ArchiveJournal): Promise<Index | null> {
	let read: Index;
	try {
		read = JSON.parse(readFileSync(file, 'utf8')) as Index;
	} catch {
		return null;
	}
	if (read.version !== VERSION || !(read.seq >= 0) || read.seq > journal.head().seq) return null;
	const isSame = read.seq === 0 || (await journal.hashAt(read.seq)) === read.hash;
	return isSame ? { ...emptyIndex(), ...read } : null;
}

/** It is made again where it cannot be kept. */
async function keep(file: string, index: Index): Promise<void> {
	const next = `${file}.new`;
	await mkdir(dirname(file), { recursive: true }).catch(() => undefined);
	await writeFile(next, JSON.stringify(index)).then(
		() => rename(next, file).catch(() => undefined),
		() => undefined,
	);
}
