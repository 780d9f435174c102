// A forecast's band at a later moment: gone when the forecast is old, never before now.
import type { Band, ForecastFacts } from './board-night.ts';

export type BandNow = { readonly p50: number; readonly p80: number; readonly p90: number };

/** A forecast is made every minute: past five it says nothing of now. */
export const FORECAST_STALE_AFTER_MS = 300_000;

export const isOldForecast = (forecast: ForecastFacts, now: number): boolean => now - forecast.at > FORECAST_STALE_AFTER_MS;

export const clampBand = (band: Band, now: number): Band => [Math.max(now, band[0]), Math.max(now, band[1]), Math.max(now, band[2])];

export function bandAt(forecast: ForecastFacts | null, band: Band | null | undefined, now: number): BandNow | null {
	if (!forecast || !band || isOldForecast(forecast, now)) return null;
	const [p50, p80, p90] = clampBand(band, now);
	return { p50, p80, p90 };
}
