// What is told to the press of the archives and of the bodies' estates. Pure.
import { figureNow } from '../../shared/figure-now.ts';
import type { ArchiveNow } from '../../shared/judge-archive.ts';
import { judgeEstate } from '../../shared/judge-programme.ts';
import { measureOf } from '../../shared/measures.ts';
import type { InBoth, PressFigure } from '../../shared/press.ts';
import type { Standing } from '../../shared/standing.ts';
import { type JudgedView, makeFigure, namedFor, ruleOf } from './press-figure.ts';
import { roundBy } from './press-policy.ts';
import { bytesText, outOf, roundShare, shareText } from './press-words.ts';

const archivesWord: InBoth = { it: 'archivi', en: 'archives' };
const bodiesWord: InBoth = { it: 'aziende', en: 'health authorities' };
const WHOLE_PER_CENT = 0.01;
/** Estates are reported by the day: what is older than this was so in the morning, or the day before, and says so. */
const ESTATE_OF_NOW_MS = 3_600_000;

const methods = {
	done: {
		it: 'Un archivio è contato quando la copia è completa e il confronto con l’originale è riuscito.',
		en: 'An archive counts once its copy is complete and has been checked against the original.',
	},
	moved: {
		it: 'I dati trasferiti sono i byte copiati, come li riferiscono gli strumenti di copia (1 TB = mille miliardi di byte).',
		en: 'Data moved are the bytes copied, as the copying tools report them (1 TB = a million million bytes).',
	},
	verified: {
		it: 'I dati verificati sono i byte copiati e confrontati con l’originale (1 TB = mille miliardi di byte).',
		en: 'Data verified are the bytes copied and checked against the original (1 TB = a million million bytes).',
	},
	rate: { it: 'La velocità è la media degli ultimi minuti.', en: 'The speed is the mean of the last minutes.' },
	estates: {
		it: 'Il patrimonio trasferito è la media semplice delle quote riferite dalle aziende.',
		en: 'The estate moved is the plain mean of the shares that the health authorities report.',
	},
	estate: {
		it: 'La quota di ogni azienda è quella che l’azienda riferisce.',
		en: 'The share of each health authority is the one that it reports.',
	},
} as const satisfies Record<string, InBoth>;

export function archiveFigures(view: JudgedView): PressFigure[] {
	const { now, at } = view;
	const all = Object.values(now.archives);
	if (all.length === 0) return [];
	const { rollup } = now;
	const seen = all.filter(({ standing }) => standing !== 'blind').length;
	const isStale = rollup.oldest !== null && rollup.ageMs !== null && rollup.ageMs > rollup.oldest.limitMs;
	const common = { ageMs: rollup.ageMs, standing: rollup.standing, isStale };
	const done = makeFigure(
		{
			key: 'archives.done',
			label: { it: 'Archivi trasferiti e verificati', en: 'Archives moved and verified' },
			method: methods.done,
			// Of none that is seen nobody knows whether it is done: that is not 0.
			printed: seen > 0 ? { value: rollup.done, text: outOf(rollup.done, rollup.of) } : null,
			share: rollup.done / rollup.of,
			part: { counted: seen, of: rollup.of, things: archivesWord },
			...common,
		},
		at,
	);
	const rate = rollup.rate === null ? null : bytesText(rollup.rate);
	const { text } = rate ?? {};
	return [
		done,
		bytesOf(view, 'archives.moved', { it: 'Dati trasferiti', en: 'Data moved' }, methods.moved, 'moved', common),
		bytesOf(view, 'archives.verified', { it: 'Dati verificati', en: 'Data verified' }, methods.verified, 'verified', common),
		makeFigure(
			{
				key: 'archives.rate',
				label: { it: 'Velocità di copia', en: 'Copying speed' },
				method: methods.rate,
				printed: rate && text ? { value: rate.printed, text: { it: `${text.it}/s`, en: `${text.en}/s` } } : null,
				...common,
				isStale: false,
			},
			at,
		),
	];
}

const isOfBefore = (ageMs: number | null): boolean => ageMs !== null && ageMs > ESTATE_OF_NOW_MS;

type Common = { readonly ageMs: number | null; readonly standing: Standing; readonly isStale: boolean };

function bytesOf(view: JudgedView, key: string, label: InBoth, method: InBoth, which: 'moved' | 'verified', common: Common): PressFigure {
	const inBytes: readonly ArchiveNow[] = Object.values(view.now.archives).filter(({ unit }) => unit === 'B');
	// A sum speaks of those whose position is told; the others are named as missing, never counted as nothing.
	const told = inBytes.filter((one) => one[which] !== null);
	const sum = told.reduce((all, one) => all + (one[which] ?? 0), 0);
	const totals = inBytes.map(({ total }) => total);
	const total = totals.includes(null) ? null : totals.reduce<number>((all, one) => all + (one ?? 0), 0);
	const written = bytesText(roundBy(sum, ruleOf(key, view).roundTo, 'down'));
	return makeFigure(
		{
			key,
			label,
			method,
			printed: told.length === 0 ? null : { value: written.printed, text: written.text },
			share: total === null || total === 0 || told.length < inBytes.length ? null : Math.min(1, roundShare(written.printed / total, 0.001)),
			part: { counted: told.length, of: view.now.rollup.of, things: archivesWord },
			...common,
		},
		view.at,
	);
}

export function bodyFigures(view: JudgedView): PressFigure[] {
	const { board, at } = view;
	if (Object.keys(board.bodies).length === 0) return [];
	const step = ruleOf('bodies.moved', view).roundTo ?? WHOLE_PER_CENT;
	const written = (share: number | null) => {
		const rounded = share === null ? null : roundShare(share, step);
		return rounded === null ? { printed: null, share: null } : { printed: { value: rounded, text: shareText(rounded, step) }, share: rounded };
	};
	const estate = judgeEstate(board.bodies, at);
	const mean = makeFigure(
		{
			key: 'bodies.moved',
			label: { it: 'Patrimonio informatico trasferito', en: 'IT estate moved' },
			method: methods.estates,
			...written(estate.mean),
			standing: estate.reporting === estate.of ? 'good' : 'blind',
			ageMs: estate.ageMs,
			isStale: isOfBefore(estate.ageMs),
			part: { counted: estate.reporting, of: estate.of, things: bodiesWord },
		},
		at,
	);
	const { staleAfterMs } = measureOf('body.estateMoved');
	const each = Object.entries(board.bodies).map(([id, { label, estateMoved }]) => {
		const told = figureNow(estateMoved ?? undefined, staleAfterMs, at);
		const value = told?.value ?? null;
		return makeFigure(
			{
				key: `bodies.moved/${id}`,
				label: namedFor(view, `body/${id}`, label),
				method: methods.estate,
				...written(value),
				standing: value === null ? 'blind' : 'good',
				ageMs: told?.ageMs ?? null,
				isStale: isOfBefore(told?.ageMs ?? null),
			},
			at,
		);
	});
	return [mean, ...each];
}
