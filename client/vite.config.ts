// Owns how the client is bundled: nothing inline, nothing from outside, fonts as files. Knows no view.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every wall has, as one file: many small ones pack worse, and are asked for one by one. */
const frame =
	/client[\\/]((tiles[\\/](shape|tile-frame|use-room|services-model|truth-strip|foot-strip|error-boundary|alarm-sound-later|urgent-alarms|hero|remark)\.)|(views[\\/](wall-frame|display-size|use-document|tokens|base|wall\.module)\b)|(store[\\/](selectors|sticky-order)\.))|shared[\\/](format|standing|words[\\/]words)\.ts/;
/** The wall of a cutover, likewise. */
const cutover =
	/client[\\/](tiles[\\/](archives|gates|moved|rollback|services|sources-brief|tasks|timeline|window|progress)\.(tile|module)|tiles[\\/](timeline|place|archives|rollback|gates)-|views[\\/]wall\.view)/;

export default defineConfig({
	root: import.meta.dirname,
	plugins: [react()],
	publicDir: false,
	// Two copies of React know nothing of each other's hooks.
	resolve: {
		dedupe: ['react', 'react-dom'],
		alias: [{ find: /^(\.\/|\.\/transports\/)webtransport\.js$/, replacement: `${import.meta.dirname}/link/no-web-transport.ts` }],
	},
	build: {
		outDir: 'dist',
		target: 'es2022',
		// A data: address would need a hole in the content security policy.
		assetsInlineLimit: 0,
		// A list of all that each part rests on would travel with the first file: only what a wall's first board waits for is asked for ahead.
		modulePreload: {
			polyfill: false,
			resolveDependencies: (_file, needed, { hostType }) =>
				hostType === 'html' ? needed : needed.filter((one) => /\.css$|\b(frame|cutover)-/.test(one)),
		},
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'frame', test: frame, priority: 2 },
						{ name: 'cutover', test: cutover, priority: 1 },
					],
				},
			},
		},
		reportCompressedSize: false,
		chunkSizeWarningLimit: 600,
	},
});
