// Each bad say on the press has a cause of its own; the mistake stands on the line marked "# here", alone, and says what would be right.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { readLogo } from '../../server/plan-press.ts';
import { soundPlan } from './sound-plan.ts';

const kinds = await loadRegistry();

const withPress = `${soundPlan}press:
  issuer: Azienda di prova
  publicUrl: https://sala.example
  ink: "#003366"
  accent: "#0066cc"
  policy:
    service.bookings: { roundTo: 100 }
    archive.bytesMoved: { press: public }
  facts:
    - { label: { it: Fondi }, value: { it: 47 milioni }, source: comunicato }
  live:
    notte:
      title: { it: La notte, en: The night }
      figures:
        - archives.done
        - service.state/cartella
      progress: archives.moved
`;
const bent = (from: string, to: string): string => {
	if (!withPress.includes(from)) throw new Error(`"${from}" is not in the plan`);
	return withPress.replace(from, to);
};

describe('a plan’s say on the press', () => {
	it('is sound as it is written here', () => {
		expect(readPlan(withPress, 'plan.yaml', kinds)).toMatchObject({ ok: true });
		const english = bent('source: comunicato', 'source: { it: comunicato, en: press release }').replace(
			'  live:',
			'  labels: { service/cartella: Clinical record }\n  live:',
		);
		expect(readPlan(english, 'plan.yaml', kinds)).toMatchObject({ ok: true });
	});

	const figure = 'press.live.notte.figures.0';
	it.each([
		[
			'an unknown measure',
			bent('service.bookings:', 'service.booking: # here\n     '),
			'press.policy.service.booking',
			'is no measure',
			'did you mean "service.bookings"?',
		],
		[
			'an English name for nothing',
			bent('  live:', '  labels:\n    service/cartela: Clinical record # here\n  live:'),
			'press.labels.service/cartela',
			'is nothing that the press is told of',
			'did you mean "service/cartella"?',
		],
		['a pale ink', bent('ink: "#003366"', 'ink: "#99bbdd" # here'), 'press.ink', 'has a contrast of', 'a darker colour'],
		['a pale accent', bent('accent: "#0066cc"', 'accent: "#ffcc00" # here'), 'press.accent', 'has a contrast of', 'a darker colour'],
		[
			'an address that says more',
			bent('https://sala.example', 'https://sala.example?a=1 # here'),
			'press.publicUrl',
			'more than an address',
			'alone',
		],
		['an unknown figure', bent('- archives.done', '- archives.dun # here'), figure, 'is no figure for the press', 'did you mean "archives.done"?'],
		[
			'a figure that is only a course',
			bent('- archives.done', '- facility.temperature/ced # here'),
			figure,
			'is no figure for the press',
			'one of: archives.done',
		],
		[
			'a figure of the whole with a name',
			bent('- archives.done', '- archives.done/cartella # here'),
			figure,
			'is no figure for the press',
			'one of: archives.done',
		],
		[
			'a service that is not there',
			bent('- archives.done', '- service.state/cartela # here'),
			figure,
			'is not among the services',
			'did you mean "cartella"?',
		],
		[
			'a figure of an incident',
			bent('- archives.done', '- incident.cause/rete # here'),
			figure,
			'none is known before the night',
			'a figure of the plan',
		],
		['a figure that is internal', bent('- archives.done', '- sites.presentTotal # here'), figure, 'is internal', 'site.present: { press: public }'],
		[
			'a figure made internal',
			bent('archive.bytesMoved: { press: public }', 'archive.bytesVerified: { press: internal }').replace(
				'- archives.done',
				'- archives.done # here',
			),
			figure,
			'is internal',
			'allow it',
		],
		[
			'a bar of no share',
			bent('progress: archives.moved', 'progress: sites.count # here'),
			'press.live.notte.progress',
			'is no share',
			'as archives.moved',
		],
	])('%s is refused where it stands', (_, text, path, message, remedy) => {
		const read = readPlan(text, 'plan.yaml', kinds);
		const line = text.split('\n').findIndex((one) => one.includes('# here')) + 1;
		expect(read.ok ? [] : read.mistakes.map((one) => [one.line, one.path])).toEqual([[line, path]]);
		if (read.ok) return;
		expect(read.mistakes[0]?.message).toContain(message);
		expect(read.mistakes[0]?.remedy).toContain(remedy);
	});
});

describe('the logo beside a plan', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'regia-logo-'));
	afterAll(() => rm(folder, { recursive: true }));
	const planWith = (logo: string) => {
		const read = readPlan(bent('  ink: "#003366"', `  logo: { file: ${logo}, alt: Stemma }\n  ink: "#003366"`), 'plan.yaml', kinds);
		if (!read.ok) throw new Error(read.mistakes[0]?.message);
		return read.plan;
	};
	const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">${inside}</svg>`;
	await writeFile(join(folder, 'stemma.svg'), svg('<rect width="40" height="20" fill="#003366"/>'));
	await writeFile(join(folder, 'cattivo.svg'), svg('<script>alert(1)</script>'));
	await writeFile(join(folder, 'finto.png'), 'not a picture');
	await writeFile(join(folder, 'bianco.svg'), svg('<rect width="40" height="20" fill="#ffffff"/>'));

	it('is read as it is', async () => {
		expect(await readLogo(planWith('stemma.svg'), folder)).toEqual({ logo: expect.stringMatching(/^PHN2Zy/) });
	});

	it.each([
		['manca.svg', 'cannot be read — put it beside the plan'],
		['cattivo.svg', 'may not (<script>)'],
		['finto.png', 'is no PNG'],
		['bianco.svg', 'cannot be seen on white paper: its contrast is below 3 to 1 (#ffffff) — give its dark version'],
	])('%s is refused: %s', async (file, mistake) => {
		expect(await readLogo(planWith(file), folder)).toEqual({ mistake: expect.stringContaining(mistake) });
	});
});
