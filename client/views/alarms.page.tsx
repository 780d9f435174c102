// The alarms: active ones worst first, or grouped by cause in a flood; shelved, suppressed and cleared; how many come; who is told.
import { useEffect, useRef, useState } from 'react';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { keepText, recallText } from '../store/kept.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { AlarmGroup } from './alarm-group.tsx';
import { AlarmChannels, AlarmRates } from './alarm-rates.tsx';
import { AlarmLine } from './alarm-row.tsx';
import styles from './alarms.module.css';
import { type AlarmList, alarmLists, alarmsModel } from './alarms-model.ts';
import { useFocusAfter } from './desk-focus.ts';

const GROUPED = 'alarms-grouped';
const choices: Readonly<Record<string, boolean>> = { yes: true, no: false };

export function AlarmsPage() {
	const { words, language } = useWords();
	const own = useBreakdownDeskWords();
	const [list, setList] = useState<AlarmList>('active');
	/** The reader's own choice, kept over visits; null: as the alarms ask. */
	const [chosen, setChosen] = useState(() => choices[recallText(GROUPED) ?? ''] ?? null);
	/** Once grouped by itself a list stays so, whatever ends: somebody works in it. */
	const [wasGrouped, setWasGrouped] = useState(false);
	const model = useSlice((state) => alarmsModel(state, list, words, own, language));
	const asksForGroups = model !== null && (model.flood !== null || model.isCrowd);
	useEffect(() => {
		if (asksForGroups) setWasGrouped(true);
	}, [asksForGroups]);
	const rows = useRef<HTMLUListElement | null>(null);
	const place = useRef(0);
	// Whoever works through the list by key goes on where the row was that has just been dealt with.
	const { used } = useFocusAfter(() => {
		const all = [...(rows.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
		const next = all[Math.min(place.current, all.length - 1)]?.querySelector<HTMLElement>('button, a');
		const heading = rows.current?.closest('[data-tile]')?.querySelector<HTMLElement>('h2');
		if (heading) heading.tabIndex = -1;
		(next ?? heading)?.focus();
	});
	const onUsed = (): void => {
		const all = [...(rows.current?.querySelectorAll('[data-row]') ?? [])];
		const mine = document.activeElement?.closest('[data-row]');
		place.current = mine ? Math.max(0, all.indexOf(mine)) : 0;
		used();
	};
	if (model === null) return null;
	const w = own.alarm;
	const isGrouped = list === 'active' && (chosen ?? (asksForGroups || wasGrouped));
	const choose = (isWished: boolean): void => {
		setChosen(isWished);
		keepText(GROUPED, isWished ? 'yes' : 'no');
	};
	return (
		<>
			<h1 className="for-ears">{w.title}</h1>
			{model.flood !== null && (
				<p className={styles.flood} role="status">
					<Shape of="bad" /> {model.flood}
				</p>
			)}
			<TileFrame
				name="alarms"
				title={w.title}
				aside={
					list === 'active' &&
					model.counts.active > 1 && (
						<button type="button" data-quiet className={styles.toggle} aria-pressed={isGrouped} onClick={() => choose(!isGrouped)}>
							{w.grouped}
						</button>
					)
				}
			>
				<fieldset className={styles.lists}>
					<legend className="for-ears">{w.choose}</legend>
					{alarmLists.map((one) => (
						<button key={one} type="button" data-quiet aria-pressed={list === one} onClick={() => setList(one)}>
							{w.lists[one]} <b>{model.counts[one]}</b>
						</button>
					))}
				</fieldset>
				{model.rows.length === 0 && <p className={styles.none}>{w.none[list]}</p>}
				<ul ref={rows} data-list={list}>
					{isGrouped
						? model.groups.map((group) => <AlarmGroup key={group.root.id} group={group} onUsed={onUsed} />)
						: model.rows.map((row) => <AlarmLine key={row.id} row={row} onUsed={onUsed} isPast={list === 'cleared'} />)}
				</ul>
			</TileFrame>
			<div className={styles.pair}>
				<AlarmRates />
				<AlarmChannels />
			</div>
		</>
	);
}
