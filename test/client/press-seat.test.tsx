// Whose desk comes back with the press's board: those who only write or release sheets, once the room's own was refused to them.
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { createBoardStore } from '../../client/store/board-store.ts';
import { ScreenContext } from '../../client/store/hooks.ts';
import { createPreferences } from '../../client/store/preferences.ts';
import { usePressSeat } from '../../client/views/use-press-seat.ts';
import type { Me } from '../../shared/me.ts';
import './stage-tile.tsx';

const meOf = (...roles: readonly string[]): Me => ({
	who: { kind: 'person', name: 'x', isSession: true },
	duties: roles.map((role) => ({ role })),
	may: [],
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
});

function Seat() {
	return <p>{String(usePressSeat())}</p>;
}

test.each([
	['refused', meOf('press-author'), true],
	['refused', meOf('press-author', 'press-releaser'), true],
	['refused', meOf('press-author', 'commander'), false],
	['refused', meOf('er'), false],
	['refused', meOf(), false],
	['refused', null, false],
	['live', meOf('press-author'), false],
	['offline', meOf('press-author'), false],
] as const)('%s, %o: %s', async (link, me, isTaken) => {
	const asked: unknown[] = [];
	const place = document.createElement('div');
	const root = createRoot(place);
	const screen = {
		board: createBoardStore({ link, me }),
		preferences: createPreferences(null, new URLSearchParams()),
		enter: async () => 'entered' as const,
		again: (as?: unknown) => void asked.push(as),
		ask: async () => ({ status: 0, json: null }),
	};
	await act(async () =>
		root.render(
			<ScreenContext value={screen}>
				<Seat />
			</ScreenContext>,
		),
	);
	expect([place.textContent, asked]).toEqual([String(isTaken), isTaken ? ['press'] : []]);
	act(() => root.unmount());
});
