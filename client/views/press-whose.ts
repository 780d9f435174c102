// Whether a sheet is one's own: the record names people with their kind, a screen without it. Pure.
export const isAuthor = (author: string, name: string | null): boolean =>
	name !== null && author.replace(/^[a-z]+\//, '') === name.replace(/^[a-z]+\//, '');
