// Checks a plan's hosts against its own list of permitted targets (access.targets), as far as that can be known without asking a name server.
import { openTargets, type Targets, unreadableTargets } from './connectors/targets.ts';
import { valueAt } from './plan-issues.ts';
import type { ReferenceMistake } from './plan-reading.ts';
import type { Path } from './plan-yaml.ts';

const LIST = ['access', 'targets'];
/** Where a bot's channel leads that names no other. */
const TELEGRAM_HOST = 'api.telegram.org';

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

const unlisted = (written: readonly Written[], targets: Targets, remedy: string): readonly ReferenceMistake[] =>
	written
		.filter(({ host }) => !targets.mayBe(host))
		.map(({ path, host }) => ({ path, message: `"${host.slice(0, 80)}" is not among the permitted targets`, remedy }));

export function checkTargets(data: unknown, source: string): readonly ReferenceMistake[] {
	const root = ['sources', source, 'settings'];
	return unlisted(hostsIn(valueAt(data, root), root), openTargets(listIn(data)), 'list it under access.targets, or ask another host');
}

/** Alarms leave for the same targets alone. An address that stands in the environment is judged when it is dialled. */
export function checkChannelTargets(data: unknown): readonly ReferenceMistake[] {
	const root = ['channels'];
	const channels = valueAt(data, root);
	const bots = typeof channels === 'object' && channels !== null ? Object.entries(channels) : [];
	const usual = bots.flatMap(([id, one]) =>
		one?.kind === 'telegram' && one.api === undefined ? [{ path: [...root, id], host: TELEGRAM_HOST }] : [],
	);
	return unlisted([...hostsIn(channels, root), ...usual], openTargets(listIn(data)), 'list it under access.targets, or tell another host');
}
