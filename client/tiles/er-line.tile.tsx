// The emergency rooms in one line for the desk's first page: who reports, the sums, and the way to all of them. Draws nothing where the plan has none.
import type { ReactNode } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import styles from './er-line.module.css';
import { paperOf, sumsModel } from './er-sums-model.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

export function ErLineTile({ children }: { readonly children?: ReactNode }) {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const model = useJudged(({ er }) => {
		if (er === null) return null;
		const { label, reporting, sites } = er.region;
		const all = Object.values(er.sites);
		const count = (standing: string): number => all.filter((one) => one.standing === standing).length;
		return {
			title: label === '' ? own.title : fill(own.titleOf, { region: label }),
			reports: fill(own.reports, { reporting, sites }),
			paper: paperOf(er),
			sums: sumsModel(er.region, own, language).figures,
			asked: (['bad', 'blind', 'watch'] as const).map((standing) => ({ standing, count: count(standing) })).filter((one) => one.count > 0),
		};
	});
	if (model === null) return null;
	return (
		<TileFrame name="er-line" title={model.title} aside={children}>
			<dl className={styles.line}>
				<div>
					<dt>{own.page.reporting}</dt>
					<dd>
						{model.reports}
						{model.paper > 0 && <small> · {fill(own.ofThemOnPaper, { count: model.paper })}</small>}
						{model.asked.map(({ standing, count }) => (
							<span key={standing} className={styles.asked}>
								<Shape of={standing} /> {count}{' '}
								<span className="for-ears">{standing === 'bad' ? words.wall.notBroken : words.standing[standing]}</span>
							</span>
						))}
					</dd>
				</div>
				{model.sums.map(({ name, figure, rest }) => (
					<div key={name} data-sum={name}>
						<dt>{own[name]}</dt>
						<dd>
							<strong>{figure}</strong> <small>{rest.join(' · ')}</small>
						</dd>
					</div>
				))}
			</dl>
		</TileFrame>
	);
}
