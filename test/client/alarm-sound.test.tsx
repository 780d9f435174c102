// @vitest-environment happy-dom
// When a wall rings, and when it does not: never for what stood, never while mute, never twice within ten seconds. And what it says of its sound.
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useSlice } from '../../client/store/hooks.ts';
import { recallSound } from '../../client/store/sound-settings.ts';
import { AlarmSound } from '../../client/tiles/alarm-sound.tsx';
import { AlarmSoundLater } from '../../client/tiles/alarm-sound-later.tsx';
import { quietBefore, type Ringing, ringFor, TONE_EVERY_MS } from '../../client/tiles/alarm-sound-model.ts';
import type { Tone, ToneState } from '../../client/tiles/tone.ts';
import { urgentOf } from '../../client/tiles/urgent-alarms.ts';
import { judge } from '../../shared/judge.ts';
import { alarmLiteral, alarmsOf, breakdownLiteral, breakdownNow } from '../kit/breakdown-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

/** `a b | 2` : alarms asked for at that second; `!` mute from here on, `?` allowed again. Gives the seconds at which it rings. */
function ringsAt(stood: string, course: readonly string[], ring: typeof ringFor = ringFor): readonly number[] {
	const names = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);
	let state: Ringing = quietBefore(names(stood));
	let canRing = true;
	const heard: number[] = [];
	for (const step of course) {
		const [text = '', second = '0'] = step.split('|');
		if (text.includes('!')) canRing = false;
		if (text.includes('?')) canRing = true;
		const { next, rings } = ring(state, names(text.replace(/[!?]/g, '')), canRing, Number(second) * 1000);
		state = next;
		if (rings) heard.push(Number(second));
	}
	return heard;
}

const courses: readonly (readonly [name: string, stood: string, course: readonly string[], rings: readonly number[]])[] = [
	['what stood when the wall came up is silent', 'a b', ['a b|0', 'a b|20'], []],
	['a new one rings once', 'a', ['a|0', 'a b|1', 'a b|2', 'a b|30'], [1]],
	['another within ten seconds waits, and rings if it still asks', '', ['a|1', 'a b|4', 'a b|10', 'a b|11'], [1, 11]],
	['one that is taken before its turn does not ring', '', ['a|1', 'a b|4', 'a|8', 'a|20'], [1]],
	['forty at once ring once', '', [`${Array.from({ length: 40 }, (_, i) => `s${i}`).join(' ')}|3`, 'a|4'], [3]],
	['none under mute, nor afterwards for what came meanwhile', '', ['!|0', 'a|1', 'a|20', '?a|21', 'a|40'], []],
	['mute forgets what waited for its turn', '', ['a|1', 'a b|4', '!a b|8', '?a b|12'], [1]],
	['after mute the next one rings', '', ['!a|1', '?a|20', 'a b|21'], [21]],
	['one that comes on again rings again', '', ['a@1|1', '|15', 'a@2|20'], [1, 20]],
];

describe('when it rings', () => {
	test.each(courses)('%s', (_name, stood, course, rings) => {
		expect(ringsAt(stood, course)).toEqual(rings);
	});

	test('a wall that rings for each alarm at once fails the table', () => {
		const eager: typeof ringFor = (last, urgent, _can, at) => ({
			next: { known: urgent, owed: [], rungAt: at },
			rings: urgent.some((one) => !last.known.includes(one)),
		});
		expect(courses.filter(([, stood, course, rings]) => ringsAt(stood, course, eager).join() !== rings.join()).length).toBeGreaterThan(2);
	});

	test('only P1, only unacknowledged, only what is neither shelved nor suppressed', () => {
		const board = breakdownLiteral();
		const asks = (active: ReturnType<typeof alarmsOf>): number =>
			urgentOf(judge({ ...board, alarms: { ...board.alarms, active } }, breakdownNow).alarms).length;
		const at = breakdownNow - 60_000;
		expect(asks(alarmsOf(alarmLiteral('flow-overdue', 'flow/farmacie', 1, at)))).toBe(1);
		expect(asks(alarmsOf(alarmLiteral('flow-overdue', 'flow/farmacie', 2, at)))).toBe(0);
		expect(asks(alarmsOf(alarmLiteral('flow-overdue', 'flow/farmacie', 1, at, { acknowledged: [at, 'sala'] })))).toBe(0);
		expect(asks(alarmsOf(alarmLiteral('flow-overdue', 'flow/farmacie', 1, at, { suppressed: 'planned' })))).toBe(0);
		expect(
			asks(alarmsOf(alarmLiteral('flow-overdue', 'flow/farmacie', 1, at, { shelved: { until: breakdownNow + 1e6, by: 'x', reason: 'y' } }))),
		).toBe(0);
	});
});

