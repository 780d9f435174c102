// What each template of a sheet begins with: figures that are there at the moment, and words whose claims stay open in square brackets
// until a person fills them in. Pure.
import type { InBoth, PressCourse, PressFigure, SheetContent, SheetTemplate } from '../../shared/press.ts';

export const LARGE_MOST = 4;
export const LISTS_MOST = 3;
export const ROWS_MOST = 8;
/** What a template begins with has room at 16:9, the programme's facts beside it. */
const BEGUN_ROWS = 4;

/** `night`: what the plan is called. `incident`: the one that the sheet is about. */
export type TemplateRoom = {
	readonly figures: readonly PressFigure[];
	readonly courses: readonly Pick<PressCourse, 'key'>[];
	readonly hasFacts: boolean;
	readonly night: string;
	readonly incident: { readonly id: string; readonly title: string } | null;
};

type Start = {
	readonly title: InBoth;
	/** Keys, or names with `/*` for all of a kind. */
	readonly heroes: readonly string[];
	readonly chart: string | null;
	readonly lists: readonly { readonly title: InBoth; readonly keys: readonly string[] }[];
	readonly sentences: readonly InBoth[];
	readonly facts: boolean;
};

const services: InBoth = { it: 'Servizi', en: 'Services' };

function startOf(template: SheetTemplate, { night, incident }: TemplateRoom): Start {
	switch (template) {
		case 'cutover':
			return {
				title: { it: `${night}: passaggio concluso`, en: `${night}: cutover completed` },
				heroes: ['archives.done', 'archives.moved', 'services.availability', 'cutover.tPlus'],
				chart: 'archives.moved',
				lists: [{ title: services, keys: ['service.state/*', 'service.downMinutes/*'] }],
				sentences: [
					{ it: 'Il passaggio si è concluso alle [ora].', en: 'The cutover was completed at [time].' },
					{ it: '[Quali servizi] sono di nuovo a disposizione dei cittadini.', en: '[Which services] are available to the public again.' },
				],
				facts: false,
			};
		case 'milestone':
			return {
				title: { it: `${night}: a che punto siamo`, en: `${night}: where we stand` },
				heroes: ['archives.done', 'archives.moved', 'bodies.moved', 'sites.count', 'services.availability'],
				chart: 'archives.moved',
				lists: [
					{ title: services, keys: ['service.state/*', 'service.bookings/*'] },
					{ title: { it: 'Patrimonio trasferito', en: 'Estate moved' }, keys: ['bodies.moved/*'] },
				],
				sentences: [
					{ it: '[Che cosa è stato raggiunto, e che cosa cambia per i cittadini.]', en: '[What was reached, and what changes for the public.]' },
				],
				facts: true,
			};
		case 'incident': {
			const of = incident === null ? '*' : incident.id;
			return {
				title: { it: `${incident?.title ?? night}: aggiornamento`, en: `${incident?.title ?? night}: update` },
				heroes: [`incident.duration/${of}`, 'services.availability', 'dependants.blocked/*'],
				chart: null,
				lists: [
					{ title: services, keys: ['service.state/*'] },
					{ title: { it: 'Chi ne risente', en: 'Who is affected' }, keys: ['dependants.state/*', 'dependants.blocked/*'] },
				],
				sentences: [
					{ it: '[Che cosa non funziona e chi ne risente.]', en: '[What does not work and who is affected.]' },
					{ it: 'Prossimo aggiornamento alle [ora].', en: 'Next update at [time].' },
				],
				facts: false,
			};
		}
		case 'blank':
			return { title: { it: '', en: '' }, heroes: [], chart: null, lists: [], sentences: [], facts: false };
	}
}

function keysThere(wanted: readonly string[], figures: readonly PressFigure[], most: number): readonly string[] {
	const found = wanted.flatMap((one) =>
		one.endsWith('/*') ? figures.filter(({ key }) => key.startsWith(one.slice(0, -1))) : figures.filter(({ key }) => key === one),
	);
	return [...new Set(found.map(({ key }) => key))].slice(0, most);
}

export function contentOf(template: SheetTemplate, room: TemplateRoom): SheetContent {
	const { title, heroes, chart, lists, sentences, facts } = startOf(template, room);
	return {
		template,
		title,
		heroes: keysThere(heroes, room.figures, LARGE_MOST).map((key) => ({ key, caption: null })),
		chart: room.courses.some(({ key }) => key === chart) ? chart : null,
		lists: lists.map((one) => ({ title: one.title, keys: keysThere(one.keys, room.figures, BEGUN_ROWS) })).filter(({ keys }) => keys.length > 0),
		sentences,
		facts: facts && room.hasFacts,
		incident: template === 'incident' ? (room.incident?.id ?? null) : null,
	};
}
