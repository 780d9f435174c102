// The id of an incident that is being opened: its title's letters and when it was opened, never one that is there. Pure.
const TITLE_LETTERS = 32;

export function idOfIncident(title: string, now: number, taken: readonly string[]): string {
	const letters = title
		.normalize('NFD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, TITLE_LETTERS)
		.replace(/^-+|-+$/g, '');
	const when = new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
	const id = `${letters === '' ? 'incidente' : letters}-${when}`;
	for (let n = 2; ; n += 1) {
		const one = n === 2 ? id : `${id}-${n - 1}`;
		if (!taken.includes(one)) return one;
	}
}
