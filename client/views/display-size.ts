// How large a wall's letters must be: from the panel's size, its pixels and the viewers' distance. Pure.

export type Display = { readonly diagonalInches: number; readonly resolution: string; readonly distanceMetres: number };

/** Sizes are told in a layout 1920 wide, whatever the panel's pixels. */
export const LAYOUT_WIDTH = 1920;
/** The wall that a room has unless its plan says otherwise: 98 inches, 4K, seen from 5 m. */
export const defaultDisplay: Display = { diagonalInches: 98, resolution: '3840x2160', distanceMetres: 5 };

/** 16 minutes of arc, in mm a metre of distance; and how tall a capital is of its letter size (Titillium Web). */
const CAPITAL_MM_PER_METRE = 4.65;
const CAPITAL_EM = 0.692;
const MM_PER_INCH = 25.4;

/** The smallest letter size that can be read from there, in layout px. */
export function floorOf({ diagonalInches, resolution, distanceMetres }: Display): number {
	const [across = 16, down = 9] = resolution.split('x').map(Number);
	const widthMm = (diagonalInches * MM_PER_INCH * across) / Math.hypot(across, down);
	return ((CAPITAL_MM_PER_METRE * distanceMetres) / CAPITAL_EM / widthMm) * LAYOUT_WIDTH;
}

/** A panel seen from near would allow tiny letters: the scene does not become finer than this. */
const FINEST_LAYOUT_PX = 24;

export type Room = 'wide' | 'middle' | 'narrow';
export type WallSize = { readonly rootPx: number; readonly widthRem: number; readonly heightRem: number; readonly room: Room };

/** Widths in letters of the smallest size: from here on a scene has room for all panels, or for all but the least urgent. */
const WIDE_FROM_REM = 58;
const MIDDLE_FROM_REM = 44;

export function wallSize(display: Display, viewport: { readonly width: number; readonly height: number }): WallSize {
	const layoutPx = Math.max(FINEST_LAYOUT_PX, Math.ceil(floorOf(display) * 10) / 10);
	const rootPx = (layoutPx * viewport.width) / LAYOUT_WIDTH;
	const widthRem = viewport.width / rootPx;
	return { rootPx, widthRem, heightRem: viewport.height / rootPx, room: roomOf(widthRem) };
}

const roomOf = (widthRem: number): Room => (widthRem >= WIDE_FROM_REM ? 'wide' : widthRem >= MIDDLE_FROM_REM ? 'middle' : 'narrow');
