// /press/new: a sheet is composed. Figures come from the board at a moment and are only chosen; words are written. What is written stays on
// this screen until the server has it.
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { SheetContent } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useScreen, useSlice, useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { DEFAULT_ZONE, zoneOf } from '../store/selectors.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { newKey } from './desk-send.ts';
import pages from './pages.module.css';
import styles from './press.module.css';
import { PressCatalogue } from './press-catalogue.tsx';
import { PressHeroes, PressLists, PressMore } from './press-chosen.tsx';
import { findingsIn, tidied } from './press-draft.ts';
import { PressJump } from './press-jump.tsx';
import { type KeptDraft, keepDraft, recallDraft } from './press-kept.ts';
import { momentSaid } from './press-list-model.ts';
import { PressMoment, PressTemplate } from './press-moment.tsx';
import { FaceSwitches, PressPreview, useSheetFace } from './press-preview.tsx';
import { detailOf, sheetOfAnswer } from './press-read.ts';
import { PressSend } from './press-send.tsx';
import { contentOf } from './press-templates.ts';
import { PressTexts } from './press-texts.tsx';
import { useMay } from './use-may.ts';
import { useFigures } from './use-press.ts';
import { momentOfText } from './zoned-moment.ts';

export function PressComposePage() {
	const own = usePressWords();
	const mayDo = useMay();
	return (
		<>
			<div className={pages.heading}>
				<Link href="/press">← {own.title}</Link>
				<h1 className={styles.title}>{own.compose.title}</h1>
			</div>
			{mayDo('press.compose') ? <Composer /> : <p className={styles.none}>{own.compose.notYours}</p>}
		</>
	);
}

const blank: SheetContent = contentOf('blank', { figures: [], courses: [], hasFacts: false, night: '', incident: null });

/** The draft that this screen kept; or the words and figures of a sheet that is to be brought up to date. */
function useDraftHere(): KeptDraft & { readonly isResumed: boolean } {
	const from = new URLSearchParams(useSearch()).get('from');
	const { board } = useScreen();
	const [first] = useState(() => {
		const kept = recallDraft();
		const rows = board.getState().followed?.board.press.rows ?? {};
		const content = from !== null && Object.hasOwn(rows, from) ? rows[from]?.frozen.content : undefined;
		if (content !== undefined && kept === null) return { content, moment: '', savedAt: 0, isResumed: false };
		return kept === null ? { content: blank, moment: '', savedAt: 0, isResumed: false } : { ...kept, isResumed: true };
	});
	return first;
}

