// What tests use of snappyjs, which brings no types.
declare module 'snappyjs' {
	export function compress(bytes: Uint8Array): Uint8Array;
}
