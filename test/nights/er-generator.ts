// Invented visits of emergency rooms, as they really went: who came, was seen, waited for a bed and left, and when. By seed; no Math.random.
// Independent of the product: imports nothing of it. Every figure, name, id and birth date here is invented.

export const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SECOND_MS = 1000;

export type Code = '1' | '2' | '3' | '4' | '5' | 'none';
export type Place = 'waiting' | 'treatment' | 'observation' | 'boarding';

/** What a message reports of a visit. The words are HL7's triggers, with what tells two uses of one apart. */
export type StepKind =
	| 'A04'
	| 'A01'
	| 'A08-triage'
	| 'A08-again'
	| 'A02-bay'
	| 'A12'
	| 'A02-observation'
	| 'A14'
	| 'A27'
	| 'A06-here'
	| 'A07'
	| 'A02-ward'
	| 'A06-ward'
	| 'A03-home'
	| 'A03-unseen'
	| 'A03-transferred'
	| 'A03-died'
	| 'A13'
	| 'A11'
	| 'A40'
	| 'A50'
	| 'A42-into';

/** From `at` on it stands so: `place` null once it has gone; `exists` false once it never was, or goes on in another's place. */
export type Step = {
	readonly at: number;
	readonly kind: StepKind;
	readonly place: Place | null;
	readonly code: Code;
	readonly exists: boolean;
	/** Where it lies in the hospital: a point of care, with a room where there is one. */
	readonly spot: string;
};

export type Person = {
	readonly id: string;
	readonly taxCode: string;
	readonly surname: string;
	readonly given: string;
	/** YYYYMMDD */
	readonly born: string;
	readonly street: string;
};

export type Visit = {
	readonly site: string;
	readonly number: string;
	/** The number it goes on under, after a change of numbers. */
	readonly laterNumber: string | null;
	/** Whose visit this one was a second registration of. */
	readonly sameAs: Visit | null;
	readonly person: Person;
	readonly arrived: number;
	readonly steps: readonly Step[];
};

export type SiteLoad = { readonly id: string; readonly visitsAMonth: number };
export type Load = {
	readonly seed: number;
	/** ms UTC; `zone` is what hours and weekdays are counted in: minutes east of UTC, the same all along. */
	readonly from: number;
	readonly to: number;
	readonly zoneMinutes: number;
	readonly sites: readonly SiteLoad[];
	/** Shares of visits. */
	readonly cancels: number;
	readonly merges: number;
};

/** How arrivals swing over a day and a week; only proportions count. */
const hours = [2, 1.6, 1.3, 1.1, 1, 1.1, 1.7, 3, 5, 6.4, 6.8, 6.4, 5.8, 5.4, 5.5, 5.4, 5.2, 5.1, 5.2, 5, 4.6, 4, 3.3, 2.6];
const weekdays = [1.1, 1.02, 1, 0.99, 1, 0.94, 0.95];
const DAYS_A_MONTH = 31;
const hourSum = hours.reduce((sum, one) => sum + one, 0);
const daySum = weekdays.reduce((sum, one) => sum + one, 0);

const codes: readonly (readonly [share: number, code: Code, waitMinutes: number, stayMinutes: number, admitted: number])[] = [
	[0.02, '1', 2, 260, 0.7],
	[0.17, '2', 35, 380, 0.4],
	[0.34, '3', 130, 300, 0.14],
	[0.38, '4', 170, 150, 0.03],
	[0.09, '5', 150, 70, 0.01],
];

