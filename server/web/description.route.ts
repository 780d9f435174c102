// What Regia says of itself: the plan's JSON Schema and the API's description, made from the routes that run.
import { measures } from '../../shared/measures.ts';
import type { Parts, Route } from './route.ts';

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/plan.schema.json',
		action: 'schema.read',
		summary: 'JSON Schema of the plan file, with the settings of every connector.',
		answers: { '200': 'JSON Schema 2020-12' },
		handle: async (_request, parts) => ({ status: 200, json: parts.planSchema() }),
	},
	{
		method: 'GET',
		path: '/api/openapi.json',
		action: 'schema.read',
		summary: 'This description, with the table of measures under x-measures.',
		answers: { '200': 'OpenAPI 3.1' },
		handle: async (_request, parts) => ({ status: 200, json: describe(parts) }),
	},
];

function describe(parts: Parts): Record<string, unknown> {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const route of parts.routes()) {
		const path = route.path.replace(/:(\w+)/g, '{$1}');
		paths[path] ??= {};
		for (const method of route.method === 'ANY' ? ['get', 'post', 'put', 'patch'] : [route.method.toLowerCase()])
			paths[path][method] = operation(route, method);
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Regia', version: '0.1.0', license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' } },
		components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: 'regia' } } },
		paths,
		'x-measures': measures,
	};
}

function operation(route: Route, method: string): Record<string, unknown> {
	const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
	const inQuery = Object.entries(route.query ?? {}).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }));
	const name = `${method}${route.path.replace(/[/:.]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`;
	return {
		operationId: name,
		summary: route.summary,
		'x-action': route.action,
		parameters: [...inPath, ...inQuery],
		...(route.body ? { requestBody: { required: true, content: { [route.bodyType ?? 'application/json']: { schema: route.body } } } } : {}),
		responses: Object.fromEntries(Object.entries(route.answers).map(([status, description]) => [status, { description }])),
	};
}
