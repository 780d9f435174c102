// Owns how the client is bundled: nothing inline, nothing from outside, fonts as files. Knows no view.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
		chunkSizeWarningLimit: 600,
	},
});
