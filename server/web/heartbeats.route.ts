// Heartbeats in the shapes of Uptime Kuma and Gatus, so that existing scripts work unchanged. The text they carry is not kept.
import type { Reading } from '../../shared/sample.ts';
import { type Parts, type Reply, type Route, unwritten } from './route.ts';

/** The plan says what a source's heartbeats speak for, so its token need not name that. */
async function submitBeat(source: string, readings: readonly Reading[], parts: Parts, refusal: (msg: string) => Reply): Promise<Reply | null> {
	const outcome = await parts.submit({ source, readings, may: readings.map((one) => one.subject) });
	if (!outcome.ok) return unwritten(outcome);
	const refused = outcome.refused.find((row) => row.code !== 'duplicate');
	return refused ? refusal(`Not kept: ${refused.message}.`) : null;
}

/** Uptime Kuma answers 404 with { ok: false, msg } to a bad token, and scripts look for that. */
const kumaRefusal = (msg: string): Reply => ({ status: 404, json: { ok: false, msg } });

const gatusRefusal = (text: string): Reply => ({ status: 400, text, type: 'text/plain' });

export const routes: readonly Route[] = [
	{
		method: 'ANY',
		path: '/api/push/:token',
		action: 'heartbeat.send',
		summary: 'Uptime-Kuma-shaped heartbeat: ?status=up|down&msg=&ping=ms, with a source token in the path.',
		query: { status: 'up or down', ping: 'milliseconds', msg: 'not kept' },
		answers: { '200': '{ ok: true } once durable', '404': '{ ok: false, msg }', '507': 'the disk is full', '503': 'the journal cannot write' },
		async handle(request, parts) {
			const grant = parts.tokens.check(request.params.token ?? '')?.grant;
			if (grant?.kind !== 'source') return kumaRefusal('Monitor not found or not active.');
			const beat = parts.readHeartbeat('kuma', request.query, grant.name);
			if (!beat.ok) return kumaRefusal(beat.message);
			return (await submitBeat(grant.name, beat.value, parts, kumaRefusal)) ?? { status: 200, json: { ok: true } };
		},
	},
	{
		method: 'POST',
		path: '/api/v1/endpoints/:key/external',
		action: 'samples.send',
		summary: 'Gatus-shaped heartbeat: ?success=true|false&error=&duration=10s, with a bearer source token; key as group_name.',
		query: { success: 'true or false', duration: 'as 10s or 250ms', error: 'not kept' },
		answers: { '200': 'kept', '400': 'what is wrong', '403': 'not a source token', '507': 'the disk is full', '503': 'the journal cannot write' },
		async handle(request, parts) {
			const { who } = request;
			if (who.kind !== 'source') return { status: 403, text: 'a source token is needed', type: 'text/plain' };
			const beat = parts.readHeartbeat('gatus', request.query, who.name);
			if (!beat.ok) return gatusRefusal(beat.message);
			return (await submitBeat(who.name, beat.value, parts, gatusRefusal)) ?? { status: 200, text: '', type: 'text/plain' };
		},
	},
];