function Composer() {
	const { language } = useWords();
	const own = usePressWords();
	const w = own.compose;
	const { ask, board } = useScreen();
	const [, go] = useLocation();
	const zone = useJudged(zoneOf) ?? DEFAULT_ZONE;
	const night = useJudged(({ plan, cutover }) => plan?.name ?? cutover?.name ?? '') ?? '';
	const isRehearsal = useSlice(({ followed }) => followed?.board.rehearsal ?? false);
	const incidents = useJudged(({ breakdown }) => Object.values(breakdown?.incidents ?? {}).map(({ id, title }) => ({ id, title }))) ?? [];
	const first = useDraftHere();
	const [content, setContent] = useState(first.content);
	const [moment, setMoment] = useState(first.moment);
	/** The moment that the figures here were asked for. */
	const [readFor, setReadFor] = useState<string | null>(null);
	const [keptAt, setKeptAt] = useState<number | null>(first.savedAt);
	const [isResumed, setIsResumed] = useState(first.isResumed);
	const [sending, setSending] = useState<{ readonly isBusy: boolean; readonly trouble: string | null }>({ isBusy: false, trouble: null });
	const [face, turnFace] = useSheetFace();
	const figures = useFigures();
	const { read } = figures;
	const begun = useRef(JSON.stringify(first.isResumed ? null : first.content));
	const attempt = useRef({ text: '', key: '' });
	const now = (): number => board.getState().pace?.now ?? 0;

	const keep = (next: SheetContent, at: string): void => {
		const savedAt = now();
		setKeptAt(keepDraft({ content: next, moment: at, savedAt }) ? savedAt : null);
	};
	const change = (how: (one: SheetContent) => SheetContent): void => {
		const next = how(content);
		setContent(next);
		keep(next, moment);
		setSending({ isBusy: false, trouble: null });
	};
	const readAt = async (typed: string): Promise<void> => {
		setMoment(typed);
		setReadFor(null);
		if (typed !== moment) keep(content, typed);
		const at = typed === '' ? null : momentOfText(typed, zone);
		await read(at === null ? null : { at });
		setReadFor(typed);
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: once, with what the draft began with
	useEffect(() => {
		void readAt(first.moment);
	}, []);

	const here = readFor === moment && figures.trouble === null ? figures.board : null;
	const findings = findingsIn(content, here, own, language);
	const begin = (next: SheetContent): void => {
		begun.current = JSON.stringify(next);
		setContent(next);
	};
	const choose = (template: SheetContent['template'], incident: string | null): void => {
		const next = contentOf(template, {
			figures: figures.board?.figures ?? [],
			courses: figures.board?.courses ?? [],
			hasFacts: (figures.board?.facts.length ?? 0) > 0,
			night,
			incident: incidents.find(({ id }) => id === incident) ?? null,
		});
		begin(next);
		keep(next, moment);
		setIsResumed(false);
	};
	const anew = (): void => {
		keepDraft(null);
		begin(blank);
		setIsResumed(false);
	};
	const send = async (): Promise<void> => {
		if (here === null) return;
		const body = { content: tidied(content), seq: here.seq, at: new Date(here.at).toISOString() };
		const text = JSON.stringify(body);
		// The same draft sent twice is taken once.
		if (attempt.current.text !== text) attempt.current = { text, key: newKey() };
		setSending({ isBusy: true, trouble: null });
		const { status, json } = await ask('POST', '/api/press', body, attempt.current.key);
		const sheet = sheetOfAnswer(json);
		if (status >= 200 && status < 300 && sheet !== null) {
			keepDraft(null);
			return go(`/press/${sheet}`);
		}
		setSending({ isBusy: false, trouble: status === 0 ? w.lost : fill(w.refused, { detail: detailOf(json) || String(status) }) });
	};
	const writing = { content, onChange: change };
	const isWritten = JSON.stringify(content) !== begun.current && JSON.stringify(content) !== JSON.stringify(blank);
	return (
		<>
			<div className={styles.composer}>
				<div className={styles.write}>
					{isResumed && (
						<p role="status" className={styles.quiet}>
							{fill(w.resumed, { at: momentSaid(first.savedAt, zone) })}
						</p>
					)}
					<PressTemplate template={content.template} isWritten={isWritten} incident={content.incident} incidents={incidents} onChoose={choose} />
					<PressMoment
						moment={moment}
						zone={zone}
						now={now}
						read={here}
						isBusy={figures.isBusy}
						trouble={figures.trouble}
						onRead={(typed) => void readAt(typed)}
					/>
					<PressTexts {...writing} />
					<PressHeroes {...writing} figures={here?.figures ?? null} />
					<PressLists {...writing} figures={here?.figures ?? null} />
					<PressMore {...writing} courses={here?.courses ?? []} facts={here?.facts ?? []} />
					{here !== null && here.figures.length === 0 && <p className={styles.none}>{w.notThen}</p>}
					{here !== null && here.figures.length > 0 && <PressCatalogue {...writing} figures={here.figures} at={here.at} />}
				</div>
				<div className={styles.look}>
					<TileFrame name="press-preview" title={w.preview}>
						<FaceSwitches face={face} onTurn={turnFace} />
						<PressPreview
							face={face}
							isRehearsal={isRehearsal}
							room={{
								content,
								figures: here?.figures ?? [],
								courses: here?.courses ?? [],
								facts: here?.facts ?? [],
								at: here?.at ?? now(),
								zone,
							}}
						/>
					</TileFrame>
					<PressSend
						findings={findings}
						isBusy={sending.isBusy}
						trouble={sending.trouble}
						keptAt={keptAt}
						zone={zone}
						onSend={() => void send()}
						onAnew={anew}
					/>
				</div>
			</div>
			<PressJump />
		</>
	);
}
