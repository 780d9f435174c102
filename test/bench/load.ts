// What every bench is fed with: a plan of a given size and readings for it, grown by a seed. Knows no server.
import { chance as chanceOf } from '../../server/rehearsal/chance.ts';
import type { Reading } from '../../shared/sample.ts';

export type PlanSize = { readonly archives: number; readonly services: number };

const nth = (word: string, i: number): string => `${word}-${String(i + 1).padStart(3, '0')}`;
const list = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** A plan whose sources are pushed, so that nothing outside the bench is asked. */
export function planOf({ archives, services }: PlanSize): string {
	return `programme: { id: banco, name: Banco di prova }
cutover:
  id: notte-banco
  name: Notte del banco
  zone: Europe/Rome
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
  phases: [{ id: fermo, label: Fermo, at: 2025-10-21T19:00:00+02:00 }]
teams: { ced: { label: CED, kind: house } }
archives:
${list(archives, (i) => `  ${nth('archivio', i)}: { label: Archivio ${i + 1}, wave: ${1 + (i % 3)}, team: ced, total: 2 TB, service: ${nth('servizio', i % services)} }`)}
services:
${list(services, (i) => `  ${nth('servizio', i)}: { label: Servizio ${i + 1}, priority: ${i + 1}, team: ced, tolerable: 8h }`)}
sources:
  copia: { kind: push, label: Copia, team: ced, settings: { subjects: [archive/*, service/*] } }
`;
}

export const SOURCE = 'copia';
export const SUBJECTS = ['archive/*', 'service/*'] as const;

type Series = { readonly subject: string; readonly measure: string; value: number; grow(before: number): number };

export type Load = {
	/** The next `count` readings, series after series in a circle, all within the 200 ms before `at`. */
	next(count: number, at: number): Reading[];
	/** How many readings it takes to come round. */
	readonly series: number;
};

export function createLoad({ archives, services }: PlanSize, seed: number): Load {
	let draws = 0;
	const chance = (): number => chanceOf(seed, 'load', draws++);
	const bytes = (before: number): number => before + Math.floor(chance() * 4e9);
	const items = (before: number): number => before + Math.floor(chance() * 5000);
	const same = (before: number): number => before;
	const series: Series[] = [];
	const add = (subject: string, measure: string, value: number, grow: Series['grow']): unknown => series.push({ subject, measure, value, grow });
	for (let i = 0; i < archives; i += 1) {
		const subject = `archive/${nth('archivio', i)}`;
		add(subject, 'archive.bytesTotal', 2e12, same);
		add(subject, 'archive.bytesMoved', 1e11, bytes);
		add(subject, 'archive.bytesVerified', 5e10, bytes);
		add(subject, 'archive.itemsMoved', 1e5, items);
		add(subject, 'archive.transferring', 4, () => Math.floor(chance() * 16));
	}
	for (let i = 0; i < services; i += 1) {
		const subject = `service/${nth('servizio', i)}`;
		add(subject, 'service.up', 1, same);
		add(subject, 'service.latency', 40, () => 20 + Math.floor(chance() * 200));
	}
	let turn = 0;
	return {
		series: series.length,
		next: (count, at) =>
			Array.from({ length: count }, () => {
				const one = series[turn++ % series.length];
				if (!one) throw new RangeError('a plan without archives and services has no load');
				one.value = one.grow(one.value);
				return { subject: one.subject, measure: one.measure, value: one.value, at: at - Math.floor(chance() * 200) };
			}),
	};
}
