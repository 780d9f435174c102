// Checks a plan's hosts against its own list of permitted targets (access.targets), as far as that can be known without asking a name server.
import { openTargets, unreadableTargets } from './connectors/targets.ts';
import { valueAt } from './plan-issues.ts';
import type { ReferenceMistake } from './plan-reading.ts';
import type { Path } from './plan-yaml.ts';

const LIST = ['access', 'targets'];

function listIn(data: unknown): readonly string[] {
	const list = valueAt(data, LIST);
	return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

export function checkTargetList(data: unknown): readonly ReferenceMistake[] {
	const list = listIn(data);
	return unreadableTargets(list).map((index) => ({
		path: [...LIST, index],
		message: `"${(list[index] ?? '').slice(0, 80)}" is neither a host nor a network`,
		remedy: 'a host, a wildcard as *.example.it, an address, or a network as 10.0.0.0/8',
	}));
}

type Written = { readonly path: Path; readonly host: string };

/** Every `host` and address in a source's settings or in a channel, however deep. */
function hostsIn(value: unknown, path: Path): readonly Written[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, one]): readonly Written[] => {
		const here = [...path, Array.isArray(value) ? Number(key) : key];
		if (typeof one !== 'string') return hostsIn(one, here);
		if (key === 'host') return [{ path: here, host: one }];
		return key === 'url' || key === 'api' ? [{ path: here, host: URL.parse(one)?.hostname ?? '' }] : [];
	});
}

const listIt = 'list it under access.targets, or ask another host';

/** `root`: where in the plan hosts are named. */
function checkBelow(data: unknown, root: Path, remedy: string): readonly ReferenceMistake[] {
	const targets = openTargets(listIn(data));
	return hostsIn(valueAt(data, root), root)
		.filter(({ host }) => !targets.mayBe(host))
		.map(({ path, host }) => ({ path, message: `"${host.slice(0, 80)}" is not among the permitted targets`, remedy }));
}

export const checkTargets = (data: unknown, source: string): readonly ReferenceMistake[] => checkBelow(data, ['sources', source, 'settings'], listIt);

/** Alarms leave for the same targets alone. An address that stands in the environment is judged when it is dialled. */
export const checkChannelTargets = (data: unknown): readonly ReferenceMistake[] =>
	checkBelow(data, ['channels'], 'list it under access.targets, or tell another host');
