// What an operator may ask for: an exact count of a source now, and another speed of a rehearsal.
import { mayDo, nameOf } from '../domain/may.ts';
import { ownershipOf } from '../domain/ownership.ts';
import { problem, type Route } from './route.ts';

export const routes: readonly Route[] = [
	{
		method: 'POST',
		path: '/api/sources/:id/exact',
		action: 'source.exact',
		summary: 'Asks a source for an exact look now (row counts); its readings arrive as samples.',
		answers: { '202': 'asked', '404': 'no such source, or it has no exact look' },
		async handle(request, parts) {
			const id = request.params.id ?? '';
			if (!mayDo(request.who, 'source.exact', ownershipOf(`source/${id}`, parts.board().board))) {
				return problem(403, 'not-permitted', 'Not permitted', 'This source is not of your team.');
			}
			const asked = await parts.exact(id);
			if (asked) await parts.audit({ act: 'exact-asked', by: nameOf(request.who), from: request.from, subject: `source/${id}` });
			return asked
				? { status: 202, json: { asked: true } }
				: problem(404, 'no-exact-look', 'No exact look', 'the plan has no such source, or its kind cannot count exactly');
		},
	},
	{
		method: 'POST',
		path: '/api/rehearsal/speed',
		action: 'rehearsal.speed',
		summary: 'Sets how fast a rehearsal runs: ?speed= from 1 to 36000.',
		query: { speed: '1 to 36000' },
		answers: { '200': '{ speed }', '400': 'not a speed', '409': 'this is no rehearsal' },
		async handle(request, parts) {
			const speed = Number(request.query.get('speed'));
			if (!(speed >= 1 && speed <= 36_000)) return problem(400, 'bad-speed', 'Not a speed', 'speed is a number from 1 to 36000');
			const set = parts.setSpeed(speed);
			if (set !== null) await parts.audit({ act: 'speed-set', by: nameOf(request.who), from: request.from, detail: { speed: set } });
			return set === null
				? problem(409, 'no-rehearsal', 'This is no rehearsal', 'only a rehearsal has a speed')
				: { status: 200, json: { speed: set } };
		},
	},
];
