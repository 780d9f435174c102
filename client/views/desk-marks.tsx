// The marks that this screen is sending or has just sent: in flight, kept (and to be taken back for ten seconds), refused.
// Owns their list and its notices; knows no page.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { type Mark, UNDO_WITHIN_MS } from '../../shared/mark.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import { sayMark } from '../tiles/say-mark.ts';
import { Shape } from '../tiles/shape.tsx';
import { ActButton } from './act-button.tsx';
import styles from './desk-marks.module.css';
import { type Outcome, sayRefusal, sendMark } from './desk-send.ts';
import { useRunbookWords } from './desk-words.ts';

type Sending = {
	readonly id: number;
	/** What it is about: only one at a time is under way for it. */
	readonly about: string;
	/** A mark that the server takes back within its seconds; others are corrected by a new one. */
	readonly canUndo: boolean;
	readonly what: string;
	readonly state: 'sending' | 'kept' | 'refused' | 'undone';
	readonly seq: number | null;
	/** The board's time when it was kept. */
	readonly keptAt: number;
	readonly why: string;
	/** Nobody answered: whether it was kept is not known. */
	readonly isUnanswered: boolean;
};

export type Marks = {
	send(mark: Mark, nonce?: string): Promise<Outcome>;
	/** Many of a kind, one after the other under one notice; stops at the first that is refused. `what`: said once all are kept. */
	sendAll(marks: readonly Mark[], what: string): Promise<number>;
	isSending(about: string): boolean;
	/** A refusal that came before any mark could be sent. */
	refuse(mark: Mark, outcome: Extract<Outcome, { ok: false }>): void;
};

const SHOWN_AT_MOST = 4;
const KEPT_SHOWN_MS = 12_000;
const undoable: readonly Mark['kind'][] = ['task', 'vote', 'report', 'phase', 'service'];
const MarksContext = createContext<Marks | null>(null);

export function useMarks(): Marks {
	const marks = useContext(MarksContext);
	if (marks === null) throw new Error('no marks around this component: wrap it in DeskMarks');
	return marks;
}

export function aboutOf(mark: Mark): string {
	switch (mark.kind) {
		case 'task':
			return `task/${mark.task}`;
		case 'vote':
			return `gate/${mark.gate}/${mark.position}`;
		case 'report':
			return `team/${mark.team}`;
		case 'count':
		case 'paper':
		case 'diversion':
		case 'bedside':
			return `site/${mark.site}`;
		case 'undo':
			return `undo/${mark.seq}`;
		case 'alarm':
			return `alarm/${mark.alarm}`;
		case 'incident':
		case 'clock':
			return `incident/${mark.incident}`;
		case 'channel':
			return `channel/${mark.channel}`;
		default:
			return mark.kind;
	}
}

const refusedBy = (outcome: Extract<Outcome, { ok: false }>, ...words: readonly [Words, RunbookWords]): Partial<Sending> => ({
	state: 'refused',
	why: sayRefusal(outcome, ...words),
	isUnanswered: outcome.code === 'unreachable',
});

