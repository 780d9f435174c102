// The ward page's composition root: joins its storage, its sender and the form. The only file of it that knows every part.
import './views/tokens.css';
import './views/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { FieldSite } from '../shared/field.ts';
import { idPattern } from '../shared/subject.ts';
import { askServer } from './link/ask-server.ts';
import { openRecordStore } from './link/record-store.ts';
import { type Drafts, readDraft } from './store/count-draft.ts';
import type { ClockHere, CountRecord } from './store/count-queue.ts';
import { createSender } from './store/field-sender.ts';
import { createFieldStore, FieldContext } from './store/field-store.ts';
import { createPreferences, type Memory } from './store/preferences.ts';
import { FieldView } from './views/field.view.tsx';

const ANSWER_WITHIN_MS = 12_000;
const LOCK_WITHIN_MS = 30_000;
const LAST_SITE = 'regia.field';

function storage(): Memory | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}
const memory = storage();

function recall(key: string): string | null {
	try {
		return memory?.getItem(key) ?? null;
	} catch {
		return null;
	}
}

function remember(key: string, text: string): void {
	try {
		memory?.setItem(key, text);
	} catch {}
}

/** An installed app opens at /field/: at the site that it counted for last. */
function siteHere(): string {
	const [, asked = ''] = /^\/field\/([^/]+)\/?$/.exec(window.location.pathname) ?? [];
	if (idPattern.test(asked)) return asked;
	const last = recall(LAST_SITE) ?? '';
	if (idPattern.test(last)) window.history.replaceState(null, '', `/field/${last}`);
	return idPattern.test(last) ? last : '';
}

const site = siteHere();

type Remembered = { readonly known: FieldSite | null; readonly clock: ClockHere | null };
function recallSite(): Remembered {
	try {
		const told = JSON.parse(recall(`${LAST_SITE}.${site}`) ?? 'null') as Remembered | null;
		return told?.known?.site === site ? told : { known: null, clock: null };
	} catch {
		return { known: null, clock: null };
	}
}

const draftKey = `${LAST_SITE}.${site}.draft`;
const drafts: Drafts = {
	recall: () => readDraft(recall(draftKey), Date.now()),
	keep: (draft) => remember(draftKey, JSON.stringify(draft)),
};

/** Not `randomUUID`: over plain http browsers withhold it. */
const newId = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const late = (): Promise<{ status: number; json: null }> =>
	new Promise((resolve) => setTimeout(() => resolve({ status: 0, json: null }), ANSWER_WITHIN_MS));

/** Without locks, or past a tab that froze with one in its hand, two tabs may send the same record: the server keeps it once. */
async function alone(work: () => Promise<void>): Promise<void> {
	if (!('locks' in navigator)) return work();
	let isBegun = false;
	const begin = (): Promise<void> => {
		isBegun = true;
		return work();
	};
	try {
		await navigator.locks.request(`regia-field-${site}`, { signal: AbortSignal.timeout(LOCK_WITHIN_MS) }, begin);
	} catch (error) {
		if (isBegun) throw error;
		await work();
	}
}

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel(`regia-field-${site}`) : null;
const store = createFieldStore(site, recallSite());
const sender = createSender({
	store,
	keep: openRecordStore<CountRecord>((record) => record.site === site),
	ask: (method, path, body, key) => Promise.race([askServer(method, path, body, key), late()]),
	alone,
	remember: (known, clock) => {
		remember(`${LAST_SITE}.${site}`, JSON.stringify({ known, clock }));
		remember(LAST_SITE, site);
	},
	tell: () => tabs?.postMessage('changed'),
	now: Date.now,
	newId,
	later: (work, ms) => {
		const timer = setTimeout(work, ms);
		return () => clearTimeout(timer);
	},
});
if (tabs) tabs.onmessage = () => void sender.reload();
window.addEventListener('online', sender.wake);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sender.wake());

const preferences = createPreferences(memory, new URLSearchParams(window.location.search));
const opensOffline = 'serviceWorker' in navigator;
if (opensOffline) void navigator.serviceWorker.register('/field/worker.js', { scope: '/field/' }).catch(() => undefined);
// Asks the browser not to clear what is unsent when it runs short of room.
void navigator.storage?.persist?.().catch(() => undefined);

const place = document.getElementById('screen');
if (place === null) throw new Error('field.html has no element #screen');
const root = createRoot(place);
void sender.reload().then(() => {
	root.render(
		<StrictMode>
			<FieldContext value={{ store, preferences, send: sender.send, drafts, now: Date.now, opensOffline }}>
				<FieldView />
			</FieldContext>
		</StrictMode>,
	);
	// An app that never opened a link belongs to no site yet.
	if (site === '') store.setState({ door: 'over' });
	else sender.wake();
});
