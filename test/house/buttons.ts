// The buttons of the client, read from its sources: which act, as what, and which do not say. Knows no permission.
import type { SourceFile } from './sources.ts';

export type ActingButton = {
	readonly path: string /** Null where it is no plain word, so that nobody can look it up. */;
	readonly action: string | null;
};

/** Those that draw a button as somebody else says. */
const drawers = ['client/views/act-button.tsx', 'client/views/may-do.tsx', 'client/views/hold-button.tsx'];
const inClient = ({ path }: SourceFile): boolean => path.startsWith('client/') && !drawers.includes(path);

/** An element's opening tag, arrows within braces aside. */
function tagsIn(text: string, name: string): string[] {
	return [...text.matchAll(new RegExp(`<${name}\\b`, 'g'))].map(({ index }) => {
		let depth = 0;
		for (let i = index; i < text.length; i += 1) {
			if (text[i] === '{') depth += 1;
			if (text[i] === '}') depth -= 1;
			if (text[i] === '>' && depth === 0) return text.slice(index, i + 1);
		}
		return text.slice(index);
	});
}

/** A component may hand on the action that it was given: then it is named where that component is placed. */
function actionsOf(tag: string): readonly (string | null)[] {
	const [, plain, braced] = /\baction=(?:"([^"]+)"|\{([^}]*)\})/.exec(tag) ?? [];
	if (plain !== undefined) return [plain];
	if (braced === 'action') return [];
	const named = [...(braced ?? '').matchAll(/'([a-z]+\.[a-z]+)'/g)].map(([, action = '']) => action);
	return named.length > 0 ? named : [null];
}

export const actingButtons = (sources: readonly SourceFile[]): readonly ActingButton[] =>
	sources.filter(inClient).flatMap(({ path, text }) =>
		tagsIn(text, '[A-Z]\\w+')
			.filter((tag) => /^<(ActButton|MayDo)\b/.test(tag) || /\baction=/.test(tag))
			.flatMap(actionsOf)
			.map((action) => ({ path, action })),
	);

/** Buttons, and elements made into one, that neither ask who may nor say that they change nothing. */
export const silentButtons = (sources: readonly SourceFile[]): readonly string[] =>
	sources
		.filter(inClient)
		.flatMap(({ path, text }) =>
			[...tagsIn(text, 'button'), ...tagsIn(text, 'input').filter((tag) => /type="(submit|button)"/.test(tag))]
				.filter((tag) => !/\bdata-(quiet|asked)\b/.test(tag))
				.map((tag) => `${path}: ${tag.replace(/\s+/g, ' ').slice(0, 80)}`),
		);