export function DeskMarks({ children }: { readonly children: ReactNode }) {
	const { words } = useWords();
	const own = useRunbookWords();
	const { ask, board } = useScreen();
	const [list, setList] = useState<readonly Sending[]>([]);
	const next = useRef(1);
	const change = useCallback(
		(id: number, part: Partial<Sending>) => setList((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one))),
		[],
	);
	const drop = useCallback((id: number) => setList((all) => all.filter((one) => one.id !== id)), []);

	const add = useCallback(
		(mark: Mark, said?: string): Sending => {
			const { judged, pace } = board.getState();
			const what = said ?? (judged === null ? mark.kind : sayMark(mark, judged, words));
			const canUndo = undoable.includes(mark.kind) || (mark.kind === 'incident' && mark.act === 'cause');
			const one = {
				id: next.current,
				about: aboutOf(mark),
				canUndo,
				what,
				state: 'sending',
				seq: null,
				keptAt: pace?.now ?? 0,
				why: '',
				isUnanswered: false,
			} as const;
			next.current += 1;
			// What was marked on the same thing before cannot be taken back any more.
			setList((all) => [...all.filter(({ about, state }) => about !== one.about || state === 'sending'), one].slice(-SHOWN_AT_MOST));
			return one;
		},
		[board, words],
	);

	const send = useCallback(
		async (mark: Mark, nonce?: string): Promise<Outcome> => {
			const { id } = add(mark);
			const outcome = await sendMark(ask, mark, nonce);
			const keptAt = board.getState().pace?.now ?? 0;
			change(id, outcome.ok ? { state: 'kept', seq: outcome.seq, keptAt } : refusedBy(outcome, words, own));
			if (outcome.ok) setTimeout(() => drop(id), KEPT_SHOWN_MS);
			return outcome;
		},
		[add, ask, board, change, drop, words, own],
	);

	const sendAll = useCallback(
		async (marks: readonly Mark[], what: string): Promise<number> => {
			const [first] = marks;
			if (first === undefined) return 0;
			const { id } = add(first, what);
			let done = 0;
			for (const mark of marks) {
				change(id, { what: `${what} · ${done} / ${marks.length}` });
				const outcome = await sendMark(ask, mark);
				// Somebody else may have been first: what is so already is as it was wished.
				if (!outcome.ok && outcome.code !== 'already') {
					change(id, refusedBy(outcome, words, own));
					return done;
				}
				done += 1;
			}
			change(id, { state: 'kept', what });
			setTimeout(() => drop(id), KEPT_SHOWN_MS);
			return done;
		},
		[add, ask, change, drop, words, own],
	);

	const undo = async ({ id, seq, what }: Sending): Promise<void> => {
		if (seq === null) return;
		change(id, { state: 'sending' });
		const outcome = await sendMark(ask, { kind: 'undo', seq });
		change(id, outcome.ok ? { state: 'undone', what } : refusedBy(outcome, words, own));
	};

	const marks = useMemo<Marks>(
		() => ({
			send,
			sendAll,
			isSending: (about) => list.some((one) => one.about === about && one.state === 'sending'),
			refuse: (mark, outcome) => change(add(mark).id, refusedBy(outcome, words, own)),
		}),
		[send, sendAll, list, add, change, words, own],
	);
	return (
		<MarksContext value={marks}>
			{children}
			<div className={styles.notices} role="status" aria-live="polite">
				{list.map((one) => (
					<Notice key={one.id} sending={one} onUndo={() => undo(one)} onDrop={() => drop(one.id)} />
				))}
			</div>
		</MarksContext>
	);
}

type NoticeProps = { readonly sending: Sending; readonly onUndo: () => void; readonly onDrop: () => void };

function Notice({ sending: { about, state, what, why, isUnanswered, keptAt, canUndo }, onUndo, onDrop }: NoticeProps) {
	const own = useRunbookWords();
	const action = about.startsWith('gate/') ? 'gates.vote' : about.startsWith('incident/') ? 'incidents.mark' : 'marks.make';
	const leftS = useSlice(({ pace }) => (canUndo && state === 'kept' && pace !== null ? Math.ceil((keptAt + UNDO_WITHIN_MS - pace.now) / 1000) : 0));
	const text = {
		sending: `${what} · ${own.sending}`,
		kept: fill(own.kept, { what }),
		undone: fill(own.undone, { what }),
		refused: fill(isUnanswered ? own.notKnown : own.notDone, { what, why }),
	}[state];
	return (
		<p className={styles.notice} data-sending={state}>
			<span>
				{state === 'refused' && <Shape of="watch" />} {text}
			</span>
			{state === 'kept' && leftS > 0 && (
				<ActButton action={action} onClick={onUndo}>
					{own.undo} <small>{fill(own.undoIn, { seconds: leftS })}</small>
				</ActButton>
			)}
			{state !== 'sending' && (
				<button type="button" data-quiet className={styles.close} aria-label={own.dismiss} onClick={onDrop}>
					×
				</button>
			)}
		</p>
	);
}
