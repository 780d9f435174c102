// Names and sizes: the tree tells the flow, a file owns one thing.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from './sources.ts';

const sources = readSources();
const product = sources.filter(({ path }) => !path.startsWith('test/'));
const paths = (files: readonly { path: string }[]): string[] => files.map(({ path }) => path);

describe('names', () => {
	it('are kebab-case', () => {
		expect(paths(sources.filter(({ path }) => !/^[a-z0-9-]+(\.[a-z-]+)*\.tsx?$/.test(basename(path))))).toEqual([]);
	});

	it('are no barrels and no drawers for everything', () => {
		expect(paths(sources.filter(({ path }) => /(^|\/)(index|utils?|helpers?|common|manager|misc)(\.|\/|-)/.test(path)))).toEqual([]);
	});

	it('are exported, never default (configuration files aside)', () => {
		expect(paths(sources.filter(({ path, text }) => !path.endsWith('.config.ts') && /^export default/m.test(text)))).toEqual([]);
	});
});

describe('files', () => {
	it('open by saying what they own', () => {
		expect(paths(sources.filter(({ path, text }) => !path.endsWith('.config.ts') && !/^(#!.*\n)?(\/\/ |\/\*\* )/.test(text)))).toEqual([]);
	});

	it('hold one concept: at most 250 lines', () => {
		expect(paths(product.filter(({ lines }) => lines > 250))).toEqual([]);
	});

	it('silence no check without a reason', () => {
		const silenced = /@ts-ignore|@ts-expect-error\s*$|biome-ignore [\w/]+\s*$/m;
		expect(paths(sources.filter(({ path, text }) => !path.startsWith('test/house/') && silenced.test(text)))).toEqual([]);
	});
});
