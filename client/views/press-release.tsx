// The two acts on a frozen sheet: release, by another than its author, and withdrawal. Where a button is not there, it says why.
import { useState } from 'react';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useScreen, useSlice } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ArmedButton } from './desk-armed.tsx';
import { MayDo } from './may-do.tsx';
import { MomentField } from './moment-field.tsx';
import styles from './press.module.css';
import { nameIn, nameOfSheet } from './press-list-model.ts';
import type { SheetBrief } from './press-read.ts';
import { isAuthor } from './press-whose.ts';
import { useMay } from './use-may.ts';
import { momentOfText } from './zoned-moment.ts';

const REASON_MOST = 300;

type ReleaseProps = { readonly sheet: SheetBrief; readonly sheets: readonly SheetBrief[]; readonly zone: string };

export function PressRelease({ sheet, sheets, zone }: ReleaseProps) {
	const own = usePressWords();
	const w = own.sheet;
	const mayDo = useMay();
	const isOwn = useSlice(({ me }) => isAuthor(sheet.author, me?.who.name ?? null));
	if (isOwn || !mayDo('press.release'))
		return (
			<TileFrame name="press-release" title={w.release}>
				<p data-why>{isOwn ? w.own : w.notReleaser}</p>
			</TileFrame>
		);
	return (
		<TileFrame name="press-release" title={w.release}>
			<ReleaseForm sheet={sheet} sheets={sheets} zone={zone} />
		</TileFrame>
	);
}

function ReleaseForm({ sheet, sheets, zone }: ReleaseProps) {
	const own = usePressWords();
	const { badMoment } = useBreakdownDeskWords();
	const w = own.sheet;
	const { board } = useScreen();
	const [embargo, setEmbargo] = useState('');
	const [supersedes, setSupersedes] = useState('');
	const standing = sheets.filter(({ id, state }) => state === 'released' && id !== sheet.id);
	const until = embargo.trim() === '' ? undefined : momentOfText(embargo, zone);
	const isPast = typeof until === 'number' && until <= (board.getState().pace?.now ?? 0);
	const wrong = until === null ? badMoment : isPast ? w.embargoPast : null;
	const mark: Mark = {
		kind: 'press',
		act: 'release',
		sheet: sheet.id,
		...(typeof until === 'number' ? { embargoUntil: until } : {}),
		...(supersedes === '' ? {} : { supersedes }),
	};
	const id = nameOfSheet(sheet.id);
	return (
		<>
			<p className={styles.quiet}>{w.mayRelease}</p>
			<div className={styles.fields}>
				<MomentField label={fill(w.embargo, { zone })} name="embargo" value={embargo} onChange={({ target }) => setEmbargo(target.value)} />
				<label>
					{w.supersedes}
					<select name="supersedes" value={supersedes} onChange={({ target }) => setSupersedes(target.value)}>
						<option value="">{w.supersedesNone}</option>
						{standing.map((one) => (
							<option key={one.id} value={one.id}>
								{fill(w.supersedesOne, { name: nameIn(one.id, sheets, own) })}
							</option>
						))}
					</select>
				</label>
			</div>
			<p role="alert" className={styles.trouble}>
				{wrong !== null && (
					<>
						<Shape of="watch" /> {wrong}
					</>
				)}
			</p>
			<div className={styles.acts}>
				<ArmedButton
					action="press.release"
					mark={mark}
					label={w.releaseButton}
					about={id}
					confirmHow={fill(w.releaseHow, { id })}
					isShut={wrong !== null}
				/>
			</div>
		</>
	);
}

export function PressWithdraw({ sheet }: { readonly sheet: SheetBrief }) {
	const w = usePressWords().sheet;
	const mayDo = useMay();
	const [reason, setReason] = useState('');
	const id = nameOfSheet(sheet.id);
	const isMissing = reason.trim() === '';
	if (!mayDo('press.withdraw'))
		return (
			<TileFrame name="press-withdraw" title={w.withdraw}>
				<p data-why>{w.notWithdrawer}</p>
			</TileFrame>
		);
	return (
		<TileFrame name="press-withdraw" title={w.withdraw}>
			<MayDo action="press.withdraw">
				<div className={styles.fields}>
					<label className={styles.wide}>
						{w.withdrawReason}
						<textarea name="reason" rows={2} maxLength={REASON_MOST} value={reason} onChange={({ target }) => setReason(target.value)} />
					</label>
				</div>
			</MayDo>
			{isMissing && <p className={styles.quiet}>{w.reasonMissing}</p>}
			<div className={styles.acts}>
				<ArmedButton
					action="press.withdraw"
					mark={{ kind: 'press', act: 'withdraw', sheet: sheet.id, reason: reason.trim() }}
					label={w.withdrawButton}
					about={id}
					confirmHow={fill(w.withdrawHow, { id })}
					tone="danger"
					isShut={isMissing}
				/>
			</div>
		</TileFrame>
	);
}
