// The desk: pages for those who sit before a laptop or hold a phone. Owns the frame around the pages and their addresses.

import { Link, Route, Switch, useLocation } from 'wouter';
import { deskOf } from '../../shared/words/desk-words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useJudged, usePreferences, useScreen, useSlice, useWords } from '../store/hooks.ts';
import { FootStripTile } from '../tiles/foot-strip.tile.tsx';
import { MarksTile } from '../tiles/marks.tile.tsx';
import { SourcesBriefTile } from '../tiles/sources-brief.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import { AccessPage } from './access.page.tsx';
import { ArchivePage } from './archive.page.tsx';
import { ArchivesPage } from './archives.page.tsx';
import { AuditPage } from './audit.page.tsx';
import styles from './desk.module.css';
import { DeskMarks } from './desk-marks.tsx';
import { useRunbookWords } from './desk-words.ts';
import { ErPage } from './er.page.tsx';
import { ErSitePage } from './er-site.page.tsx';
import { GatesPage } from './gates.page.tsx';
import { gateAhead } from './gates-model.ts';
import { GatePanel } from './gates-panel.tsx';
import { NotFoundView } from './not-found.view.tsx';
import { OverviewPage } from './overview.page.tsx';
import { RunbookPage } from './runbook.page.tsx';
import { RunbookNow } from './runbook-now.tsx';
import { ServicesPage } from './services.page.tsx';
import { SincePage } from './since.page.tsx';
import { SinceBox } from './since-box.tsx';
import { SinceLooked } from './since-looked.tsx';
import { SourcesPage } from './sources.page.tsx';
import { useDocument } from './use-document.ts';
import { useMay } from './use-may.ts';
import { WayIn } from './way-in.tsx';
import { WhoIsHere } from './who-is-here.tsx';

const isPage = (path: string): boolean =>
	/^\/(archives(\/[a-z0-9-]+)?|er(\/[a-z0-9-]+)?|runbook(\/[a-z0-9-]+)?|gates|since|services|sources|access|audit)?\/?$/.test(path);

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
	return (
		<div className={styles.desk}>
			<a className="skip" href="#content">
				{deskOf(words).page.skip}
			</a>
			<Menu path={path} />
			<div className={styles.middle}>
				<TruthStripTile />
				<main id="content" className={styles.main} tabIndex={-1}>
					{isRefused && <WayIn />}
					{hasBoard ? <Pages /> : !isRefused && <p className={styles.waiting}>{words.board.waiting}</p>}
				</main>
				<FootStripTile />
			</div>
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
		</div>
	);
}

/** The gate that the room stands before, beside every page. */
function GateAhead() {
	const id = useJudged(gateAhead);
	return id === null ? null : <GatePanel key={id} id={id} />;
}

function Pages() {
	return (
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
			<Route path="/services" component={ServicesPage} />
			<Route path="/sources" component={SourcesPage} />
			<Route path="/access" component={AccessPage} />
			<Route path="/audit" component={AuditPage} />
		</Switch>
	);
}

function Menu({ path }: { readonly path: string }) {
	const { words } = useWords();
	const own = useRunbookWords();
	const er = useErDeskWords();
	const hasSites = useJudged((judged) => judged.er !== null) === true;
	const mayDo = useMay();
	const pages = [
		['/', deskOf(words).nav.overview],
		['/runbook', own.nav.runbook],
		['/gates', own.nav.gates],
		['/archives', deskOf(words).nav.archives],
		...(hasSites ? [['/er', er.title] as const] : []),
		['/services', deskOf(words).nav.services],
		['/sources', deskOf(words).nav.sources],
		['/since', own.nav.since],
		...(mayDo('pairing.confirm') ? [['/access', deskOf(words).nav.access] as const] : []),
		...(mayDo('audit.read') ? [['/audit', deskOf(words).nav.audit] as const] : []),
	] as const;

	const isHere = (to: string): boolean => (to === '/' ? path === '/' : path.startsWith(to));
	return (
		<nav className={styles.menu} aria-label={deskOf(words).page.menu}>
			<p className={styles.product}>{words.product}</p>
			<ul className={styles.pages}>
				{pages.map(([to, label]) => (
					<li key={to}>
						<Link href={to} aria-current={isHere(to) ? 'page' : undefined}>
							{label}
						</Link>
					</li>
				))}
				<li>
					<a href="/wall/cutover">{deskOf(words).nav.wall}</a>
				</li>
				{hasSites && (
					<li>
						<a href="/wall/er">{er.page.wall}</a>
					</li>
				)}
			</ul>
			<WhoIsHere />
			<Switches />
		</nav>
	);
}

function Switches() {
	const { words } = useWords();
	const { preferences } = useScreen();
	const { theme, language } = usePreferences();
	return (
		<div className={styles.switches}>
			<fieldset>
				<legend className="for-ears">{deskOf(words).theme.choose}</legend>
				{(['dark', 'light'] as const).map((one) => (
					<button key={one} type="button" data-quiet aria-pressed={theme === one} onClick={() => preferences.setState({ theme: one })}>
						{deskOf(words).theme[one]}
					</button>
				))}
			</fieldset>
			<fieldset>
				<legend className="for-ears">{words.language}</legend>
				{(['it', 'en'] as const).map((one) => (
					<button
						key={one}
						type="button"
						data-quiet
						lang={one}
						aria-pressed={language === one}
						onClick={() => preferences.setState({ language: one })}
					>
						{one.toUpperCase()}
					</button>
				))}
			</fieldset>
		</div>
	);
}
