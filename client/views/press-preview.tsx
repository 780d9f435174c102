// The preview of a sheet in the proportions of its formats: drawn here from what is written, on paper's colours whatever the screen's are.
import { useState } from 'react';
import { type Language, languages } from '../../shared/format.ts';
import { type SheetFormat, sheetFormats } from '../../shared/sheet.ts';
import { pressPreviewWords } from '../../shared/words/press-preview-words.ts';
import { fill } from '../../shared/words/words.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './press-preview.module.css';
import { CHART, type PreviewRoom, type PreviewSheet, previewOf } from './press-preview-model.ts';
import { useOverflow } from './use-overflow.ts';

export type SheetFace = { readonly format: SheetFormat; readonly language: Language };

/** Which format, and in which language. */
export function useSheetFace(): readonly [SheetFace, (part: Partial<SheetFace>) => void] {
	const [face, setFace] = useState<SheetFace>({ format: 'wide', language: 'it' });
	return [face, (part) => setFace({ ...face, ...part })];
}

type SwitchesProps = { readonly face: SheetFace; readonly onTurn: (part: Partial<SheetFace>) => void };

export function FaceSwitches({ face, onTurn }: SwitchesProps) {
	const { compose: w } = usePressWords();
	return (
		<div className={styles.switches}>
			<fieldset>
				<legend className="for-ears">{w.format}</legend>
				{sheetFormats.map((one) => (
					<button key={one} type="button" data-quiet aria-pressed={face.format === one} onClick={() => onTurn({ format: one })}>
						{w.formats[one]}
					</button>
				))}
			</fieldset>
			<fieldset>
				<legend className="for-ears">{w.language}</legend>
				{languages.map((one) => (
					<button key={one} type="button" data-quiet aria-pressed={face.language === one} onClick={() => onTurn({ language: one })}>
						{w.inLanguage[one]}
					</button>
				))}
			</fieldset>
		</div>
	);
}

type PreviewProps = { readonly room: PreviewRoom; readonly face: SheetFace; readonly isRehearsal: boolean };

export function PressPreview({ room, face: { format, language }, isRehearsal }: PreviewProps) {
	const { compose: w } = usePressWords();
	const sheet = previewOf(room, language);
	const [paper, isFull] = useOverflow(`${format} ${language} ${JSON.stringify(sheet)}`);
	if (sheet === null) return <p className={styles.none}>{w.noSheet}</p>;
	return (
		<>
			<div className={styles.room} data-format={format}>
				<article ref={paper} className={styles.paper} data-format={format} data-preview={language} lang={language} aria-label={w.preview}>
					<Face sheet={sheet} language={language} isRehearsal={isRehearsal} />
				</article>
			</div>
			<p className={styles.word} role="status">
				{isFull ? (
					<>
						<Shape of="watch" /> {fill(w.crowded, { format: w.formats[format], language: w.inLanguage[language] })}
					</>
				) : (
					w.plain
				)}
			</p>
		</>
	);
}

function Face({ sheet, language, isRehearsal }: { readonly sheet: PreviewSheet; readonly language: Language; readonly isRehearsal: boolean }) {
	const words = pressPreviewWords[language];
	// Where there is no chart its place is the sentences'.
	const isBeside = sheet.chart === null && sheet.lists.length > 0 && sheet.sentences.length > 0;
	const sentences = sheet.sentences.map((one) => (
		<p key={one} className={styles.sentence}>
			{one}
		</p>
	));
	return (
		<>
			<svg className={styles.watermark} viewBox="0 0 160 90" aria-hidden="true" focusable="false">
				<text x="80" y="58" textAnchor="middle" transform="rotate(-22 80 45)">
					{words.draft}
				</text>
			</svg>
			<header>
				<p className={styles.title}>{sheet.title}</p>
				<p className={styles.subtitle}>
					{sheet.subtitle}
					{isRehearsal && <b className={styles.rehearsal}>{words.rehearsal}</b>}
				</p>
			</header>
			{sheet.heroes.length > 0 && (
				<ul className={styles.heroes}>
					{sheet.heroes.map(({ value, caption, note }) => (
						<li key={`${value} ${caption}`}>
							<b>{value}</b>
							<span>{caption}</span>
							{note !== null && <small>{note}</small>}
						</li>
					))}
				</ul>
			)}
			<div className={styles.body} data-columns={isBeside || (sheet.chart !== null && sheet.lists.length > 0) ? 'two' : 'one'}>
				{isBeside && <div className={styles.lists}>{sentences}</div>}
				{sheet.chart !== null && <Chart chart={sheet.chart} />}
				{sheet.lists.length > 0 && (
					<div className={styles.lists}>
						{sheet.lists.map(({ title, rows }) => (
							<div key={`${title} ${rows[0]?.label}`}>
								<b>{title}</b>
								<ul>
									{rows.map(({ label, value, share }) => (
										<li key={label} data-bar={share !== null || undefined}>
											<span>{label}</span>
											{share !== null && (
												<i>
													<i style={{ width: `${Math.round(share * 100)}%` }} />
												</i>
											)}
											<span>{value}</span>
										</li>
									))}
								</ul>
							</div>
						))}
					</div>
				)}
			</div>
			{!isBeside && sentences}
			<footer>
				{sheet.notes.length > 0 && (
					<p>
						{words.notes}: {sheet.notes.join(' ')}
					</p>
				)}
				<p>{words.footer}</p>
			</footer>
		</>
	);
}

function Chart({ chart }: { readonly chart: NonNullable<PreviewSheet['chart']> }) {
	const { compose: w } = usePressWords();
	return (
		<div className={styles.chart}>
			<b>
				{chart.title}
				<span>{chart.top}</span>
			</b>
			{chart.lines.length === 0 ? (
				<p>{w.chartHere}</p>
			) : (
				<>
					<svg viewBox={`0 0 ${CHART.width} ${CHART.height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
						{chart.lines.map((points) => (
							<polyline key={points} points={points} />
						))}
					</svg>
					<p className={styles.axis}>
						<span>{chart.from}</span>
						<span>{chart.to}</span>
					</p>
				</>
			)}
		</div>
	);
}
