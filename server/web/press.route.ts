// /api/press: the catalogue of a moment, drafts frozen from it, and what two people decide of them. Who may is asked of may.ts.
import * as z from 'zod/mini';
import type { Board } from '../../shared/board.ts';
import { languages } from '../../shared/format.ts';
import type { Mark } from '../../shared/mark.ts';
import { type MarkRefusal, markRefusals } from '../../shared/mark-refusal.ts';
import type { PressFacts } from '../../shared/press.ts';
import { composeSchema, releaseSchema, withdrawSchema } from '../../shared/press-asks.ts';
import { type SheetFormat, sheetFormats } from '../../shared/sheet.ts';
import { standingSheet } from '../../shared/standing-sheet.ts';
import { nameOf } from '../domain/may.ts';
import type { DrawnFiles, PressMoment } from './press-door.ts';
import { readJson } from './read-json.ts';
import { refusedMark } from './refused-mark.ts';
import { instantOf, keyOf, type Parts, problem, type Reply, type Request, type Route, unwritten } from './route.ts';

const schemaOf = (schema: z.ZodMiniType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
const isRefusal = (outcome: { readonly code: string }): outcome is MarkRefusal => (markRefusals as readonly string[]).includes(outcome.code);
const noSheet = (): Reply => problem(404, 'no-such-sheet', 'No such sheet', 'GET /api/press lists the last of them');
const makerOf = (request: Request) => ({ by: nameOf(request.who), caller: request.caller, from: request.from });

/** An entry that was on its way to the disk when a moment was read has an older instant than that. */
const COMMITS_WITHIN_MS = 5000;

/** A moment that the record has: what is asked for, or what is wrong with it. With both, the entry is the last one at that instant. */
async function momentOf(seq: number | undefined, at: number | undefined, parts: Parts): Promise<PressMoment | ReturnType<typeof problem>> {
	const head = parts.head().seq;
	if (seq !== undefined && !(Number.isInteger(seq) && seq >= 1 && seq <= head)) {
		return problem(400, 'bad-seq', 'No such entry', `seq is a whole number from 1 to ${head}`);
	}
	if (at === undefined) return { seq: seq ?? null, at: null };
	if (Number.isNaN(at)) return problem(400, 'bad-instant', 'Not an instant', 'at is an instant with its offset, as 2025-07-25T11:00:00+02:00');
	if (at > parts.clock().now) return problem(400, 'future', 'Not yet', 'at is a moment that has passed');
	const [before, last] = await Promise.all([parts.seqAt(at - COMMITS_WITHIN_MS), parts.seqAt(at)]);
	if (last === 0) return problem(404, 'before-the-record', 'Nothing was recorded by then', 'the record begins later');
	if (seq !== undefined && (seq < before || seq > last)) {
		return problem(
			400,
			'bad-instant',
			'Two moments',
			'the record did not end with that entry at that instant: give seq or at, or both as they were read together',
		);
	}
	return { seq: seq ?? null, at };
}

/** The list says how each stands; the figures of one are in its preview and in its data. */
const listed = ({ frozen, ...rest }: PressFacts) => ({ id: frozen.id, title: frozen.content.title, at: frozen.at, ...rest, frozen });

/** Of what left the board, so much is answered at once. */
const PAST_AT_ONCE = 50;

/** The sheets that still stand and that the record says are contradicted, however old. */
const contradicted = ({ rows }: Board['statements']): readonly string[] =>
	Object.values(rows).flatMap((one) => (one.contradicted === null ? [] : (standingSheet(one) ?? [])));

async function decide(mark: Extract<Mark, { kind: 'press' }>, nonce: string | undefined, request: Request, parts: Parts): Promise<Reply> {
	const key = keyOf(request, nameOf(request.who));
	if (typeof key === 'object') return key;
	if ((await parts.press.sheet(mark.sheet)) === null) return noSheet();
	const outcome = await parts.mark({ mark, ...(nonce === undefined ? {} : { nonce }) }, makerOf(request), key);
	if (!outcome.ok) return isRefusal(outcome) ? refusedMark(outcome) : unwritten(outcome);
	const sheet = await parts.press.sheet(mark.sheet);
	return { status: 202, json: { seq: outcome.seq, sheet: sheet && listed(sheet) } };
}

const previews = { png: 'image/png', pdf: 'application/pdf', html: 'text/html; charset=utf-8', text: 'text/plain; charset=utf-8' } as const;

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/press',
		action: 'press.read',
		summary:
			'Press sheets on the board, drafts among them, with what is frozen in each, and every one that stands and that the data contradict; with ?before= those that have left the board, drafted before that entry.',
		query: { before: 'an entry: `older` of the answer before' },
		answers: { '200': '{ count, sheets, older }: `older` is null where there are no more', '400': 'no entry' },
		async handle(request, parts) {
			const { press, statements } = parts.board().board;
			const before = request.query.get('before');
			if (before !== null && !/^[1-9]\d{0,14}$/.test(before)) return problem(400, 'bad-seq', 'No such entry', 'before is a whole number from 1 on');
			if (before !== null) {
				const { sheets, older } = await parts.press.past(Number(before), PAST_AT_ONCE);
				return { status: 200, json: { count: press.count, sheets: sheets.map(listed), older } };
			}
			const gone = contradicted(statements).filter((id) => !Object.hasOwn(press.rows, id));
			const past = await Promise.all(gone.map((id) => parts.press.sheet(id)));
			const sheets = [...Object.values(press.rows), ...past.filter((one) => one !== null)].map(listed);
			const older = press.count > Object.keys(press.rows).length ? parts.head().seq + 1 : null;
			return { status: 200, json: { count: press.count, sheets: sheets.sort((a, b) => b.draftedAt - a.draftedAt), older } };
		},
	},
	{
		method: 'GET',
		path: '/api/press/figures',
		action: 'press.read',
		summary: 'What may be told to the press of the board now, or as it stood at ?seq= or ?at=: figures after policy and suppression, courses, facts.',
		query: { seq: 'an entry', at: 'an instant with its offset' },
		answers: { '200': '{ seq, hash, at, figures, courses, facts }', '400': 'a seq or instant that cannot be', '404': 'nothing was recorded by then' },
		async handle(request, parts) {
			const [seq, at] = [request.query.get('seq'), request.query.get('at')];
			const moment = await momentOf(
				seq === null ? undefined : /^\d{1,15}$/.test(seq) ? Number(seq) : Number.NaN,
				at === null ? undefined : instantOf(at),
				parts,
			);
			if ('problem' in moment) return moment;
			const { position, ...rest } = await parts.press.catalogue(moment);
			return { status: 200, json: { ...position, ...rest } };
		},
	},
	{
		method: 'POST',
		path: '/api/press',
		action: 'press.compose',
		summary:
			'Freezes and drafts a sheet: { content, seq?, at? }; with both, the place of the record as it was at that instant. The server takes the figures from the record at that moment; none is ever taken from here. Idempotency-Key makes a repeat harmless.',
		body: schemaOf(composeSchema),
		answers: {
			'201': '{ seq, id, digest, frozen }',
			'400': 'no content of a sheet, or a moment that cannot be',
			'404': 'nothing was recorded by then',
			'422':
				'a figure that may not be told or is not there, a title alone, words that cannot be printed ({ issues }), or a key that other content was sent under',
			'503': 'the presses are busy, or the journal cannot write',
			'507': 'the disk is full',
		},
		async handle(request, parts) {
			const read = await readJson(request, composeSchema);
			if ('problem' in read) return read;
			const { content, seq, at } = read.value;
			const key = keyOf(request, nameOf(request.who));
			if (typeof key === 'object') return key;
			const moment = await momentOf(seq, at, parts);
			if ('problem' in moment) return moment;
			const composed = await parts.press.compose(content, moment, makerOf(request), key);
			if (composed.ok) {
				const { sheet: frozen, digest } = composed.frozen;
				return { status: 201, json: { seq: composed.seq, id: composed.sheet, digest, frozen } };
			}
			if (composed.why === 'mark') return isRefusal(composed.refusal) ? refusedMark(composed.refusal) : unwritten(composed.refusal);
			const { code, message, issues } = composed.refusal;
			if (code === 'busy') return { ...problem(503, code, 'The presses are busy', message), headers: { 'Retry-After': '60' } };
			return problem(422, code, 'No sheet can be made of this', message, issues === undefined ? {} : { issues });
		},
	},
	{
		method: 'POST',
		path: '/api/press/:id/release',
		action: 'press.release',
		summary: 'Releases a sheet that another person drafted: { nonce, embargoUntil?, supersedes? }, with a nonce of POST /api/arm for that very mark.',
		body: schemaOf(releaseSchema),
		answers: {
			'202': '{ seq, sheet }',
			'404': 'no such sheet',
			'409': 'it cannot be as it stands: own-sheet, already, embargo-past, not-released, no-longer-told',
			'428': 'it was not armed: see POST /api/arm',
		},
		async handle(request, parts) {
			const read = await readJson(request, releaseSchema);
			if ('problem' in read) return read;
			const { nonce, embargoUntil, supersedes } = read.value;
			const mark = {
				kind: 'press',
				act: 'release',
				sheet: request.params.id ?? '',
				...(embargoUntil === undefined ? {} : { embargoUntil }),
				...(supersedes === undefined ? {} : { supersedes }),
			} as const;
			return decide(mark, nonce, request, parts);
		},
	},
	{
		method: 'POST',
		path: '/api/press/:id/withdraw',
		action: 'press.withdraw',
		summary: 'Withdraws a sheet for a reason that its public page shows: { nonce, reason }, with a nonce of POST /api/arm for that very mark.',
		body: schemaOf(withdrawSchema),
		answers: { '202': '{ seq, sheet }', '404': 'no such sheet', '409': 'it is withdrawn already', '428': 'it was not armed: see POST /api/arm' },
		async handle(request, parts) {
			const read = await readJson(request, withdrawSchema);
			if ('problem' in read) return read;
			return decide({ kind: 'press', act: 'withdraw', sheet: request.params.id ?? '', reason: read.value.reason }, read.value.nonce, request, parts);
		},
	},
	{
		method: 'GET',
		path: '/api/press/:id',
		action: 'press.read',
		summary: 'A sheet, wherever it is kept, with what is frozen in it.',
		answers: { '200': 'the sheet', '404': 'no such sheet' },
		async handle({ params }, parts) {
			const sheet = await parts.press.sheet(params.id ?? '');
			return sheet === null ? noSheet() : { status: 200, json: listed(sheet) };
		},
	},
	{
		method: 'GET',
		path: '/api/press/:id/preview',
		action: 'press.read',
		summary: 'A sheet drawn as it stands, with its watermark: ?format=wide|square|a4 &lang=it|en &as=png|pdf|html|text.',
		query: { format: 'wide, square or a4; left out: wide', lang: 'it or en; left out: it', as: 'png, pdf, html or text; left out: png' },
		answers: {
			'200': 'the drawing',
			'400': 'no such form',
			'404': 'no such sheet, or not in this language',
			'422': 'it cannot be printed: { issues }',
			'503': 'the presses are busy',
		},
		async handle({ params, query }, parts) {
			const format = sheetFormats.find((one: SheetFormat) => one === (query.get('format') ?? 'wide'));
			const language = languages.find((one) => one === (query.get('lang') ?? 'it'));
			const as = (Object.keys(previews) as (keyof DrawnFiles)[]).find((one) => one === (query.get('as') ?? 'png'));
			if (format === undefined || language === undefined || as === undefined) {
				return problem(400, 'bad-format', 'No such form', 'format is wide, square or a4; lang is it or en; as is png, pdf, html or text');
			}
			const sheet = await parts.press.sheet(params.id ?? '');
			if (sheet === null) return noSheet();
			const drawn = await parts.press.draw(sheet, language, format);
			if (drawn.ok) return { status: 200, text: drawn.files[as], type: previews[as], headers: { 'Content-Security-Policy': drawingPolicy } };
			if (drawn.code === 'busy') return { ...problem(503, drawn.code, 'The presses are busy', drawn.message), headers: { 'Retry-After': '60' } };
			if (drawn.code === 'no-such-language') return problem(404, drawn.code, 'Not in this language', drawn.message);
			return problem(422, drawn.code, 'It cannot be printed', drawn.message, { issues: drawn.issues ?? [] });
		},
	},
	{
		method: 'GET',
		path: '/api/press/:id/verify',
		action: 'press.read',
		summary: 'Folds the record again to a sheet’s place and compares every figure: { same, differs, digestHolds, recordHolds }.',
		answers: { '200': 'what was found', '404': 'no such sheet' },
		async handle({ params }, parts) {
			const verdict = await parts.press.verify(params.id ?? '');
			return verdict === null ? noSheet() : { status: 200, json: verdict };
		},
	},
];

/** A drawing carries its own style and typeface in it. */
const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";
