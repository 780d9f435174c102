// Reads a copy that rclone makes, by its remote control. Starts nothing, stops nothing; file names and error texts end in its parsers.
import * as z from 'zod/mini';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { type RcloneStats, rcloneExecuteId, rclonePid, rcloneSize, rcloneStats } from './rclone-answers.ts';
import { type RcloneRun, recallTally, tally } from './rclone-tally.ts';
import { hasRun, recallVerified, type Verified, verifiedItems } from './rclone-verify.ts';
import { id, secretName, webAddress } from './settings.ts';

const group = z.string().check(z.regex(/^[\w./-]{1,100}$/, "a group of rclone's, as the copy's _group"));
const remote = { url: webAddress, user: z.optional(z.string().check(z.maxLength(100))), passwordFrom: z.optional(secretName) };

const rcloneSettings = z.strictObject({
	archive: id,
	...remote,
	/** The copy's `_group`; without it everything that the daemon moves counts. */
	group: z.optional(group),
	/** A check run of the plan's own, by its group; in the same daemon where no address is given. */
	verify: z.optional(
		z.strictObject({
			...remote,
			url: z.optional(webAddress),
			group,
			by: z._default(z.enum(['check', 'dry-run']), 'check'),
			/** What was checked, as rclone names it (`remote:path`): gives the bytes that stand behind the files, by `operations/size`. */
			fs: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
		}),
	),
});
type RcloneSettings = z.infer<typeof rcloneSettings>;
type Remote = { readonly url: string; readonly user?: string | undefined; readonly passwordFrom?: string | undefined };

const MAX_ANSWER_BYTES = 4_194_304;
type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: BlindCode };
type Call = <T>(path: string, body: object, parse: (text: string) => T | null) => Promise<Told<T>>;

const blindByStatus = (status: number): BlindCode | null => {
	if (status === 200) return null;
	if (status === 401 || status === 403) return 'unauthorised';
	return status === 404 ? 'not-found' : 'bad-answer';
};

function callTo(remoteControl: Remote, context: ReaderContext, signal: AbortSignal): Call {
	const password = remoteControl.passwordFrom === undefined ? '' : context.secret(remoteControl.passwordFrom);
	const sign = Buffer.from(`${remoteControl.user ?? ''}:${password ?? ''}`).toString('base64');
	const headers = { 'content-type': 'application/json', ...(remoteControl.user === undefined ? {} : { authorization: `Basic ${sign}` }) };
	return async (path, body, parse) => {
		if (password === undefined) return { ok: false, why: 'unauthorised' };
		const url = `${remoteControl.url.replace(/\/$/, '')}/${path}`;
		const answer = await ask({
			url,
			method: 'POST',
			headers,
			body: JSON.stringify(body),
			signal,
			maxBytes: MAX_ANSWER_BYTES,
			targets: context.targets,
		});
		if (!answer.ok) return { ok: false, why: blindBy(answer.cause) };
		const why = blindByStatus(answer.status) ?? (answer.cut ? 'too-large' : null);
		if (why) return { ok: false, why };
		const value = parse(answer.body);
		return value === null ? { ok: false, why: 'bad-answer' } : { ok: true, value };
	};
}

/** The run's counters, between two looks at who is talking: a restart in between would book one run's figures on the other. */
async function askRun(call: Call, body: object): Promise<Told<{ run: RcloneRun; stats: RcloneStats }>> {
	const before = await call('core/pid', {}, rclonePid);
	if (!before.ok) return before;
	const stats = await call('core/stats', body, rcloneStats);
	if (!stats.ok) return stats;
	const jobs = await call('job/list', {}, (text) => ({ executeId: rcloneExecuteId(text) }));
	if (!jobs.ok) return jobs;
	const after = await call('core/pid', {}, rclonePid);
	if (!after.ok) return after;
	if (before.value !== after.value) return { ok: false, why: 'bad-answer' };
	return { ok: true, value: { run: { pid: before.value, executeId: jobs.value.executeId }, stats: stats.value } };
}

/** A failure here blinds only the verified figures. */
async function askVerified(verify: NonNullable<RcloneSettings['verify']>, call: Call, before: Verified | null): Promise<Told<Verified | null>> {
	const stats = await call('core/stats', { group: verify.group }, rcloneStats);
	if (!stats.ok) return stats;
	const items = verifiedItems(before, verify.by, stats.value);
	if (items === null) return { ok: true, value: null };
	const unchanged = items === before?.items ? before.bytes : null;
	if (verify.fs === undefined || unchanged !== null || !hasRun(stats.value)) return { ok: true, value: { items, bytes: unchanged } };
	const size = await call('operations/size', { fs: verify.fs }, rcloneSize);
	// Bytes are only claimed where every file that is there was compared and found equal.
	return { ok: true, value: { items, bytes: size.ok && size.value.count === items ? size.value.bytes : null } };
}

type Memory = { readonly tally?: unknown; readonly verified?: unknown };
const memoryOf = (memory: unknown): Memory => (typeof memory === 'object' && memory !== null ? memory : {});

export const rcloneConnector: ConnectorKind = {
	kind: 'rclone',
	polled: true,
	settings: rcloneSettings,
	subjects: (settings) => [subjectOf('archive', rcloneSettings.parse(settings).archive)],
	open(settings, context): Reader {
		const mine = rcloneSettings.parse(settings);
		const subject = subjectOf('archive', mine.archive);
		let counted = recallTally(memoryOf(context.memory).tally);
		let verified = recallVerified(memoryOf(context.memory).verified);
		return {
			async read(signal): Promise<Look> {
				const told = await askRun(callTo(mine, context, signal), mine.group === undefined ? {} : { group: mine.group });
				if (!told.ok) return told;
				const at = context.now();
				const { run, stats } = told.value;
				counted = tally(counted, run, stats, at);
				const figure = (name: string, value: number, unit: string): Reading => ({ subject, measure: `archive.${name}`, value, unit, at });
				const readings = [
					figure('bytesMoved', counted.shownBytes, 'B'),
					figure('bytesTotal', counted.shownTotalBytes, 'B'),
					figure('itemsMoved', counted.shownItems, 'count'),
					figure('itemsTotal', counted.shownTotalItems, 'count'),
					figure('errors', stats.errors, 'count'),
					figure('checks', stats.checks, 'count'),
					figure('transferring', stats.transferring, 'count'),
					figure('largestPending', stats.largestPending, 'B'),
				];
				if (mine.verify) {
					const proof = await askVerified(
						mine.verify,
						callTo({ ...mine, ...mine.verify, url: mine.verify.url ?? mine.url }, context, signal),
						verified,
					);
					if (!proof.ok) readings.push({ subject, measure: 'archive.itemsVerified', value: null, at, why: proof.why });
					else if (proof.value) {
						verified = proof.value;
						readings.push(figure('itemsVerified', verified.items, 'count'));
						if (verified.bytes !== null) readings.push(figure('bytesVerified', verified.bytes, 'B'));
					}
				}
				return { ok: true, readings, memory: { tally: counted, verified } };
			},
			async close() {},
		};
	},
};
