// Walks over an SVG's elements of one name, in time linear in its length. For what satori writes: no such element holds another.

/** Each `<name …>…</name>` becomes what `turn` makes of its attributes and its content. */
export function replaceElements(svg: string, name: string, turn: (attributes: string, content: string) => string): string {
	const [begin, end] = [`<${name}`, `</${name}>`];
	let out = '';
	let from = 0;
	for (;;) {
		const at = svg.indexOf(begin, from);
		const open = at < 0 ? -1 : svg.indexOf('>', at);
		const close = open < 0 ? -1 : svg.indexOf(end, open);
		if (close < 0) return out + svg.slice(from);
		const isOther = /[\w-]/.test(svg[at + begin.length] ?? '');
		out += svg.slice(from, at);
		out += isOther ? svg.slice(at, open + 1) : turn(svg.slice(at + begin.length, open).trim(), svg.slice(open + 1, close));
		from = isOther ? open + 1 : close + end.length;
	}
}
