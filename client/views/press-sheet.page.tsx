// /press/:id: a frozen sheet as it will be seen, its history, who may release or withdraw it, where it is to be had, and what has changed since.
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { DEFAULT_ZONE, zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { MayDo } from './may-do.tsx';
import pages from './pages.module.css';
import styles from './press.module.css';
import { contradictedSheets } from './press-contradicted.ts';
import { momentSaid, nameOfSheet, numberOf, saidIn, sheetsHere } from './press-list-model.ts';
import faces from './press-preview.module.css';
import { FaceSwitches, type SheetFace, useSheetFace } from './press-preview.tsx';
import type { SheetBrief } from './press-read.ts';
import { PressRelease, PressWithdraw } from './press-release.tsx';
import { PressSince } from './press-since.tsx';
import { PressCourse } from './press-story.tsx';
import { useMay } from './use-may.ts';
import { useToldSheets } from './use-press.ts';

export function PressSheetPage({ id }: { readonly id: string }) {
	const own = usePressWords();
	const mayDo = useMay();
	if (!mayDo('press.read')) return <p className={styles.none}>{own.list.notYours}</p>;
	return <Sheet id={id} />;
}

function Sheet({ id }: { readonly id: string }) {
	const { language } = useWords();
	const own = usePressWords();
	const zone = useJudged(zoneOf) ?? DEFAULT_ZONE;
	const told = useToldSheets(id);
	const sheets = useSlice(({ followed }) => sheetsHere(told.sheets, followed?.board ?? null));
	const since = useSlice(({ followed, judged }) =>
		followed === null || judged === null ? null : (contradictedSheets(followed.board, judged, judged.now).get(id) ?? null),
	);
	const [face, turnFace] = useSheetFace();
	const sheet = sheets.find((one) => one.id === id);
	if (sheet === undefined) return <p className={styles.none}>{told.isAsked ? own.sheet.notFound : own.list.loading}</p>;
	return (
		<>
			<div className={pages.heading}>
				<Link href="/press">← {own.title}</Link>
				<h1 className={styles.title}>{saidIn(sheet.title, language)}</h1>
				<span data-state={sheet.state} className={styles.state}>
					{[numberOf(sheet, own), own.state[sheet.state]].filter((one) => one !== null).join(' · ')}
				</span>
				{sheet.state !== 'draft' && (
					<MayDo action="press.compose">
						<Link href={`/press/new?from=${id}`}>{own.sheet.again}</Link>
					</MayDo>
				)}
			</div>
			{since !== null && (
				<p role="status" className={styles.banner}>
					<Shape of="bad" /> {fill(own.contradicted, { at: momentSaid(since, zone) })}
				</p>
			)}
			<div className={styles.composer}>
				<div className={styles.write}>
					<TileFrame name="press-face" title={own.compose.preview}>
						<FaceSwitches face={face} onTurn={turnFace} />
						<Picture sheet={sheet} face={face} />
					</TileFrame>
					<PressSince sheet={sheet} />
				</div>
				<div className={styles.look}>
					{sheet.state === 'draft' && <PressRelease sheet={sheet} sheets={sheets} zone={zone} />}
					<Outputs sheet={sheet} />
					<PressCourse sheet={sheet} sheets={sheets} zone={zone} />
					{(sheet.state === 'released' || sheet.state === 'draft') && <PressWithdraw sheet={sheet} />}
				</div>
			</div>
		</>
	);
}

/** The very drawing that is released, with its watermark while it is a draft. */
function Picture({ sheet, face: { format, language } }: { readonly sheet: SheetBrief; readonly face: SheetFace }) {
	const { language: screen } = useWords();
	const own = usePressWords();
	const path = `/api/press/${sheet.id}/preview?format=${format}&lang=${language}&state=${sheet.state}`;
	const [lost, setLost] = useState<string | null>(null);
	useEffect(() => setLost((before) => (before === path ? before : null)), [path]);
	if (sheet.title[language].trim() === '') return <p className={faces.none}>{own.compose.noSheet}</p>;
	if (lost === path)
		return (
			<p role="status" className={faces.none}>
				<Shape of="watch" /> {own.sheet.noPicture}
			</p>
		);
	const alt = fill(own.sheet.previewAlt, { id: nameOfSheet(sheet.id), title: saidIn(sheet.title, screen) });
	return <img key={path} className={faces.picture} data-format={format} src={path} alt={alt} onError={() => setLost(path)} />;
}

const kinds = ['png', 'pdf', 'html', 'json'] as const;

function Outputs({ sheet }: { readonly sheet: SheetBrief }) {
	const own = usePressWords();
	const w = own.sheet;
	const name = nameOfSheet(sheet.id);
	const isPublic = sheet.releasedAt !== null;
	return (
		<TileFrame name="press-outputs" title={w.outputs}>
			{isPublic ? (
				<ul className={styles.outputs}>
					<li>
						<a href={`/p/${name}`}>{w.publicPage}</a>
					</li>
					{kinds.map((kind) => (
						<li key={kind}>
							<a href={`/p/${name}.${kind}`}>{kind === 'json' ? `${w.data} (JSON)` : kind.toUpperCase()}</a>
						</li>
					))}
				</ul>
			) : (
				<p className={styles.none}>{w.notYet}</p>
			)}
		</TileFrame>
	);
}
