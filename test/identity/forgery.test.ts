// Requests that another site's page could make in a visitor's browser: every combination that a browser, a script or an attacker sends.
import { describe, expect, test } from 'vitest';
import { isForged } from '../../server/domain/forgery.ts';
import { credentialsOf } from '../../server/domain/may.ts';

const HOST = 'regia.example.it';
const ours = `https://${HOST}`;
const session = '__Host-regia-session=abc';
type Row = readonly [method: string, headers: Readonly<Record<string, string>>, signsIn: boolean, isForged: boolean, what: string];

const rows: readonly Row[] = [
	['GET', { cookie: session }, false, false, 'reading needs no origin'],
	['HEAD', { cookie: session, origin: 'https://altrove.example' }, false, false, 'reading changes nothing; identify gives it nobody'],
	['POST', { cookie: session, origin: ours }, false, false, 'our own page'],
	['POST', { cookie: session, origin: ours, 'sec-fetch-site': 'same-origin' }, false, false, 'our own page, said twice'],
	['POST', { cookie: session, 'sec-fetch-site': 'same-origin' }, false, false, 'our own page that names no origin'],
	['POST', { cookie: session }, false, true, 'a cookie and no proof'],
	['POST', { cookie: session, origin: 'https://altrove.example' }, false, true, 'another site'],
	['POST', { cookie: session, origin: 'null' }, false, true, 'a sandboxed frame'],
	['POST', { cookie: session, origin: '' }, false, true, 'an empty origin'],
	['POST', { cookie: session, origin: `https://${HOST}.altrove.example` }, false, true, 'a name that begins as ours'],
	['POST', { cookie: session, origin: `https://altrove-${HOST}` }, false, true, 'a name that ends as ours'],
	['POST', { cookie: session, origin: `https://wiki.${HOST}` }, false, true, 'a host under ours'],
	['POST', { cookie: session, origin: `https://${HOST}:8443` }, false, true, 'our host, another port'],
	['POST', { cookie: session, origin: `https://${HOST}@altrove.example` }, false, true, 'our name as a user name'],
	['POST', { cookie: session, origin: ours, 'sec-fetch-site': 'cross-site' }, false, true, 'the browser contradicts the origin'],
	['POST', { cookie: session, 'sec-fetch-site': 'same-site' }, false, true, 'a neighbouring host'],
	['POST', { cookie: session, 'sec-fetch-site': 'none' }, false, true, 'typed or bookmarked, never a POST of ours'],
	['POST', { cookie: 'regia-session=abc' }, false, true, 'the plain session cookie'],
	['POST', { cookie: 'regia=abc' }, false, true, "a screen's cookie"],
	['PUT', { cookie: session }, false, true, 'another method that changes something'],
	['DELETE', { cookie: session, origin: 'https://altrove.example' }, false, true, 'deleting from another site'],
	['post', { cookie: session }, false, true, 'a method in small letters is not a safe one'],
	['POST', { authorization: 'Bearer abc' }, false, false, 'a token of its own'],
	['POST', { authorization: 'Bearer abc', cookie: session }, false, false, 'a token speaks for itself, whatever cookie comes along'],
	['POST', { authorization: 'Basic abc', cookie: session }, false, true, 'another scheme is no token'],
	['POST', {}, false, false, 'nobody: refused for want of rights, not for this'],
	['POST', { cookie: 'altro=1' }, false, false, "another application's cookie"],
	['POST', {}, true, false, 'a script that signs in'],
	['POST', { origin: ours }, true, false, 'our sign-in form'],
	['POST', { origin: 'https://altrove.example' }, true, true, "a visitor signed in as somebody else by another site's form"],
	['POST', { 'sec-fetch-site': 'cross-site' }, true, true, 'the same without an origin'],
	['POST', { origin: 'null', 'sec-fetch-site': 'same-origin' }, true, true, 'a frame without origin'],
];

describe('a request of another site', () => {
	test.each(rows)('%s %j signs in: %s → forged: %s (%s)', (method, headers, signsIn, expected) => {
		expect(isForged(method, credentialsOf({ host: HOST, ...headers }), signsIn)).toBe(expected);
	});
});
