// What happened to a sheet: of which moment it is, who wrote, released, superseded or withdrew it, and the digest of its data.
import { useJudged, useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { sayBy } from '../tiles/say-by.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './press.module.css';
import { momentSaid, nameIn, nameOfSheet, numberOf } from './press-list-model.ts';
import type { SheetBrief } from './press-read.ts';

type StoryProps = { readonly sheet: SheetBrief; readonly sheets: readonly SheetBrief[]; readonly zone: string };

export function PressCourse({ sheet, sheets, zone }: StoryProps) {
	const { words } = useWords();
	const own = usePressWords();
	const { facts: f, course } = own.sheet;
	const said = useJudged((judged) => {
		const by = (name: string, at: number): string => `${sayBy(name, judged, words)}, ${momentSaid(at, zone)}`;
		return {
			author: by(sheet.author, sheet.draftedAt),
			released: sheet.releasedBy === null || sheet.releasedAt === null ? null : by(sheet.releasedBy, sheet.releasedAt),
			withdrawn: sheet.withdrawn === null ? null : by(sheet.withdrawn.by, sheet.withdrawn.at),
		};
	});
	const rows: readonly (readonly [string, string | null | undefined])[] = [
		[f.moment, momentSaid(sheet.at, zone)],
		[f.author, said?.author],
		[f.released, said?.released],
		[f.number, numberOf(sheet, own)],
		[f.embargo, sheet.embargoUntil === null ? null : momentSaid(sheet.embargoUntil, zone)],
		[f.superseded, sheet.supersededBy === null ? null : nameIn(sheet.supersededBy, sheets, own)],
		[f.withdrawn, said?.withdrawn],
		[f.reason, sheet.withdrawn?.reason],
		[f.digest, sheet.digest],
	];
	return (
		<TileFrame name="press-story" title={course} aside={<code>{nameOfSheet(sheet.id)}</code>}>
			<dl className={styles.story}>
				{rows.map(([name, value]) =>
					value === null || value === undefined ? null : (
						<div key={name} data-fact={name === f.digest ? 'digest' : undefined}>
							<dt>{name}</dt>
							<dd>{value}</dd>
						</div>
					),
				)}
			</dl>
		</TileFrame>
	);
}
