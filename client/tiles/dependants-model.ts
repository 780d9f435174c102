// Who is blocked and who is not: ✓ only where a probe confirms it, with its age; hatched where nobody knows. Pure.
import type { DependantNow } from '../../shared/breakdown-now.ts';
import { formatAge, formatNumber, type Language } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';
import type { Mark } from './shape.tsx';

export type DependantRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly mark: Mark;
	readonly text: string;
	/** Where there is little room. */
	readonly short: string;
	readonly complete: number;
};

/** By a group's own name: Farmacie bloccate, Medici bloccati. Words of another language have one form. */
export const formOf = (label: string, own: BreakdownWords): 0 | 1 =>
	new RegExp(own.dependants.feminine, 'i').test(label.split(/[\s,]/)[0] ?? '') ? 1 : 0;

export function dependantRow(id: string, one: DependantNow, own: BreakdownWords, language: Language): DependantRow {
	const w = own.dependants;
	const form = formOf(one.label, own);
	// Of those who are blocked the many before the few.
	const rest = { id, label: one.label, complete: one.state === 'working' ? 1 : 1 / (2 + (one.count ?? 0)) };
	if (one.state === 'blocked') {
		const blocked = w.blocked[form];
		const text = one.count === null ? blocked : fill(w.counted, { count: formatNumber(one.count, language), blocked });
		return { ...rest, standing: one.standing, mark: 'bad', text, short: text };
	}
	if (one.state === 'unknown' || one.ageMs === null) {
		const text = one.ageMs === null ? w.never : fill(w.silent, { age: formatAge(one.ageMs, language) });
		return { ...rest, standing: 'blind', mark: 'blind', text, short: w.unknown };
	}
	const age = formatAge(one.ageMs, language);
	const text = one.operator === null ? fill(w.working[form], { age }) : fill(w.elsewhere, { operator: one.operator, age });
	return { ...rest, standing: one.standing, mark: 'confirmed', text, short: fill(w.workingShort[form], { age }) };
}
