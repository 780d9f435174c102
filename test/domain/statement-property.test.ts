// Random courses of what is reported, said and closed: a sentence is never called true on stale data, a promise never broken before its
// hour, and nothing is said twice or unsaid. By a seed, beside a truth that keeps the last report of each and its instant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideStatements } from '../../server/domain/statement.ts';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import { judgeClaim } from '../../shared/judge-statement.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { instantAt, openPlay, type Played } from './incident-play.ts';

const STALE = 10;
const runs = scaled(3000, 250);

const minutes = fc.double({ min: 0.5, max: 14, noNaN: true });
const subject = fc.constantFrom('cup', 'osp');
const step = fc.oneof(
	{ weight: 5, arbitrary: fc.tuple(subject, fc.constantFrom('0', '1', '1', 'blind')).map(([one, value]) => `${one}=${value}`) },
	{ weight: 2, arbitrary: fc.constant('tick') },
	{ weight: 2, arbitrary: fc.tuple(subject, fc.integer({ min: 1, max: 60 })).map(([one, left]) => `say ${one} back +${left}`) },
	{ weight: 2, arbitrary: subject.map((one) => `say ${one} works`) },
	{ weight: 1, arbitrary: fc.constantFrom('status closed', 'status detected', 'cause failure') },
);
const course = fc.array(fc.record({ after: minutes, what: step, isUnseen: fc.boolean() }), { minLength: 3, maxLength: 25 });
type Course = readonly { readonly after: number; readonly what: string; readonly isUnseen: boolean }[];

/** `ups`: when it was reported up. */
type Word = { readonly value: string; readonly at: number; readonly ups: readonly number[] };
type Found = string | null;

/** The last report of each, as the script has it; null where none is known at that minute. */
const knownAt = (words: ReadonlyMap<string, Word>, one: string, minute: number): string | null => {
	const word = words.get(one);
	return word === undefined || word.value === 'blind' || minute - word.at > STALE ? null : word.value;
};

const tally = { sentences: 0, kept: 0, contradicted: 0, holds: 0, unknown: 0 };

function wrongAt(played: Played, words: ReadonlyMap<string, Word>, minute: number): Found {
	const { board } = played;
	const judged = played.judgedAt(minute);
	const said = { services: judged.services, networks: judged.breakdown?.networks ?? {}, dependants: judged.breakdown?.dependants ?? {} };
	for (const [id, facts] of Object.entries(board.statements.rows)) {
		for (const [place, claim] of facts.claims.entries()) {
			if (claim.kind !== 'restored' && claim.kind !== 'working') continue;
			const { verdict } = judgeClaim(facts, place, board, said, instantAt(minute));
			const one = claim.subject.endsWith('cup') ? 'cup' : 'osp';
			const known = knownAt(words, one, minute);
			tally[verdict] += 1;
			if (verdict === 'holds' && known !== '1') return `${id} holds at ${minute} on ${known}`;
			if (verdict === 'kept' && facts.kept[place] === undefined && known !== '1') return `${id} kept at ${minute} on ${known}`;
			if (verdict === 'contradicted' && known !== '0') return `${id} contradicted at ${minute} on ${known}`;
			if (claim.kind === 'restored' && verdict === 'contradicted' && instantAt(minute) <= claim.by)
				return `${id} broken at ${minute}, before its hour`;
			const ups = words.get(one)?.ups ?? [];
			const isBorneOut = claim.kind === 'restored' && ups.some((at) => instantAt(at) <= claim.by);
			if (facts.kept[place] !== undefined && !isBorneOut) return `${id} written as kept, and never seen up in time`;
			if (claim.kind === 'restored' && facts.contradicted?.claim === place && facts.contradicted.at <= claim.by)
				return `${id} written as broken before its hour`;
		}
	}
	return null;
}

/** What is wrong with a course; null where nothing is. */
function playCourse(all: Course, decide: typeof decideStatements = decideStatements): Found {
	const played = openPlay(undefined, decide);
	const words = new Map<string, Word>();
	const verdicts = new Map<string, string>();
	let minute = 1;
	played.step('1 open service/cup');
	for (const { after, what, isUnseen } of all) {
		minute += after;
		const line = what.replace(/\+(\d+)$/, (_all, left: string) => String(minute + Number(left)));
		const [one = '', value] = line.split('=');
		const ups = words.get(one)?.ups ?? [];
		if (value !== undefined) words.set(one, { value, at: minute, ups: value === '1' ? [...ups, minute] : ups });
		if (line.startsWith('say')) tally.sentences += 1;
		played.step(`${isUnseen ? '~' : ''}${minute} ${line}`);
		for (const look of [minute, minute + 0.4]) {
			const found = wrongAt(played, words, look);
			if (found) return found;
		}
		for (const sentence of played.judgedAt(minute).breakdown?.statements ?? []) {
			const before = verdicts.get(sentence.id);
			const written = played.board.statements.rows[sentence.id];
			if (before === 'contradicted' && sentence.verdict !== 'contradicted') return `${sentence.id} is unsaid at ${minute}`;
			if (written?.contradicted) verdicts.set(sentence.id, 'contradicted');
		}
	}
	const told = played.wrote.map((line) => line.split(' ').slice(0, 3).join(' ')).map((line) => line.replace(/(contradicted) \d+/, '$1'));
	if (new Set(told).size !== told.length) return `said twice: ${told.join(', ')}`;
	const again = emptyFacts();
	for (const entry of played.entries) applyEntry(again, entry);
	return JSON.stringify(boardOf(again)) === JSON.stringify(boardOf(played.facts)) ? null : 'the replay differs';
}

test('no course calls a sentence true on silence, or breaks a promise before its hour', () => {
	fc.assert(
		fc.property(course, (all) => {
			expect(playCourse(all)).toBe(null);
		}),
		{ seed: 20_210_816, numRuns: runs },
	);
	say('statements', `${runs} courses, ${tally.sentences} sentences; looked at: ${JSON.stringify(tally)}`);
	expect(Math.min(tally.kept, tally.contradicted, tally.holds, tally.unknown)).toBeGreaterThan(50);
});

test.each<readonly [name: string, decide: typeof decideStatements]>([
	[
		'breaks a promise as soon as the service is seen down',
		(board, judged, now) =>
			Object.entries(board.statements.rows).flatMap(([statement, facts]) => {
				const early = facts.claims.findIndex((one) => one.kind === 'restored' && judged.services[one.subject.slice(8)]?.up === false);
				return early >= 0 && facts.contradicted === null
					? [{ kind: 'auto', what: 'statement', statement, to: 'contradicted', claim: early, why: 'not-restored' } as const]
					: decideStatements(board, judged, now);
			}),
	],
	[
		'calls kept what is merely not contradicted',
		(board, judged, now) =>
			Object.entries(board.statements.rows).flatMap(([statement, facts]) => {
				const late = facts.claims.findIndex((one, place) => one.kind === 'restored' && now > one.by && facts.kept[place] === undefined);
				return late >= 0 && facts.contradicted === null
					? [{ kind: 'auto', what: 'statement', statement, to: 'kept', claim: late, why: 'restored' } as const]
					: decideStatements(board, judged, now);
			}),
	],
])('a decision that %s is caught', (_name, decide) => {
	const found = fc.check(
		fc.property(course, (all) => playCourse(all, decide) === null),
		{ seed: 20_210_816, numRuns: runs },
	);
	expect(found.failed).toBe(true);
});