/** mulberry32 (public domain). */
export function chanceFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let a = state;
		a = Math.imul(a ^ (a >>> 15), a | 1);
		a ^= a + Math.imul(a ^ (a >>> 7), a | 61);
		return ((a ^ (a >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Stands in every invented name, id and street, and in nothing that the product writes: one search finds any of them. */
export const MARKER = 'qwzxjvkq';
const syllables = ['bru', 'gol', 'ven', 'zat', 'mir', 'dol', 'fan', 'rus', 'pel', 'cor', 'tus', 'lam', 'nev', 'sor', 'gri', 'bal'];
const givenNames = ['Teofanio', 'Aldelmira', 'Ruggiadora', 'Nicolò', 'Zefirina', 'Orsolìna', 'Bertoldèo', 'Filadelfia'];
const letters = 'ABCDEFGHLMNPRSTZ';

function spell(n: number, parts: readonly string[], many: number): string {
	let text = '';
	for (let i = 0, left = n; i < many; i += 1, left = Math.floor(left / parts.length)) text += parts[left % parts.length] ?? '';
	return text;
}

function personOf(n: number, chance: () => number): Person {
	const year = 1930 + Math.floor(chance() * 90);
	const two = (value: number): string => String(value).padStart(2, '0');
	const born = `${year}${two(1 + Math.floor(chance() * 12))}${two(1 + Math.floor(chance() * 28))}`;
	const scrambled = Math.imul(n + 1, 2_654_435_761) >>> 0;
	return {
		id: `${MARKER.toUpperCase()}${String(scrambled).padStart(10, '0')}`,
		taxCode: `${spell(scrambled, [...letters], 6)}${born.slice(2, 4)}${letters[n % 12]}${born.slice(6)}${MARKER.toUpperCase()}${String(n % 1000).padStart(3, '0')}`,
		surname: `${['D’', 'De ', 'Lo ', ''][n % 4]}${spell(scrambled, syllables, 4)}${MARKER}${spell(n, syllables, 5)}`.replace(/(^|[’ ])./g, (first) =>
			first.toUpperCase(),
		),
		given: givenNames[n % givenNames.length] ?? '',
		born,
		street: `Via ${MARKER}${spell(n, syllables, 3)} ${1 + (n % 90)}`,
	};
}

/** Exponential, at most `most` times its mean. */
const spread = (mean: number, chance: () => number, most = 4): number => Math.min(most, -Math.log(1 - chance())) * mean;

function drawCode(drawn: number): (typeof codes)[number] {
	let left = drawn;
	for (const row of codes) {
		left -= row[0];
		if (left < 0) return row;
	}
	return codes[2] as (typeof codes)[number];
}

/** The course of one visit until it leaves; all its moments are different seconds. */
function stepsOf(arrived: number, chance: () => number, wanted: 'cancel' | null): Step[] {
	const steps: Step[] = [];
	let at = arrived;
	let code: Code = 'none';
	let place: Place | null = 'waiting';
	let spot = 'ATTESA';
	const after = (minutes: number): void => {
		at += Math.max(2, Math.round(minutes * 60)) * SECOND_MS;
	};
	const step = (kind: StepKind, exists = true): void => void steps.push({ at, kind, place: exists ? place : null, code, exists, spot });
	const again = (share: number): void => {
		if (chance() >= share) return;
		after(0.5 + spread(3, chance));
		step('A08-again');
	};
	step(chance() < 0.08 ? 'A01' : 'A04');
	if (wanted === 'cancel' && chance() < 0.25) {
		after(3 + spread(5, chance));
		step('A11', false);
		return steps;
	}
	again(0.5);
	const [, given, waitMinutes, stayMinutes, admitted] = drawCode(chance());
	after(1 + spread(4, chance));
	code = given;
	step('A08-triage');
	again(0.6);
	if (code > '2' && chance() < 0.05) {
		after(10 + spread(20, chance));
		code = String(Number(code) - 1) as Code;
		step('A08-triage');
	}
	if (code > '3' && chance() < 0.07) {
		after(40 + spread(120, chance));
		place = null;
		step('A03-unseen');
		return steps;
	}
	after(spread(waitMinutes, chance));
	const bay = `BOX^${String(1 + Math.floor(chance() * 18)).padStart(2, '0')}`;
	[place, spot] = ['treatment', bay];
	step('A02-bay');
	if (wanted === 'cancel' && chance() < 0.34) {
		after(2 + spread(4, chance));
		[place, spot] = ['waiting', 'ATTESA'];
		step('A12');
		after(5 + spread(25, chance));
		[place, spot] = ['treatment', bay];
		step('A02-bay');
	}
	again(0.7);
	after(15 + spread(stayMinutes, chance));
	again(0.55);
	if (chance() < 0.05) {
		[place, spot] = ['observation', 'OBI'];
		after(1);
		step('A02-observation');
		after(300 + spread(700, chance, 2));
		again(0.5);
	}
	if (chance() < admitted) {
		after(1);
		const isPended = chance() < 0.7;
		if (isPended) {
			const before = [place, spot] as const;
			place = 'boarding';
			step('A14');
			if (wanted === 'cancel' && chance() < 0.5) {
				after(20 + spread(60, chance));
				[place, spot] = before;
				step('A27');
				after(30 + spread(60, chance));
				place = 'boarding';
				step('A14');
			}
			after(10 + spread(500, chance, 3));
		}
		if (chance() < 0.6) {
			const inside = place;
			place = 'boarding';
			step('A06-here');
			if (wanted === 'cancel' && !isPended) {
				after(15 + spread(30, chance));
				place = inside;
				step('A07');
				after(15 + spread(30, chance));
				place = 'boarding';
				step('A06-here');
			}
			after(20 + spread(400, chance, 3));
			[place, spot] = [null, 'MED^12'];
			step('A02-ward');
		} else {
			[place, spot] = [null, 'CHI^03'];
			after(1);
			step('A06-ward');
		}
		return steps;
	}
	const before = [place, spot] as const;
	const end: StepKind = chance() < 0.03 ? 'A03-transferred' : chance() < 0.006 ? 'A03-died' : 'A03-home';
	place = null;
	after(1);
	step(end);
	if (wanted === 'cancel' && end === 'A03-home') {
		after(3 + spread(10, chance));
		[place, spot] = before;
		step('A13');
		after(10 + spread(40, chance));
		place = null;
		step('A03-home');
	}
	return steps;
}

/** Ends the course at `at` with `last`, in place of all that came later. */
const cutAt = (steps: readonly Step[], at: number, last: Omit<Step, 'at' | 'code'>): Step[] => {
	const kept = steps.filter((one) => one.at < at);
	return [...kept, { at, code: kept.at(-1)?.code ?? 'none', ...last }];
};

/** Tells of it once more in the middle of its course, where it changes nothing of where it stands. */
function withTold(steps: readonly Step[], at: number, kind: StepKind): Step[] {
	const before = steps.findLast((one) => one.at < at);
	if (before === undefined || before.place === null || steps.some((one) => one.at === at)) return [...steps];
	return [...steps, { ...before, at, kind }].sort((a, b) => a.at - b.at);
}

/** All visits, in order of arrival. */
export function visitsOf({ seed, from, to, zoneMinutes, sites, cancels, merges }: Load): readonly Visit[] {
	const chance = chanceFrom(seed);
	const visits: Visit[] = [];
	let n = 0;
	const numberOf = (): string => `${MARKER.toUpperCase()}P${String(2_025_000_000 + n * 7)}`;
	for (const { id: site, visitsAMonth } of sites) {
		for (let hour = from; hour < to; hour += HOUR_MS) {
			const local = new Date(hour + zoneMinutes * MINUTE_MS);
			const weight = ((hours[local.getUTCHours()] ?? 0) / hourSum) * ((weekdays[(local.getUTCDay() + 6) % 7] ?? 0) / daySum) * 7;
			const expected = (visitsAMonth / DAYS_A_MONTH) * weight;
			// Arrivals of a Poisson process, by their distances.
			for (let part = -Math.log(1 - chance()) / expected; part < 1; part += -Math.log(1 - chance()) / expected) {
				const arrived = hour + Math.floor((part * HOUR_MS) / SECOND_MS) * SECOND_MS;
				const isCancelled = chance() < cancels;
				const isMerged = chance() < merges;
				n += 1;
				const person = personOf(n, chance);
				let steps = stepsOf(arrived, chance, isCancelled ? 'cancel' : null);
				const kind = isMerged ? Math.floor(chance() * 3) : -1;
				const middle = arrived + Math.round((2 + chance() * 8) * 60) * SECOND_MS + SECOND_MS;
				const isOpen = (steps.find((one) => one.at >= middle)?.exists ?? false) && !steps.some((one) => one.at === middle);
				if (kind === 0 && isOpen) steps = withTold(steps, middle, 'A40');
				const isRenumbered = kind === 1 && isOpen;
				if (isRenumbered) steps = withTold(steps, middle, 'A50');
				const visit: Visit = { site, number: numberOf(), laterNumber: isRenumbered ? `${numberOf()}B` : null, sameAs: null, person, arrived, steps };
				visits.push(visit);
				if (kind !== 2 || !isOpen) continue;
				// Registered twice: the second one goes on as the first.
				n += 1;
				const twice = arrived + 31 * SECOND_MS;
				const registered: Step = { at: twice, kind: 'A04', place: 'waiting', code: 'none', exists: true, spot: 'ATTESA' };
				const second = cutAt([registered], middle, { kind: 'A42-into', place: null, exists: false, spot: 'ATTESA' });
				visits.push({ site, number: numberOf(), laterNumber: null, sameAs: visit, person: personOf(n, chance), arrived: twice, steps: second });
			}
		}
	}
	return visits.sort((a, b) => a.arrived - b.arrived);
}
