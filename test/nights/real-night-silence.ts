// After the night rclone is killed: its archive must go blind in time, the sums must name it, and no screen may show it as confirmed.
import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../shared/entry.ts';
import { until } from '../kit/until.ts';
import { momentOf, type NightSetup } from './real-night-course.ts';
import { COPY } from './real-night-plan.ts';
import { foldTo, type Moment } from './real-night-recording.ts';
import { shownAsConfirmed, sightOf } from './real-night-wall.ts';

/** The screens' rhythm and one question: what lies between the limit and its being seen. */
const SLACK_MS = 1500;
const RECOUNT_EVERY_MS = 2000;

export async function keepSilent({ room, verdict, scale, say }: NightSetup): Promise<Moment> {
	say('rclone is killed');
	await room.copy.silence();
	const from = performance.now();
	const limit = scale.staleAfterMs + SLACK_MS;
	let counted = Number.NEGATIVE_INFINITY;
	const blind = await until(
		'the board says that the copy is blind',
		async () => {
			// The rows' proof stays young, so that the oldest evidence is the copy's.
			if (performance.now() - counted > RECOUNT_EVERY_MS) {
				await room.api.exact('replica');
				counted = performance.now();
			}
			const seen = await room.api.board();
			return seen.archives[COPY]?.standing === 'blind' ? seen : null;
		},
		2 * limit,
	);
	const tookMs = performance.now() - from;
	const oldest = blind.rollup.oldest?.subject ?? 'nobody';
	verdict.holds('copy blind after rclone was killed', `≤ ${limit / 1000} s`, `${(tookMs / 1000).toFixed(1)} s`, tookMs <= limit);
	verdict.holds('  and why', 'killed', blind.archives[COPY]?.reason ?? 'no reason', blind.archives[COPY]?.reason === 'cannot-look');
	verdict.holds(
		'  no longer done, sums not good',
		'killed',
		`${blind.rollup.done} done, ${blind.rollup.standing}`,
		isUnsure(blind.archives[COPY]?.done, blind.rollup.standing),
	);
	verdict.holds('  oldest evidence of the sums', `archive/${COPY}`, oldest, oldest === `archive/${COPY}`);
	let claims: readonly string[] = ['not looked at'];
	const unsaid = async (): Promise<boolean> => {
		claims = shownAsConfirmed(await sightOf(room.wall, COPY));
		return claims.length === 0;
	};
	await until('the wall unsays it', unsaid, 3000).catch(() => {});
	verdict.holds('  on the wall as confirmed', 'nothing', claims.join('; ') || 'nothing', claims.length === 0);
	return momentOf('rclone silent', blind);
}

const isUnsure = (done: boolean | undefined, standing: string): boolean => done === false && standing === 'blind';

/** The record by itself must give the board that the server shows. */
export async function compareRecord({ room, verdict }: NightSetup): Promise<readonly Entry[]> {
	const seen = await room.api.board();
	const journal = (await room.api.journal()).filter((one) => one.seq <= seen.seq);
	const folded: unknown = JSON.parse(JSON.stringify(foldTo(journal, seen.seq)));
	verdict.holds(`board folded from ${journal.length} entries`, 'the record', 'the same board', isDeepStrictEqual(folded, seen.facts));
	return journal;
}
