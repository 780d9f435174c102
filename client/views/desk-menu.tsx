// The desk's menu: where one can go, what asks for somebody there, who one is, and this screen's own appearance and language.
import { Link } from 'wouter';
import { deskOf } from '../../shared/words/desk-words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useJudged, usePreferences, useScreen, useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './desk.module.css';
import { useRunbookWords } from './desk-words.ts';
import { contradictedSheets } from './press-contradicted.ts';
import switches from './switches.module.css';
import { useMay } from './use-may.ts';
import { useHasIncidents, useIsOfPress } from './use-press-seat.ts';
import { WhoIsHere } from './who-is-here.tsx';

export function DeskMenu({ path }: { readonly path: string }) {
	const { words } = useWords();
	const own = useRunbookWords();
	const er = useErDeskWords();
	const failures = useBreakdownDeskWords();
	const hasSites = useJudged((judged) => judged.er !== null) === true;
	const has = useJudged(({ breakdown, alarms }) => ({
		failures: breakdown !== null,
		facilities: Object.keys(breakdown?.facilities ?? {}).length > 0,
		alarms: alarms.active.length,
		worst: alarms.active.some(({ priority }) => priority === 1) ? ('bad' as const) : ('watch' as const),
		incidents: Object.values(breakdown?.incidents ?? {}).filter(({ closedAt }) => closedAt === null).length,
		worstIncident: Object.values(breakdown?.incidents ?? {}).some(({ standing }) => standing === 'bad') ? ('bad' as const) : ('watch' as const),
	}));
	const contradicted = useSlice(({ followed, judged }) =>
		followed === null || judged === null ? 0 : contradictedSheets(followed.board, judged, judged.now).size,
	);
	const mayDo = useMay();
	const isOfPress = useIsOfPress();
	const hasIncidents = useHasIncidents();
	const ofTheRoom = [
		['/', deskOf(words).nav.overview],
		['/alarms', failures.nav.alarms],
		['/incidents', failures.nav.incidents],
		['/runbook', own.nav.runbook],
		['/gates', own.nav.gates],
		['/archives', deskOf(words).nav.archives],
		...(hasSites ? [['/er', er.title] as const] : []),
		['/services', deskOf(words).nav.services],
		...(has?.facilities ? [['/facilities', failures.nav.facilities] as const] : []),
		['/sources', deskOf(words).nav.sources],
		['/since', own.nav.since],
	] as const;
	const pages = [
		...(isOfPress ? ofTheRoom.filter(([to]) => hasIncidents && to === '/incidents') : ofTheRoom),
		...(mayDo('press.read') ? [['/press', deskOf(words).nav.press] as const] : []),
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
							{to === '/alarms' && <Count of={has?.alarms ?? 0} shape={has?.worst ?? 'watch'} />}
							{to === '/press' && <Count of={contradicted} shape="bad" />}
							{to === '/incidents' && <Count of={has?.incidents ?? 0} shape={has?.worstIncident ?? 'watch'} />}
						</Link>
					</li>
				))}
				{!isOfPress && (
					<li>
						<a href="/wall/cutover">{deskOf(words).nav.wall}</a>
					</li>
				)}
				{hasSites && !isOfPress && (
					<li>
						<a href="/wall/er">{er.page.wall}</a>
					</li>
				)}
				{has?.failures && !isOfPress && (
					<>
						<li>
							<a href="/wall/incident">{failures.nav.wallIncident}</a>
						</li>
						<li>
							<a href="/wall/services">{failures.nav.wallServices}</a>
						</li>
					</>
				)}
			</ul>
			<WhoIsHere />
			<Switches />
		</nav>
	);
}

/** Nothing where there is none: a quiet night's menu is quiet. */
function Count({ of, shape }: { readonly of: number; readonly shape: 'watch' | 'bad' }) {
	if (of === 0) return null;
	return (
		<span className={styles.count} data-worst={shape}>
			{' '}
			<Shape of={shape} /> {of}
		</span>
	);
}

function Switches() {
	const { words } = useWords();
	const { preferences } = useScreen();
	const { theme, language } = usePreferences();
	return (
		<div className={switches.switches}>
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
