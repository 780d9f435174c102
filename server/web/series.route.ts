// GET /api/series: one series in buckets of min, max, avg and last, read from the journal; a bucket without a value is a gap.
import { isMeasure } from '../../shared/measures.ts';
import { censusSeries } from './census-series.ts';
import { instantOf, problem, type Route } from './route.ts';

const POINTS_MAX = 2000;

export const route: Route = {
	method: 'GET',
	path: '/api/series',
	action: 'series.read',
	summary:
		'One series from ?from= to ?to= in ?points= buckets: at, min, max, avg, last, count; null where nothing was reported. Of a site also what messages and counts by hand came to.',
	query: { subject: 'kind/id', measure: 'by the measures table', from: 'instant', to: 'instant', points: '1 to 2000, 600 unless told' },
	answers: { '200': '{ subject, measure, bucketMs, points: [{ at, min, max, avg, last, count }] }', '400': 'what is wrong with the question' },
	async handle(request, parts) {
		const { query } = request;
		const subject = query.get('subject') ?? '';
		const measure = query.get('measure') ?? '';
		if (!isMeasure(measure))
			return problem(400, 'unknown-measure', 'No such measure', 'measure is a name of the measures table, as archive.bytesMoved');
		const from = instantOf(query.get('from') ?? '');
		const to = query.get('to') === null ? parts.clock().now : instantOf(query.get('to') ?? '');
		if (Number.isNaN(from) || Number.isNaN(to) || to <= from)
			return problem(400, 'bad-instant', 'Not a stretch of time', 'from and to are instants with their offset, from before to');
		const points = Number(query.get('points') ?? 600);
		if (!Number.isInteger(points) || points < 1 || points > POINTS_MAX)
			return problem(400, 'bad-points', 'Too many points', `points is a whole number from 1 to ${POINTS_MAX}`);
		const bucketMs = (to - from) / points;
		const buckets: (Bucket | undefined)[] = Array.from({ length: points });
		// A late sample reaches the door after `to`; a sample dated in the stretch is never seen before it, but for the clock's allowance.
		const first = Math.max(0, (await parts.seqAt(from - 10_000)) - 1);
		const take = (at: number, value: number): void => {
			if (at < from || at >= to) return;
			const index = Math.floor((at - from) / bucketMs);
			buckets[index] = addTo(buckets[index], at, value);
		};
		const isOfSite = subject.startsWith('site/') && first > 0;
		const before = isOfSite ? (await parts.boardAt(first)).board.sites[subject.slice('site/'.length)] : undefined;
		const census = censusSeries(subject, measure, before);
		for await (const entry of parts.entries(first)) {
			const counted = census?.next(entry);
			if (counted) take(counted.at, counted.value);
			if (entry.kind !== 'samples') continue;
			for (const sample of entry.samples) {
				if (sample.subject === subject && sample.measure === measure && sample.value !== null) take(sample.at, sample.value);
			}
		}
		const rows = buckets.map((bucket, i) => ({
			at: new Date(from + i * bucketMs).toISOString(),
			...(bucket
				? { min: bucket.min, max: bucket.max, avg: bucket.sum / bucket.count, last: bucket.last, count: bucket.count }
				: { min: null, max: null, avg: null, last: null, count: 0 }),
		}));
		return { status: 200, json: { subject, measure, bucketMs, points: rows } };
	},
};

type Bucket = { min: number; max: number; sum: number; count: number; last: number; lastAt: number };

function addTo(bucket: Bucket | undefined, at: number, value: number): Bucket {
	if (!bucket) return { min: value, max: value, sum: value, count: 1, last: value, lastAt: at };
	const newer = at >= bucket.lastAt;
	return {
		min: Math.min(bucket.min, value),
		max: Math.max(bucket.max, value),
		sum: bucket.sum + value,
		count: bucket.count + 1,
		last: newer ? value : bucket.last,
		lastAt: newer ? at : bucket.lastAt,
	};
}
