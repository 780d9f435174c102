// The ward's form: who is present, by code, counted on paper and sent in ten seconds with one thumb; with or without a network.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type TriageCode, triageCodes } from '../../shared/er.ts';
import { formatMoment } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import type { Draft } from '../store/count-draft.ts';
import { presentOf } from '../store/count-queue.ts';
import { useField, useFieldState, useFieldWords } from '../store/field-store.ts';
import styles from './field.module.css';
import { changed, isJump, isOldRow, oldOf, startOf, withRow } from './field-model.ts';
import { OldNote, Question } from './field-question.tsx';
import { FieldDoor, people } from './field-queue.tsx';
import { Stepper } from './field-stepper.tsx';
import { useMoment, usePhoneTime, ZONE } from './field-time.ts';
import { useDraft } from './use-draft.ts';

const TAPPED_TWICE_MS = 1500;

type Asked = 'figure' | 'boarding' | 'sure' | null;

export function CountForm() {
	const words = useFieldWords();
	const momentOf = useMoment();
	const { send, now } = useField();
	const { known, records, clock } = useFieldState();
	const start = startOf(known, records, clock);
	/** Null until something is changed: then the last count is shown, also one that comes in from another phone. */
	const { draft, latest, put } = useDraft();
	const old = oldOf(start, draft, { phone: usePhoneTime(), clock, known });
	const [asked, setAsked] = useState<Asked>(null);
	const [wrong, setWrong] = useState<readonly string[]>([]);
	/** With each the rows begin anew, and what was typed in them is gone. */
	const [round, setRound] = useState(0);
	const [spoken, setSpoken] = useState('');
	const form = useRef<HTMLFormElement | null>(null);
	const boardingInput = useRef<HTMLInputElement | null>(null);
	const wasAsked = useRef(false);
	const sendButton = useRef<HTMLButtonElement | null>(null);
	const sent = useRef<{ readonly draft: Draft | null; readonly at: number }>({ draft: null, at: Number.NEGATIVE_INFINITY });
	const counted = draft?.counted ?? start.counted;
	const present = presentOf(counted);
	const isTooMany = counted.boarding > present;
	useHeard(setSpoken);
	useEffect(() => {
		if (asked === 'figure') {
			const figure = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
			figure?.closest('details')?.setAttribute('open', '');
			figure?.focus();
		}
		if (asked === 'boarding') boardingInput.current?.focus();
		// The question stood in the button's place, and the focus on it.
		if (asked === null && wasAsked.current) sendButton.current?.focus();
		wasAsked.current = false;
	}, [asked]);

	const goOn = async (): Promise<void> => {
		wasAsked.current = asked === 'sure';
		setAsked(null);
		sent.current = { draft, at: performance.now() };
		await send(counted);
		// What was changed while it was being kept stands.
		if (latest.current === draft) put(null);
	};
	const submit = (): void => {
		// A thumb that taps twice sends once.
		const isUnchanged = draft === null || draft === sent.current.draft;
		if (isUnchanged && performance.now() - sent.current.at < TAPPED_TWICE_MS) return;
		const isOldNow = oldOf(start, draft, { phone: now(), clock, known })?.asks === true;
		if (wrong.length > 0) setAsked('figure');
		else if (isTooMany) setAsked('boarding');
		else if (isOldNow || isJump(start, counted)) setAsked('sure');
		else void goOn();
	};
	const drop = (): void => {
		put(null);
		setAsked(null);
		setWrong([]);
		setRound(round + 1);
	};
	/** All that every row has alike. */
	const row = (name: string, what: string) => ({
		name,
		what,
		isOld: name !== 'forms' && isOldRow(old, draft, name),
		describedBy: name !== 'forms' && isOldRow(old, draft, name) ? 'old' : undefined,
		onWrong(isWrong: boolean) {
			setAsked(null);
			setWrong((rows) => (isWrong ? [...new Set([...rows, name])] : rows.filter((one) => one !== name)));
		},
		onChange(value: number | null) {
			const next = withRow(latest.current?.counted ?? start.counted, name, value);
			put(changed(latest.current, name, next, start, { phone: now(), clock, known }));
			setAsked(null);
			setSpoken(fill(words.spoken, { what, value: value ?? '–', present: presentOf(next) }));
		},
	});
	const forms = counted.forms ?? (start.formsTold === null ? words.formsNone : fill(words.formsTold, { count: start.formsTold }));
	const questions = [
		...(old?.asks === true ? [fill(words.oldAsk, { time: momentOf(old.at) })] : []),
		...(isJump(start, counted) ? [fill(words.jump, { before: presentOf(start.counted), now: present })] : []),
	];
	return (
		<form
			ref={form}
			className={styles.form}
			aria-label={words.count}
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			{old !== null && <OldNote old={old} />}
			{triageCodes.map((code) => {
				const what = code === 'none' ? words.noCode : fill(words.codeOf, { code, colour: words.colour[code] });
				return <Stepper key={`${code} ${round}`} {...row(code, what)} label={<CodeLabel code={code} />} value={counted.byCode[code]} />;
			})}
			<Stepper
				key={`boarding ${round}`}
				{...row('boarding', words.boardingOf)}
				label={words.boarding}
				value={counted.boarding}
				input={boardingInput}
				{...(isTooMany ? { describedBy: 'too-many' } : {})}
			/>
			<details className={styles.forms}>
				<summary>
					{words.forms} <span>{forms}</span>
				</summary>
				<Stepper key={`forms ${round}`} {...row('forms', words.formsOf)} label={words.forms} value={counted.forms ?? null} isOptional />
			</details>
			{isTooMany && (
				<p id="too-many" role={asked === 'boarding' ? 'alert' : undefined} className={styles.trouble}>
					{fill(words.tooManyBoarding, { boarding: counted.boarding, present })}
				</p>
			)}
			{asked === 'sure' && questions.length > 0 ? (
				<Question
					texts={questions}
					present={present}
					onYes={() => void goOn()}
					onNo={() => {
						wasAsked.current = true;
						setAsked(null);
					}}
				/>
			) : (
				<SendButton button={sendButton} text={wrong.length > 0 ? words.toCorrect : people(present, words.send)} />
			)}
			{old?.of === 'draft' && (
				<button type="button" data-quiet className={styles.drop} onClick={drop}>
					{words.drop}
				</button>
			)}
			<FieldDoor />
			<p className="for-ears" role="status" data-spoken>
				{spoken}
			</p>
		</form>
	);
}

/** Nobody sees this form but who holds the site's link; the server asks at each count. */
function SendButton({ button, text }: { readonly button: RefObject<HTMLButtonElement | null>; readonly text: string }) {
	return (
		<button ref={button} type="submit" data-asked className={styles.send}>
			{text}
		</button>
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
