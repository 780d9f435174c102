// What senders may say by heartbeat, in two dialects, and the settings of a push source. No text of theirs comes through.
import { describe, expect, test } from 'vitest';
import { gatusHeartbeat } from '../../server/connectors/gatus-heartbeat.ts';
import { kumaHeartbeat } from '../../server/connectors/kuma-heartbeat.ts';
import { pushConnector } from '../../server/connectors/push.connector.ts';
import { MARKER } from '../contracts/connector-contract.ts';

const speaker = { source: 'nagios', service: 'ris' };

describe('heartbeats', () => {
	const beat = { subject: 'service/ris', measure: 'service.up', at: 9 };
	const latency = (value: number) => ({ subject: 'service/ris', measure: 'service.latency', value, unit: 'ms', at: 9 });
	test.each([
		['the address as Kuma proposes it', kumaHeartbeat, { status: 'up', msg: 'OK', ping: '' }, [{ ...beat, value: 1 }]],
		['nothing at all', kumaHeartbeat, {}, [{ ...beat, value: 1 }]],
		['down with its time', kumaHeartbeat, { status: 'down', msg: MARKER, ping: '12.5' }, [{ ...beat, value: 0 }, latency(12.5)]],
		['success with its time', gatusHeartbeat, { success: 'true', error: '', duration: '10s' }, [{ ...beat, value: 1 }, latency(10_000)]],
		['a failure and its cause', gatusHeartbeat, { success: 'false', error: MARKER }, [{ ...beat, value: 0 }]],
		['a duration in parts', gatusHeartbeat, { success: 'true', duration: '1m1.5s' }, [{ ...beat, value: 1 }, latency(61_500)]],
	] as const)('are read from %s', (_, read, query, value) => {
		expect(read(query, speaker, 9)).toEqual({ ok: true, value });
	});

	test('of a source without a service say only that it lives', () => {
		const value = [{ subject: 'source/nagios', measure: 'source.beat', value: 1, at: 9 }];
		expect(kumaHeartbeat({ ping: '5' }, { source: 'nagios' }, 9)).toEqual({ ok: true, value });
	});

	test.each([
		['a status of another sort', kumaHeartbeat, { status: MARKER }],
		['a status twice', kumaHeartbeat, { status: ['up', 'down'] }],
		['a ping that is no number', kumaHeartbeat, { ping: MARKER }],
		['a ping below nothing', kumaHeartbeat, { ping: '-1' }],
		['a ping beyond the limit', kumaHeartbeat, { ping: '100000000001' }],
		['a ping in another notation', kumaHeartbeat, { ping: '0x10' }],
		['a ping without end', kumaHeartbeat, { ping: 'Infinity' }],
		['no word on success', gatusHeartbeat, {}],
		['success of another sort', gatusHeartbeat, { success: '1' }],
		['a duration without a unit', gatusHeartbeat, { success: 'true', duration: '10' }],
		['a duration in a unit of its own', gatusHeartbeat, { success: 'true', duration: '10d' }],
		['a duration below nothing', gatusHeartbeat, { success: 'true', duration: '-1s' }],
		['a duration beyond the limit', gatusHeartbeat, { success: 'true', duration: '99999999999h' }],
		['a duration twice', gatusHeartbeat, { success: 'true', duration: ['1s', '2s'] }],
	] as const)('refuse %s', (_, read, query) => {
		const result = read(query, speaker, 9);
		expect(result).toMatchObject({ ok: false, code: 'malformed' });
		expect(JSON.stringify(result)).not.toContain(MARKER);
	});
});

describe('the settings of a push source', () => {
	test('name the subjects that stand alone, and its service', () => {
		expect(pushConnector.subjects({ subjects: ['archive/*', 'archive/pacs'], service: 'ris' })).toEqual(['archive/pacs', 'service/ris']);
		expect(pushConnector.subjects(undefined)).toEqual([]);
		expect(pushConnector.polled).toBe(false);
	});

	test.each([
		['a subject with a space', { subjects: ['archive/a b'] }, 'subjects.0'],
		['a service that is a subject', { service: 'service/ris' }, 'service'],
		['a secret', { token: 'x' }, ''],
	])('are refused with %s', (_, settings, path) => {
		const parsed = pushConnector.settings.safeParse(settings);
		expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))).toContain(path);
	});
});
