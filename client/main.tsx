// The client's composition root: joins link, clock, inbox and store, and picks the view by its address. The only file that knows every part.
import './views/tokens.css';
import './views/base.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import type { Audience } from '../shared/events.ts';
import { askServer } from './link/ask-server.ts';
import { createInbox } from './link/inbox.ts';
import { createLink } from './link/link.ts';
import { hear, readClock, type ServerClock } from './link/server-clock.ts';
import { enterSession } from './link/session.ts';
import { sayOnActs, whoAmI } from './link/who-am-i.ts';
import { createBoardStore } from './store/board-store.ts';
import { type Screen, ScreenContext } from './store/hooks.ts';
import { createPreferences, type Memory } from './store/preferences.ts';
import { type Arrival, wireUp } from './store/wire-up.ts';
import { learnWords } from './store/words-here.ts';

const VITALS_EVERY_MS = 15_000;
const TICK_MS = 1000;
const ASK_WHO_EVERY_MS = 10_000;

const WallView = lazy(async () => ({ default: (await import('./views/wall.view.tsx')).WallView }));
const WallErView = lazy(async () => ({ default: (await import('./views/wall-er.view.tsx')).WallErView }));
const WallIncidentView = lazy(async () => ({ default: (await import('./views/wall-incident.view.tsx')).WallIncidentView }));
const WallServicesView = lazy(async () => ({ default: (await import('./views/wall-services.view.tsx')).WallServicesView }));
const DeskView = lazy(async () => ({ default: (await import('./views/desk.view.tsx')).DeskView }));
const ClaimView = lazy(async () => ({ default: (await import('./views/claim.view.tsx')).ClaimView }));
const EnterView = lazy(async () => ({ default: (await import('./views/enter.view.tsx')).EnterView }));
const NotFoundView = lazy(async () => ({ default: (await import('./views/not-found.view.tsx')).NotFoundView }));

const instant = () => ({ steady: performance.now(), wall: Date.now() });

function memory(): Memory | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}

const isWall = /^\/wall(\/|$)/.test(window.location.pathname);
const store = createBoardStore();
let clock: ServerClock | null = null;
let paintMs = 0;

const wire = wireUp(store, {
	hear: ({ frame, at }) => {
		clock = hear(clock, frame, at);
	},
	pace: () => (clock === null ? null : readClock(clock, instant())),
	askAgain: () => link.askAgain(),
});

const inbox = createInbox<Arrival>({
	release(arrivals) {
		const from = performance.now();
		wire.receive(arrivals);
		requestAnimationFrame(() =>
			setTimeout(() => {
				paintMs = performance.now() - from;
			}),
		);
	},
	overflow: wire.overflow,
});

const ownAudience: Audience = isWall ? 'wall' : 'desk';
let audience: Audience = ownAudience;
const link = createLink({
	audience: () => audience,
	position: wire.position,
	onFrame: (frame) => inbox.push({ frame, at: instant() }),
	onState(state) {
		wire.linkIs(state);
		if (state === 'live' || state === 'refused') void askWho();
	},
});

/** A wall has no buttons: only the desk asks who sits before it. */
async function askWho(): Promise<void> {
	if (isWall) return;
	const me = await whoAmI();
	if (me !== null) store.setState({ me });
}
setInterval(askWho, ASK_WHO_EVERY_MS);
sayOnActs(window, () => store.getState().me?.who.isSession ?? false);

/** One tick a second, in step with the board's own seconds, so that a clock on a wall skips none. */
function tick(): void {
	wire.tick();
	const pace = store.getState().pace;
	const wait = pace?.speed === 1 ? TICK_MS - (pace.now % TICK_MS) + 15 : TICK_MS;
	setTimeout(tick, wait);
}
tick();

setInterval(() => {
	const { followed, pace } = store.getState();
	if (followed === null || pace === null) return;
	const { memory: heap } = performance as Performance & { memory?: { usedJSHeapSize: number } };
	link.say({ seq: followed.position.seq, paintMs, heapBytes: heap?.usedJSHeapSize ?? null, clockOffsetMs: pace.skewMs });
}, VITALS_EVERY_MS);

const preferences = createPreferences(memory(), new URLSearchParams(window.location.search));
preferences.subscribe(async ({ language }) => {
	if (await learnWords(language)) preferences.setState({ ...preferences.getState() });
});

const screen: Screen = {
	board: store,
	preferences,
	ask: askServer,
	again(as = audience) {
		audience = as;
		link.reconnect();
	},
	enter: async (token) => {
		const answer = await enterSession(token);
		// Whoever sat here before may have been of the press.
		if (answer === 'entered') screen.again(ownAudience);
		return answer;
	},
};

function pickView() {
	if (window.location.pathname === '/enter') return <EnterView />;
	if (window.location.pathname === '/claim') return <ClaimView />;
	if (!isWall) return <DeskView />;
	if (/^\/wall\/er\/?$/.test(window.location.pathname)) return <WallErView />;
	if (/^\/wall\/incident\/?$/.test(window.location.pathname)) return <WallIncidentView />;
	if (/^\/wall\/services\/?$/.test(window.location.pathname)) return <WallServicesView />;
	return /^\/wall(\/(cutover\/?)?)?$/.test(window.location.pathname) ? <WallView /> : <NotFoundView />;
}

const place = document.getElementById('screen');
if (place === null) throw new Error('index.html has no element #screen');
const root = createRoot(place);
// Not awaited here: a module that others wait for would be cut into many files.
void learnWords(preferences.getState().language).then(() =>
	root.render(
		<StrictMode>
			<ScreenContext value={screen}>
				<Suspense fallback={null}>{pickView()}</Suspense>
			</ScreenContext>
		</StrictMode>,
	),
);
