// Reads what Prometheus answers to an instant query: elements with their labels, or a closed code. Its texts stay here. Pure.
import type { BlindCode } from '../../shared/sample.ts';
import { listOf, parseTree, textIn, treeOf, valueIn } from './json-tree.ts';

export type Element = {
	/** Its labels without its name, in one spelling: equal where they are. */
	readonly key: string;
	label(name: string): string | undefined;
	/** Null where it is no finite number. */
	readonly value: number | null;
};
export type PrometheusAnswer = { readonly ok: true; readonly elements: readonly Element[] } | { readonly ok: false; readonly why: BlindCode };

const MOST_ELEMENTS = 10_000;

/** Prometheus's own words for what went wrong. */
const byErrorType: Readonly<Record<string, BlindCode>> = {
	timeout: 'timeout',
	canceled: 'timeout',
	bad_data: 'bad-answer',
	execution: 'bad-answer',
	internal: 'unreachable',
	unavailable: 'unreachable',
	not_found: 'not-found',
};

const bad = { ok: false, why: 'bad-answer' } as const;

/** `[seconds, "value"]`; undefined where it is something else. */
function figureIn(pair: unknown): number | null | undefined {
	const [at, text, ...rest] = listOf(pair);
	if (typeof at !== 'number' || typeof text !== 'string' || rest.length > 0) return undefined;
	if (/^[+-]?Inf$|^NaN$/.test(text)) return null;
	return /^[+-]?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,4})?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function elementOf(one: unknown): Element | null {
	const labels = treeOf(valueIn(one, 'metric'));
	const value = figureIn(valueIn(one, 'value'));
	if (labels === undefined || value === undefined) return null;
	const own = Object.entries(labels).filter(([name]) => name !== '__name__');
	const key = JSON.stringify(own.toSorted(([a], [b]) => (a < b ? -1 : 1)));
	return { key, label: (name) => textIn(labels, name), value };
}

export function readPrometheus(body: string): PrometheusAnswer {
	const tree = parseTree(body);
	const status = textIn(tree, 'status');
	if (status === 'error') {
		const type = textIn(tree, 'errorType') ?? '';
		return Object.hasOwn(byErrorType, type) ? { ok: false, why: byErrorType[type] ?? 'bad-answer' } : bad;
	}
	// A warning says that part of what was asked for may be missing (a federated store that did not answer).
	if (status !== 'success' || listOf(valueIn(tree, 'warnings')).length > 0) return bad;
	const type = textIn(tree, 'data', 'resultType');
	const result = valueIn(tree, 'data', 'result');
	if (type === 'scalar') {
		const value = figureIn(result);
		return value === undefined ? bad : { ok: true, elements: [{ key: '[]', label: () => undefined, value }] };
	}
	if (type !== 'vector' || !Array.isArray(result)) return bad;
	if (result.length > MOST_ELEMENTS) return { ok: false, why: 'too-large' };
	const elements = result.map(elementOf);
	return elements.every((one) => one !== null) ? { ok: true, elements } : bad;
}
