// A process of its own that hears HL7 messages into the record in argv[2], to be killed or traced. argv[3]: `honest`, or `early`: the fault
// that answers before the commit. argv[4]: instead of listening, so many messages one after the other.
import { openMllpListener } from '../../../server/connectors/mllp-listener.ts';
import { openSenders } from '../../../server/connectors/mllp-sender.ts';
import { openVisitKeys } from '../../../server/connectors/visit-keys.ts';
import type { ErEvent, VisitKey } from '../../../server/domain/er-event.ts';
import { type ErDoor, openErDoor } from '../../../server/er-door.ts';
import { openSqliteJournal } from '../../../server/journal/sqlite-journal.ts';
import { openRecorder } from '../../../server/recorder.ts';
import { VISIT_LAPSES_MS } from '../../../shared/er.ts';

const [, , folder = '', how = 'honest', count = '0'] = process.argv;
const EARLY_BY_MS = 50;

const journal = await openSqliteJournal(folder);
const recorder = await openRecorder(journal, Date.now);
const door = openErDoor({ recorder, journal, lapsesAfter: () => VISIT_LAPSES_MS, now: Date.now, fault: (error) => console.error(error) });
const take: ErDoor['take'] =
	how === 'honest'
		? door.take
		: async (message) => {
				setTimeout(() => void door.take(message), EARLY_BY_MS);
				return { ok: true, answer: message.answer, repeated: false };
			};

const arrival = (n: number, at: number): ErEvent => {
	const visit = `v${n}` as VisitKey;
	return { site: 'ps0', visit, patient: null, act: 'arrive', at, sentAt: at, area: 'waiting', triage: '3', arrivedAt: at, outcome: null, into: null };
};

if (Number(count) > 0) {
	for (let n = 0; n < Number(count); n += 1) {
		const heardAt = Date.now();
		await take({ source: 'adt0', message: `m${n}`, events: [arrival(n, heardAt)], heardAt, answer: 'taken' });
	}
	await new Promise((resolve) => setTimeout(resolve, how === 'early' ? 2 * EARLY_BY_MS : 0));
	await door.close();
	await journal.close();
} else {
	const senders = openSenders({ adt0: { application: 'WARD', facility: 'ps0', site: 'ps0' } });
	const setup = { senders, keys: openVisitKeys(folder), take, now: Date.now, host: '127.0.0.1', port: 0, tls: null, isRehearsal: false };
	const { port } = await openMllpListener(setup);
	console.log(port);
}
