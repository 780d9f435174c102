// The ward's form: who is present, by code, counted on paper and sent in ten seconds with one thumb; with or without a network.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type TriageCode, triageCodes } from '../../shared/er.ts';
import { formatMoment } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { type Counted, presentOf } from '../store/count-queue.ts';
import { useField, useFieldState, useFieldWords } from '../store/field-store.ts';
import styles from './field.module.css';
import { isJump, lastSentAt, startOf } from './field-model.ts';
import { FieldDoor, FieldQueue, people, ZONE } from './field-queue.tsx';
import { Stepper } from './field-stepper.tsx';

const TAPPED_TWICE_MS = 1500;

type Asked = 'boarding' | 'jump' | null;

export function FieldView() {
	const words = useFieldWords();
	const { preferences, opensOffline } = useField();
	const { language } = useStore(preferences);
	const { known, door, records } = useFieldState();
	const isStranger = known === null && records.length === 0 && (door === 'over' || door === 'other-site' || door === 'unknown-site');
	useLayoutEffect(() => {
		document.documentElement.lang = language;
		document.title = known === null ? words.product : known.label;
	}, [language, known, words]);
	return (
		<>
			<FieldHeader />
			<main className={styles.main}>
				{isStranger ? (
					<p role="alert" className={styles.stranger}>
						{words.needsLink}
					</p>
				) : (
					<>
						<CountForm />
						<FieldQueue />
					</>
				)}
			</main>
			<footer className={styles.foot}>
				{!opensOffline && <p>{words.onlyOnline}</p>}
				<button
					type="button"
					data-quiet
					lang={language === 'it' ? 'en' : 'it'}
					onClick={() => preferences.setState({ language: language === 'it' ? 'en' : 'it' })}
				>
					{words.otherLanguage}
				</button>
			</footer>
		</>
	);
}

function FieldHeader() {
	const words = useFieldWords();
	const { site, known, records } = useFieldState();
	const last = lastSentAt(known, records);
	const sent = last === null ? words.neverSent : fill(words.lastSent, { time: formatMoment(last, known?.zone ?? ZONE) });
	return (
		<header className={styles.header}>
			<h1>{known?.label ?? site}</h1>
			{known?.rehearsal === true && <strong className={styles.rehearsal}>{words.rehearsal}</strong>}
			<p>
				{words.mode[known?.mode ?? 'paper']} · {sent}
			</p>
		</header>
	);
}

