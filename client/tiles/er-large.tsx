// One emergency room in full on a wall: figures, codes, the way it is counted, its trend, its neighbours and its own system. Knows no other view.
import { memo } from 'react';
import type { ErNow } from '../../shared/er-now.ts';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { useErWords } from '../store/er-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { sameShape } from '../store/same-shape.ts';
import { zoneOf } from '../store/selectors.ts';
import { ErBanner } from './er-banner.tsx';
import { ErCodeTable } from './er-code-table.tsx';
import { CodeChip } from './er-codes.tsx';
import styles from './er-large.module.css';
import { type LargeModel, largeModel, neighbourRows, type Told } from './er-large-model.ts';
import { ErTrendChart } from './er-trend.tsx';
import { erTrend } from './er-trend-model.ts';
import { serviceRow } from './services-model.ts';
import { Shape } from './shape.tsx';

const TREND_HOURS = 12;
/** As the wall's size has it. */
export type WallRoom = 'wide' | 'middle' | 'narrow';
const NEIGHBOURS_AT_MOST = { wide: 4, middle: 3, narrow: 0 } as const;

/** Its own system, as the night's services have it; null where the plan names none. */
function serviceOf({ judged, followed }: ScreenState, id: string, { zone, words, language }: Told) {
	const service = followed?.board.sites[id]?.service ?? null;
	const one = service === null ? undefined : judged?.services[service];
	if (service === null || one === undefined) return null;
	return serviceRow(service, one, zone, words, language, judged?.forecast.services[service]?.[0] ?? null);
}

function panelOf(state: ScreenState, id: string, told: Omit<Told, 'now' | 'zone'>) {
	const { judged, followed } = state;
	const er: ErNow | null = judged?.er ?? null;
	const one = er?.sites[id];
	if (judged === null || er === null || one === undefined) return null;
	const all = { ...told, now: judged.now, zone: zoneOf(judged) };
	return {
		model: largeModel(id, one, all),
		neighbours: neighbourRows(one, er.sites, told.own, told.language),
		service: serviceOf(state, id, all),
		trend: erTrend(followed?.board.sites[id]?.trend ?? {}, judged.now, TREND_HOURS),
		zone: all.zone,
	};
}

/** `isAlone`: it has the wall for itself. A narrow room has space for figures and a line of codes only. */
export function ErLarge({ id, isAlone, room }: { readonly id: string; readonly isAlone: boolean; readonly room: WallRoom }) {
	const { words, language } = useWords();
	const own = useErWords();
	const panel = useSlice((state) => panelOf(state, id, { words, own, language }));
	if (panel === null) return null;
	const { model, neighbours, service, trend, zone } = panel;
	const hasSide = isAlone && room !== 'narrow';
	const isTight = !isAlone || room !== 'wide';
	const isBlind = model.blind !== null;
	const classes = [
		styles.panel,
		isAlone ? styles.alone : styles.beside,
		isTight ? styles.tight : '',
		isBlind ? styles.blind : styles[model.standing],
	];
	return (
		<section className={classes.join(' ')} data-tile="er-large" data-subject={`site/${id}`} data-standing={model.standing}>
			<header className={styles.head}>
				<h2>
					<Shape of={model.standing} /> {isTight ? model.short : model.label}
				</h2>
				{model.blind !== null && <p className={styles.blindWord}>{model.blind}</p>}
				{model.reason !== null && <p className={styles.reason}>{model.reason}</p>}
				{model.diversion !== null && <p className={styles.diversion}>{model.diversion}</p>}
			</header>
			{model.banner !== null && <ErBanner banner={model.banner} isTitled={isAlone} />}
			<Figures model={model} isTight={isTight} />
			<div className={styles.lower}>
				{model.codes !== null && (room === 'narrow' ? <CodeLine codes={model.codes} /> : <ErCodeTable codes={model.codes} isNamed={!isTight} />)}
				{hasSide && (
					<div className={styles.side}>
						<h3>{fill(own.trend, { hours: TREND_HOURS })}</h3>
						{trend === null ? (
							<p className={styles.quiet}>{own.noTrend}</p>
						) : (
							<ErTrendChart trend={trend} zone={zone} label={`${fill(own.trend, { hours: TREND_HOURS })}: ${own.trendGap}`} />
						)}
						<div className={styles.around}>
							{service !== null && (
								<p className={styles.service} data-subject={`service/${service.id}`} data-standing={service.standing}>
									<span className={styles.quiet}>{own.service}</span> <Shape of={service.mark} /> <b>{service.label}</b> {service.state}
								</p>
							)}
							{neighbours.length > 0 && <Neighbours rows={neighbours} atMost={NEIGHBOURS_AT_MOST[room]} />}
						</div>
					</div>
				)}
			</div>
		</section>
	);
}

const TIGHT_FIGURES = ['present', 'waiting', 'boarding', 'arrivals'];

const Figures = memo(function Figures({ model, isTight }: { readonly model: LargeModel; readonly isTight: boolean }) {
	const shown = isTight ? model.figures.filter(({ name }) => TIGHT_FIGURES.includes(name)) : model.figures;
	return (
		<dl className={styles.figures}>
			{shown.map(({ name, title, figure, context }) => (
				<div key={name} data-figure={name}>
					<dt>{title}</dt>
					<dd>
						<strong>{figure}</strong>
						<span className={styles.quiet}>{context.join(' · ')}</span>
					</dd>
				</div>
			))}
		</dl>
	);
}, sameShape);

/** Where there is no room for a table: who is present by code, and where somebody waits for too long. */
function CodeLine({ codes }: { readonly codes: NonNullable<LargeModel['codes']> }) {
	const own = useErWords();
	return (
		<dl className={styles.codeLine} aria-label={own.codes}>
			{codes.map((row) => (
				<div key={row.code} data-code-row={row.code}>
					<dt>
						<CodeChip code={row.code} noCode="short" />
					</dt>
					<dd>{row.present}</dd>
				</div>
			))}
		</dl>
	);
}

type NeighboursProps = { readonly rows: ReturnType<typeof neighbourRows>; readonly atMost: number };

function Neighbours({ rows, atMost }: NeighboursProps) {
	const { words } = useWords();
	const own = useErWords();
	const left = rows.length - atMost;
	return (
		<>
			<h3>
				{own.neighbours}
				{left > 0 && ` · ${fill(words.archives.leftOut, { count: left })}`}
			</h3>
			<ul className={styles.neighbours}>
				{rows.slice(0, atMost).map((row) => (
					<li key={row.id} data-subject={`site/${row.id}`} data-standing={row.standing}>
						<Shape of={row.standing} /> <span>{row.label}</span> <strong className={styles.near}>{row.figure}</strong>{' '}
						<span className={styles.quiet}>{row.context}</span>
					</li>
				))}
			</ul>
		</>
	);
}
