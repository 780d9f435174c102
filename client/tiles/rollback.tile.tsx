// How long going back stays possible: the one number that is asked for at two in the morning.
import { Fragment } from 'react';
import { useJudged, useWords } from '../store/hooks.ts';
import heroStyles from './hero.module.css';
import { Hero } from './hero.tsx';
import { Remark } from './remark.tsx';
import { rollbackModel } from './rollback-model.ts';
import { TileFrame } from './tile-frame.tsx';

export function RollbackTile() {
	const { words } = useWords();
	const model = useJudged((judged) => rollbackModel(judged, words));
	if (model === null) return null;
	const { title, standing, figure, isWords, remark, context } = model;
	return (
		<TileFrame name="rollback" title={title} kind="hero" standing={standing}>
			<Hero figure={figure} isWords={isWords}>
				<span className={heroStyles.parts}>
					{remark !== null && <Remark of={standing} text={remark} />}
					{context.map((part, index) => (
						<Fragment key={part}>
							{' '}
							<span className={remark !== null || index > 0 ? `spare ${heroStyles.part}` : heroStyles.part}>
								{(remark !== null || index > 0) && '· '}
								{part}
							</span>
						</Fragment>
					))}
				</span>
			</Hero>
		</TileFrame>
	);
}
