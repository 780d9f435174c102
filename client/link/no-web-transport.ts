// Stands for the stream's WebTransport in the bundle: link.ts never asks for it, and walls load less. Put in its place by vite.config.ts.

export class WT {
	constructor() {
		throw new Error('WebTransport is not in this bundle: link.ts names the transports that are');
	}
}
