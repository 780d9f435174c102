// What is told to the press of emergency rooms: how many, how many report, and, where the plan allows it, how many are present. Pure.
import type { InBoth, PressFigure } from '../../shared/press.ts';
import type { Standing } from '../../shared/standing.ts';
import { type JudgedView, makeFigure, ruleOf } from './press-figure.ts';
import { roundBy } from './press-policy.ts';
import { countText, fewerThan, outOf, same } from './press-words.ts';

const sitesWord: InBoth = { it: 'strutture', en: 'emergency rooms' };
const methods = {
	count: { it: 'Strutture di pronto soccorso nel piano.', en: 'Emergency rooms in the plan.' },
	reporting: { it: 'Strutture i cui dati arrivano e sono recenti.', en: 'Emergency rooms whose data arrive and are recent.' },
	present: {
		it: 'Persone presenti in pronto soccorso, dai messaggi dei sistemi e dai conteggi a mano; i numeri piccoli non sono indicati.',
		en: 'People present in emergency rooms, from the systems’ messages and counts by hand; small numbers are not given.',
	},
} as const satisfies Record<string, InBoth>;

export function siteFigures(view: JudgedView): PressFigure[] {
	const { now, at } = view;
	if (now.er === null) return [];
	const { region, sites } = now.er;
	const standing: Standing = region.reporting === region.sites ? 'good' : 'blind';
	return [
		makeFigure(
			{
				key: 'sites.count',
				label: { it: 'Pronto soccorso', en: 'Emergency rooms' },
				method: methods.count,
				printed: { value: region.sites, text: countText(region.sites) },
				standing: 'good',
				ageMs: null,
			},
			at,
		),
		makeFigure(
			{
				key: 'sites.reporting',
				label: { it: 'Pronto soccorso collegati', en: 'Emergency rooms connected' },
				method: methods.reporting,
				printed: { value: region.reporting, text: outOf(region.reporting, region.sites) },
				share: region.reporting / region.sites,
				standing,
				ageMs: region.oldest?.ageMs ?? null,
			},
			at,
		),
		...presentFigures(view, standing, sites),
	];
}

function presentFigures(view: JudgedView, standing: Standing, sites: NonNullable<JudgedView['now']['er']>['sites']): PressFigure[] {
	const { roundTo, smallest } = ruleOf('sites.presentTotal', view);
	const region = view.now.er?.region;
	if (!region) return [];
	const written = (count: number | null) => ({
		printed: count === null ? null : { value: roundBy(count, roundTo), text: countText(roundBy(count, roundTo)) },
		suppressed: count !== null && count < smallest ? fewerThan(smallest) : null,
	});
	const total = makeFigure(
		{
			key: 'sites.presentTotal',
			label: { it: 'Presenti nei pronto soccorso', en: 'Present in emergency rooms' },
			method: methods.present,
			...written(region.present),
			standing,
			ageMs: region.oldest?.ageMs ?? null,
			part: { counted: region.reporting, of: region.sites, things: sitesWord },
		},
		view.at,
	);
	const each = Object.entries(sites).map(([id, one]) =>
		makeFigure(
			{
				key: `site.present/${id}`,
				label: same(one.label),
				method: methods.present,
				...written(one.present),
				standing: one.standing,
				ageMs: one.ageMs,
			},
			view.at,
		),
	);
	return [total, ...each];
}
