// The emergency rooms together: five sums, and who is present by code. Knows no site.

import { triageCodes } from '../../shared/er.ts';
import { formatNumber, UNKNOWN } from '../../shared/format.ts';
import { useErWords } from '../store/er-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { CodeChip } from './er-codes.tsx';
import styles from './er-sums.module.css';
import { sumsModel } from './er-sums-model.ts';

/** `lines` 2: the codes on a line of their own; `isShort`: short labels, smaller figures. */
export function ErSumsTile({ lines = 1, isShort = false }: { readonly lines?: 1 | 2; readonly isShort?: boolean }) {
	const { language } = useWords();
	const own = useErWords();
	const model = useJudged(({ er }) => (er === null ? null : sumsModel(er.region, own, language, isShort)));
	if (model === null) return null;
	const classes = [styles.sums, lines === 2 ? styles.tight : '', isShort ? styles.short : ''];
	return (
		<section className={classes.join(' ')} data-tile="er-sums" aria-label={own.sums}>
			<dl className={styles.figures}>
				{model.figures.map(({ name, figure, rest }) => (
					<div key={name} data-sum={name}>
						<dt>{isShort ? own.short[name] : own[name]}</dt>
						<dd>
							<strong>{figure}</strong>
							{rest.length > 0 && (
								<span className={styles.rest}>
									{rest.map((line) => (
										<span key={line}>{line}</span>
									))}
								</span>
							)}
						</dd>
					</div>
				))}
			</dl>
			<dl className={styles.codes} aria-label={own.codes}>
				{triageCodes.map((code) => {
					const count = model.codes?.find((one) => one.code === code)?.count ?? null;
					return (
						<div key={code} data-code-sum={code}>
							<dt>
								<CodeChip code={code} noCode={lines === 2 ? 'whole' : 'split'} />
							</dt>
							<dd>{count === null ? UNKNOWN : formatNumber(count, language)}</dd>
						</div>
					);
				})}
				{model.codesOf.map((line) => (
					<div key={line} className={styles.codesOf} data-code-sum="counted">
						<dt className="for-ears">{own.codes}</dt>
						<dd>{line}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