describe('the screen’s own sound', () => {
	let staged: Staged | null = null;
	beforeEach(() => window.localStorage.clear());
	afterEach(() => staged?.close());

	function stage(
		state: ToneState,
		stood: readonly string[] = [],
	): { readonly played: number[]; readonly sound: () => string | null; allow: () => void } {
		const played: number[] = [];
		let now = state;
		const tone: Tone = {
			state: () => now,
			allow: async () => {
				if (now === 'waiting') now = 'ready';
			},
			play: (volume) => played.push(volume),
		};
		let said: string | null = null;
		staged = stageTile(
			<>
				<AlarmSound stood={stood} tone={tone} />
				<Heard say={(text) => (said = text)} />
			</>,
			stateOf(breakdownLiteral(), breakdownNow),
		);
		return { played, sound: () => said, allow: () => (now = 'ready') };
	}
	const press = (key: string): Promise<void> => act(async () => void window.dispatchEvent(new KeyboardEvent('keydown', { key })));

	test('rings for one that did not stand, and says nothing while it may', () => {
		const { played, sound } = stage('ready');
		expect(played).toEqual([0.6]);
		expect(sound()).toBeNull();
	});

	test('stays silent for what stood', () => {
		const stood = urgentOf(judge(breakdownLiteral(), breakdownNow).alarms);
		expect(stood).toHaveLength(1);
		expect(stage('ready', stood).played).toEqual([]);
	});

	test('says that it waits for a key before the browser lets it sound, and no more once it does', async () => {
		const { played, sound } = stage('waiting');
		expect(sound()).toBe('audio: premi un tasto');
		await press('a');
		expect(sound()).toBeNull();
		expect(played).toEqual([]);
	});

	test('M mutes, says so, is remembered, and M gives it back', async () => {
		const { sound } = stage('ready');
		await press('m');
		expect(sound()).toBe('audio muto');
		expect(recallSound(window.localStorage).isMuted).toBe(true);
		expect(staged?.place.querySelector('[data-control="sound"]')).not.toBeNull();
		await press('M');
		expect(sound()).toBeNull();
		expect(recallSound(window.localStorage).isMuted).toBe(false);
	});

	test('what was kept and cannot be read is as if nothing had been', () => {
		for (const text of ['', 'null', '{', '{"volume":"loud"}', '{"isMuted":1,"volume":9}']) {
			window.localStorage.setItem('regia.sound', text);
			const { isMuted, volume } = recallSound(window.localStorage);
			expect([isMuted, volume >= 0 && volume <= 1]).toEqual([false, true]);
		}
		expect(recallSound(null)).toEqual({ isMuted: false, volume: 0.6 });
	});

	test('the least time between two tones is ten seconds', () => {
		expect(TONE_EVERY_MS).toBe(10_000);
	});

	test('M within the wall’s first seconds is not lost: it brings the sound, which takes it once', async () => {
		let said: string | null = null;
		staged = stageTile(
			<>
				<AlarmSoundLater />
				<Heard say={(text) => (said = text)} />
			</>,
			stateOf(breakdownLiteral(), breakdownNow),
		);
		expect(said).toBeNull();
		await press('m');
		await act(async () => void (await import('../../client/tiles/alarm-sound.tsx')));
		expect(said).toBe('audio muto');
		expect(recallSound(window.localStorage).isMuted).toBe(true);
		await press('m');
		expect(recallSound(window.localStorage).isMuted).toBe(false);
	});
});

/** What the truth strip is told of the sound. */
function Heard({ say }: { readonly say: (text: string | null) => void }) {
	say(useSlice(({ sound }) => sound));
	return null;
}
