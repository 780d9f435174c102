import { defineConfig } from 'vitest/config';

const node = { environment: 'node', pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
	test: {
		reporters: ['default'],
		globalSetup: 'test/kit/whole-run.ts',
		// The search at the end reads all that the run left.
		teardownTimeout: 60_000,
		projects: [
			{
				test: {
					...node,
					name: 'pure',
					include: ['test/*.test.ts', 'test/{shared,domain,projections,house,plan,rehearsal}/**/*.test.ts', 'test/stream/publisher.test.ts'],
				},
			},
			{ test: { name: 'client', include: ['test/client/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
			{
				test: {
					...node,
					name: 'real',
					include: ['test/{access,import,journal,connectors,identity,stream,web,nights,faults,attacks}/**/*.test.ts'],
					exclude: ['test/stream/publisher.test.ts'],
					fileParallelism: false,
					testTimeout: 240_000,
				},
			},
			{ test: { ...node, name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, testTimeout: 180_000 } },
		],
	},
});
