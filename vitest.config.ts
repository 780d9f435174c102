import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const node = { environment: 'node', pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const;

/** What measures time or frames, or spends a bound that fills again with time, has the machine to itself, after all else. */
const measured = ['test/attacks/{flood,proxies,redos}.test.ts', 'test/browser/{runbook-scroll,wall-cost}.test.ts'];
/** Browsers keep two cores busy with two files at a time; servers and tools mostly wait: three of those go side by side. */
const together = (groupOrder: number, maxWorkers: 2 | 3 = 2) => ({ maxWorkers, sequence: { groupOrder } });

/** Larger files first, as vitest has it, but for nights: short to write and long to play, they begin before all else of their group. */
class NightsFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
		const rank = ({ moduleId }: TestSpecification): number => Number(!/\/nights\/[^/]+$/.test(moduleId));
		return (await super.sort(files)).toSorted((a, b) => group(a) - group(b) || rank(a) - rank(b));
	}
}

export default defineConfig({
	test: {
		sequence: { sequencer: NightsFirst },
		reporters: ['default'],
		globalSetup: 'test/kit/whole-run.ts',
		// The search at the end reads all that the run left.
		teardownTimeout: 60_000,
		projects: [
			{
				test: {
					...node,
					...together(0),
					name: 'pure',
					include: ['test/*.test.ts', 'test/{shared,domain,projections,house,plan,rehearsal}/**/*.test.ts', 'test/stream/publisher.test.ts'],
				},
			},
			{ test: { ...together(0), name: 'client', include: ['test/client/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
			{
				test: {
					...node,
					...together(2, 3),
					name: 'real',
					include: ['test/{access,import,journal,connectors,identity,notify,press,stream,web,nights,faults,attacks}/**/*.test.ts'],
					exclude: ['test/stream/publisher.test.ts', ...measured],
					testTimeout: 240_000,
				},
			},
			{ test: { ...node, ...together(1), name: 'browser', include: ['test/browser/**/*.test.ts'], exclude: measured, testTimeout: 180_000 } },
			{ test: { ...node, name: 'measured', include: measured, maxWorkers: 1, sequence: { groupOrder: 3 }, testTimeout: 240_000 } },
		],
	},
});
