// How many alarms come, beside what one operator can take; and the ways in which alarms leave the room.
import { formatNumber } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import { channelRows, rateRows } from './alarm-rates-model.ts';
import styles from './alarms.module.css';
import { useMarks } from './desk-marks.tsx';

export function AlarmRates() {
	const { language } = useWords();
	const own = useBreakdownDeskWords();
	const rows = useJudged(({ alarms }) => rateRows(alarms.rates, language));
	const w = own.rates;
	return (
		<TileFrame name="alarm-rates" title={w.title}>
			<table className={styles.rates}>
				<caption className={styles.quiet}>{w.source}</caption>
				<thead>
					<tr>
						<th scope="col">{w.columns.what}</th>
						<th scope="col">{w.columns.here}</th>
						<th scope="col">{w.columns.target}</th>
					</tr>
				</thead>
				<tbody>
					{(rows ?? []).map(({ name, value, isOver }) => (
						<tr key={name} data-rate={name} data-over={isOver || undefined}>
							<th scope="row">{w[name]}</th>
							<td>
								{isOver && <Shape of="watch" />} <span className="for-ears">{isOver ? w.over : w.within}: </span>
								{value}
							</td>
							<td>{w.target[name]}</td>
						</tr>
					))}
				</tbody>
			</table>
		</TileFrame>
	);
}

export function AlarmChannels() {
	const { language } = useWords();
	const own = useBreakdownDeskWords();
	const { send, isSending } = useMarks();
	const rows = useSlice((state) => channelRows(state, own, language));
	const w = own.channel;
	return (
		<TileFrame name="channels" title={w.title} aside={rows.length > 0 ? formatNumber(rows.length, language) : undefined}>
			{rows.length === 0 && <p className={styles.none}>{w.none}</p>}
			<ul>
				{rows.map((row) => (
					<li key={row.id} className={styles.channel} data-channel={row.id} data-standing={row.standing}>
						<p>
							<b>{row.label}</b> <span className={styles.quiet}>{row.kind}</span>
						</p>
						<p className={styles.channelState}>
							<Shape of={row.standing} /> {row.state}
						</p>
						<p className={styles.quiet}>
							{row.waiting} · {row.delivered}
						</p>
						<ActButton
							action="channels.test"
							aria-disabled={isSending(`channel/${row.id}`)}
							aria-label={fill(w.testOf, { channel: row.label })}
							onClick={() => void send({ kind: 'channel', channel: row.id, act: 'test' })}
						>
							{w.test}
						</ActButton>
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
