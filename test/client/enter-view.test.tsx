// Where a link leads: one that is refused is said so, and a good one that is opened after it in the same tab is taken.
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { Ask } from '../../client/store/hooks.ts';
import { EnterView } from '../../client/views/enter.view.tsx';
import { type Staged, stageTile } from './stage-tile.tsx';

let staged: Staged | null = null;
afterEach(() => {
	staged?.close();
	staged = null;
	window.history.replaceState(null, '', '/');
});

const settle = () => act(async () => void (await new Promise((done) => setTimeout(done))));
const follow = (code: string) =>
	act(async () => {
		window.location.hash = code;
	});

test('each code is asked about once, leaves the address at once, and the last one’s answer stands', async () => {
	const asked: unknown[] = [];
	const ask: Ask = async (_method, _path, body) => {
		asked.push(body);
		return { status: asked.length === 3 ? 0 : 401, json: null };
	};
	window.history.replaceState(null, '', '/enter#link_used');
	staged = stageTile(<EnterView />, {}, 'it', ask);
	expect([window.location.pathname, window.location.hash]).toEqual(['/enter', '']);
	await settle();
	expect(staged.text()).toContain('già stato usato o è scaduto');
	await follow('link_other');
	await settle();
	await follow('link_good');
	await settle();
	expect(asked).toEqual([{ code: 'link_used' }, { code: 'link_other' }, { code: 'link_good' }]);
	expect(window.location.hash).toBe('');
	expect(staged.text()).toContain('Il server non risponde');
});

test('no code at all is answered as a link that is not good', async () => {
	window.history.replaceState(null, '', '/enter');
	staged = stageTile(<EnterView />, {}, 'it', async () => ({ status: 400, json: null }));
	await settle();
	expect(staged.text()).toContain('già stato usato o è scaduto');
});
