// What axe finds on a page: each rule that is broken, with the elements that break it. Knows no page.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export type AxeFault = readonly [rule: string, elements: readonly string[]];

/** Every rule is asked. In the page itself, not through a second one, which only frames of other origins would need: Regia has no frames. */
export async function axeFaults(page: Page): Promise<readonly AxeFault[]> {
	if (page.frames().length > 1) throw new Error('a page with frames: these would not be looked at');
	const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
	const { violations } = await builder.analyze();
	return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