function CountForm() {
	const words = useFieldWords();
	const { send } = useField();
	const { known, records, clock } = useFieldState();
	const start = startOf(known, records, clock);
	/** Null until something is changed: then the last count is shown, also one that comes in from another phone. */
	const [draft, setDraft] = useState<Counted | null>(null);
	const [asked, setAsked] = useState<Asked>(null);
	const [spoken, setSpoken] = useState('');
	const boardingInput = useRef<HTMLInputElement | null>(null);
	const wasAsked = useRef(false);
	const sendButton = useRef<HTMLButtonElement | null>(null);
	const sent = useRef<{ readonly draft: Counted | null; readonly at: number }>({ draft: null, at: Number.NEGATIVE_INFINITY });
	const counted = draft ?? start.counted;
	const present = presentOf(counted);
	const isTooMany = counted.boarding > present;
	useHeard(setSpoken);
	useEffect(() => {
		if (asked === 'boarding') boardingInput.current?.focus();
		// The question stood in the button's place, and the focus on it.
		if (asked === null && wasAsked.current) sendButton.current?.focus();
		wasAsked.current = false;
	}, [asked]);

	const change = (what: string, value: number | null, next: Counted): void => {
		setDraft(next);
		setAsked(null);
		setSpoken(fill(words.spoken, { what, value: value ?? '–', present: presentOf(next) }));
	};
	const goOn = async (): Promise<void> => {
		wasAsked.current = asked === 'jump';
		setAsked(null);
		sent.current = { draft, at: performance.now() };
		await send(counted);
		// What was changed while it was being kept stands.
		setDraft((now) => (now === draft ? null : now));
	};
	const submit = (): void => {
		// A thumb that taps twice sends once.
		const isUnchanged = draft === null || draft === sent.current.draft;
		if (isUnchanged && performance.now() - sent.current.at < TAPPED_TWICE_MS) return;
		if (isTooMany) setAsked('boarding');
		else if (isJump(start, counted)) setAsked('jump');
		else void goOn();
	};
	return (
		<form
			className={styles.form}
			aria-label={words.count}
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			{triageCodes.map((code) => {
				const what = code === 'none' ? words.noCode : fill(words.codeOf, { code, colour: words.colour[code] });
				return (
					<Stepper
						key={code}
						name={code}
						what={what}
						label={<CodeLabel code={code} />}
						value={counted.byCode[code]}
						onChange={(value) => change(what, value, { ...counted, byCode: { ...counted.byCode, [code]: value ?? 0 } })}
					/>
				);
			})}
			<Stepper
				name="boarding"
				what={words.boardingOf}
				label={words.boarding}
				value={counted.boarding}
				onChange={(value) => change(words.boardingOf, value, { ...counted, boarding: value ?? 0 })}
				input={boardingInput}
				describedBy={isTooMany ? 'too-many' : undefined}
			/>
			<details className={styles.forms}>
				<summary>
					{words.forms} <span>{counted.forms ?? words.formsNone}</span>
				</summary>
				<Stepper
					name="forms"
					what={words.formsOf}
					label={words.forms}
					value={counted.forms ?? null}
					isOptional
					onChange={(value) => {
						const { forms: _before, ...rest } = counted;
						change(words.formsOf, value, value === null ? rest : { ...rest, forms: value });
					}}
				/>
			</details>
			{isTooMany && (
				<p id="too-many" role={asked === 'boarding' ? 'alert' : undefined} className={styles.trouble}>
					{fill(words.tooManyBoarding, { boarding: counted.boarding, present })}
				</p>
			)}
			{asked === 'jump' ? (
				<Jump
					before={presentOf(start.counted)}
					now={present}
					onYes={() => void goOn()}
					onNo={() => {
						wasAsked.current = true;
						setAsked(null);
					}}
				/>
			) : (
				// Nobody sees this form but who holds the site's link; the server asks at each count.
				<button ref={sendButton} type="submit" data-asked className={styles.send}>
					{people(present, words.send)}
				</button>
			)}
			<FieldDoor />
			<p className="for-ears" role="status" data-spoken>
				{spoken}
			</p>
		</form>
	);
}

type JumpProps = { readonly before: number; readonly now: number; readonly onYes: () => void; readonly onNo: () => void };

/** A thumb that taps twice must not answer a question that it did not see. */
const READ_WITHIN_MS = 400;

function Jump({ before, now, onYes, onNo }: JumpProps) {
	const words = useFieldWords();
	const yes = useRef<HTMLButtonElement | null>(null);
	const [isSeen, setIsSeen] = useState(false);
	useEffect(() => {
		yes.current?.focus();
		const timer = setTimeout(() => setIsSeen(true), READ_WITHIN_MS);
		return () => clearTimeout(timer);
	}, []);
	return (
		<div role="alert" className={styles.jump}>
			<p>{fill(words.jump, { before, now })}</p>
			<div>
				<button ref={yes} type="button" data-asked data-seen={isSeen} className={styles.yes} onClick={() => isSeen && onYes()}>
					{fill(words.jumpYes, { count: now })}
				</button>
				<button type="button" data-quiet onClick={onNo}>
					{words.jumpNo}
				</button>
			</div>
		</div>
	);
}

function CodeLabel({ code }: { readonly code: TriageCode }) {
	const words = useFieldWords();
	return (
		<>
			<i className={styles.chip} data-code={code} aria-hidden="true">
				{code === 'none' ? '' : code}
			</i>
			{words.colour[code]}
		</>
	);
}

/** Says each count that is received, once. */
function useHeard(say: (text: string) => void): void {
	const words = useFieldWords();
	const { records, known } = useFieldState();
	const before = useRef<ReadonlySet<string> | null>(null);
	useEffect(() => {
		const received = records.filter(({ state }) => state === 'received');
		const fresh = before.current === null ? [] : received.filter(({ id }) => before.current?.has(id) === false);
		before.current = new Set(received.map(({ id }) => id));
		const [one] = fresh;
		if (one !== undefined)
			say(fill(words.heard, { time: formatMoment(one.at, known?.zone ?? ZONE), present: people(presentOf(one), words.present) }));
	}, [records, known, words, say]);
}
