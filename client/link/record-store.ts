// Records that outlive the page, in the browser's own database, written through to the disk. Knows nothing of what they say.
export type RecordStore<T> = {
	all(): Promise<readonly T[]>;
	put(record: T): Promise<void>;
	remove(id: string): Promise<void>;
};

const NAME = 'regia-field';
const TABLE = 'records';

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const asked = indexedDB.open(NAME, 1);
		asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE, { keyPath: 'id' });
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error('the database does not open'));
		asked.onblocked = () => reject(new Error('another page holds the database'));
	});
}

/** `isMine`: other sites' records lie in the same table. */
export function openRecordStore<T extends { readonly id: string }>(isMine: (record: T) => boolean): RecordStore<T> {
	let opened: Promise<IDBDatabase> | null = null;
	const database = (): Promise<IDBDatabase> => {
		opened ??= open().catch((error: unknown) => {
			opened = null;
			throw error;
		});
		return opened;
	};
	async function inTable<R>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest<R>): Promise<R> {
		const base = await database();
		return new Promise((resolve, reject) => {
			// Strict: committed is on the disk, whatever becomes of the browser.
			const transaction = base.transaction(TABLE, mode, { durability: 'strict' });
			const asked = work(transaction.objectStore(TABLE));
			transaction.oncomplete = () => resolve(asked.result);
			transaction.onabort = () => reject(transaction.error ?? new Error('not written'));
			transaction.onerror = () => reject(transaction.error ?? new Error('not written'));
		});
	}
	return {
		all: async () => ((await inTable('readonly', (table) => table.getAll())) as T[]).filter(isMine),
		async put(record) {
			await inTable('readwrite', (table) => table.put(record));
		},
		async remove(id) {
			await inTable('readwrite', (table) => table.delete(id));
		},
	};
}
