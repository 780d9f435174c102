// Figures as one line: `temperature 24.3@20 cooling 5@20?` is a name, its value, and how many seconds ago it reached us.
// `+30`: the sender's clock runs so many seconds ahead (`-30`: behind). `?`: since then Regia could not look. A value of `-`: it never had one.
import type { Figure } from '../../shared/board.ts';

const SECOND = 1000;
const shape = /^(-?[\d.]+|-)@([\d.]+)([+-][\d.]+)?(\?)?$/;

export function figuresLine(line: string, now: number): Record<string, Figure> {
	const words = line.split(' ').filter((word) => word !== '');
	const figures: Record<string, Figure> = {};
	for (let i = 0; i < words.length; i += 2) {
		const [name = '', said = ''] = [words[i], words[i + 1]];
		const found = shape.exec(said);
		if (found === null) throw new Error(`"${name} ${said}" is no figure`);
		const [, value = '-', ago, ahead = '0', blind] = found;
		const seen = now - Number(ago) * SECOND;
		const at = seen + Number(ahead) * SECOND;
		const last = value === '-' ? null : Number(value);
		figures[name] = blind === undefined && last !== null ? [last, at, seen] : [last, at, seen, 'timeout', seen];
	}
	return figures;
}
