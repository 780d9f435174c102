// The desk: pages for those who sit before a laptop or hold a phone. Owns the frame around the pages and their addresses.

import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { deskOf } from '../../shared/words/desk-words.ts';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { FootStripTile } from '../tiles/foot-strip.tile.tsx';
import { MarksTile } from '../tiles/marks.tile.tsx';
import { SourcesBriefTile } from '../tiles/sources-brief.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import { AccessPage } from './access.page.tsx';
import { AlarmsPage } from './alarms.page.tsx';
import { ArchivePage } from './archive.page.tsx';
import { ArchivesPage } from './archives.page.tsx';
import { AuditPage } from './audit.page.tsx';
import styles from './desk.module.css';
import { DeskMarks } from './desk-marks.tsx';
import { DeskMenu } from './desk-menu.tsx';
import { ErPage } from './er.page.tsx';
import { ErSitePage } from './er-site.page.tsx';
import { FacilitiesPage } from './facilities.page.tsx';
import { GatesPage } from './gates.page.tsx';
import { gateAhead } from './gates-model.ts';
import { GatePanel } from './gates-panel.tsx';
import { IncidentPage } from './incident.page.tsx';
import { IncidentsPage } from './incidents.page.tsx';
import { NotFoundView } from './not-found.view.tsx';
import { OverviewPage } from './overview.page.tsx';
import { RunbookPage } from './runbook.page.tsx';
import { RunbookNow } from './runbook-now.tsx';
import { ServicePage } from './service.page.tsx';
import { ServicesPage } from './services.page.tsx';
import { SincePage } from './since.page.tsx';
import { SinceBox } from './since-box.tsx';
import { SinceLooked } from './since-looked.tsx';
import { SourcesPage } from './sources.page.tsx';
import { useDocument } from './use-document.ts';
import { useHasIncidents, useIsOfPress, usePressSeat } from './use-press-seat.ts';
import { WayIn } from './way-in.tsx';

/** Composing is long work of few people: its pages come when they are asked for. */
const PressPage = lazy(async () => ({ default: (await import('./press.page.tsx')).PressPage }));
const PressComposePage = lazy(async () => ({ default: (await import('./press-compose.page.tsx')).PressComposePage }));
const PressSheetPage = lazy(async () => ({ default: (await import('./press-sheet.page.tsx')).PressSheetPage }));

const isPage = (path: string): boolean =>
	/^\/(alarms|archives(\/[a-z0-9-]+)?|er(\/[a-z0-9-]+)?|runbook(\/[a-z0-9-]+)?|facilities|gates|incidents(\/[a-z0-9-]+)?|press(\/[a-z0-9-]+)?|since|services(\/[a-z0-9-]+)?|sources|access|audit)?\/?$/.test(
		path,
	);

export function DeskView() {
	const [path] = useLocation();
	return isPage(path) ? <Desk path={path} /> : <NotFoundView />;
}

function Desk({ path }: { readonly path: string }) {
	const { words } = useWords();
	const name = useJudged(({ cutover, plan }) => cutover?.name ?? plan?.name ?? null);
	const hasBoard = name !== null;
	const isRefused = useSlice(({ link }) => link === 'refused');
	useDocument('desk', name === null ? words.product : `${name} · ${words.product}`);
	return (
		<SinceLooked>
			<DeskMarks>
				<Frame path={path} hasBoard={hasBoard} isRefused={isRefused} />
			</DeskMarks>
		</SinceLooked>
	);
}

type FrameProps = { readonly path: string; readonly hasBoard: boolean; readonly isRefused: boolean };

function Frame({ path, hasBoard, isRefused }: FrameProps) {
	const { words } = useWords();
	const isSeatedAnew = usePressSeat();
	const isOfPress = useIsOfPress();
	// A sheet and its preview stand side by side, and whoever writes it does not run the night.
	const isWide = path.startsWith('/press');
	return (
		<div className={styles.desk} data-wide={isWide || undefined}>
			<a className="skip" href="#content">
				{deskOf(words).page.skip}
			</a>
			<DeskMenu path={path} />
			<div className={styles.middle}>
				<TruthStripTile />
				<main id="content" className={styles.main} tabIndex={-1}>
					{isRefused && !isSeatedAnew && <WayIn />}
					{hasBoard ? <Pages isOfPress={isOfPress} /> : (!isRefused || isSeatedAnew) && <p className={styles.waiting}>{words.board.waiting}</p>}
				</main>
				{!isOfPress && <FootStripTile />}
			</div>
			{!isWide && !isOfPress && (
				<aside className={styles.side} aria-label={deskOf(words).page.facts}>
					{hasBoard && (
						<>
							<RunbookNow />
							{!path.startsWith('/gates') && <GateAhead />}
							{!path.startsWith('/since') && <SinceBox />}
							{!path.startsWith('/sources') && <SourcesBriefTile />}
							<MarksTile />
						</>
					)}
				</aside>
			)}
		</div>
	);
}

/** The gate that the room stands before, beside every page. */
function GateAhead() {
	const id = useJudged(gateAhead);
	return id === null ? null : <GatePanel key={id} id={id} />;
}

function Pages({ isOfPress }: { readonly isOfPress: boolean }) {
	const [path] = useLocation();
	const hasIncidents = useHasIncidents();
	if (isOfPress && !path.startsWith('/press') && !(hasIncidents && path.startsWith('/incidents'))) return <Redirect to="/press" replace />;
	return (
		<Suspense fallback={null}>
			<Switch>
				<Route path="/" component={OverviewPage} />
				<Route path="/archives" component={ArchivesPage} />
				<Route path="/archives/:id">{({ id }) => <ArchivePage id={id} />}</Route>
				<Route path="/runbook">
					<RunbookPage />
				</Route>
				<Route path="/runbook/:id">{({ id }) => <RunbookPage task={id} />}</Route>
				<Route path="/gates" component={GatesPage} />
				<Route path="/since" component={SincePage} />
				<Route path="/er" component={ErPage} />
				<Route path="/er/:id">{({ id }) => <ErSitePage id={id} />}</Route>
				<Route path="/alarms" component={AlarmsPage} />
				<Route path="/incidents" component={IncidentsPage} />
				<Route path="/incidents/:id">{({ id }) => <IncidentPage id={id} />}</Route>
				<Route path="/facilities" component={FacilitiesPage} />
				<Route path="/services" component={ServicesPage} />
				<Route path="/services/:id">{({ id }) => <ServicePage id={id} />}</Route>
				<Route path="/sources" component={SourcesPage} />
				<Route path="/access" component={AccessPage} />
				<Route path="/audit" component={AuditPage} />
				<Route path="/press" component={PressPage} />
				<Route path="/press/new" component={PressComposePage} />
				<Route path="/press/:id">{({ id }) => <PressSheetPage key={id} id={id} />}</Route>
			</Switch>
		</Suspense>
	);
}
