// A screen's own volume and whether it is mute, remembered where the browser allows it. Knows no alarm and makes no sound.
import type { Memory } from './preferences.ts';

export type SoundSettings = { readonly isMuted: boolean /** 0–1. */; readonly volume: number };

const KEY = 'regia.sound';
export const defaultSound: SoundSettings = { isMuted: false, volume: 0.6 };
const clamp = (volume: number): number => Math.min(1, Math.max(0, volume));

/** What cannot be read is as if nothing had been kept: a wall that is not told to be mute is not. */
export function recallSound(memory: Memory | null): SoundSettings {
	try {
		const kept = JSON.parse(memory?.getItem(KEY) ?? '{}') as Partial<SoundSettings> | null;
		return {
			isMuted: kept?.isMuted === true,
			volume: typeof kept?.volume === 'number' && Number.isFinite(kept.volume) ? clamp(kept.volume) : defaultSound.volume,
		};
	} catch {
		return defaultSound;
	}
}

export function keepSound(memory: Memory | null, { isMuted, volume }: SoundSettings): void {
	try {
		memory?.setItem(KEY, JSON.stringify({ isMuted, volume: clamp(volume) }));
	} catch {}
}
