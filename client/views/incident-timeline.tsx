// An incident's timeline, the newest first: what people marked and what Regia noticed, one or both; and a note to it.
import { useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { MarkForm } from './incident-form.tsx';
import styles from './incidents.module.css';
import type { IncidentModel } from './incidents-model.ts';
import { LongText } from './long-text.tsx';

const NOTE_MOST = 500;
const filters = ['all', 'people', 'regia'] as const;

export function IncidentTimeline({ model }: { readonly model: IncidentModel }) {
	const own = useBreakdownDeskWords();
	const [filter, setFilter] = useState<(typeof filters)[number]>('all');
	const w = own.incident;
	const lines = model.lines.filter(({ by }) => filter === 'all' || (by === null) === (filter === 'regia'));
	return (
		<TileFrame name="incident-timeline" title={w.timeline}>
			<fieldset className={styles.filters}>
				<legend className="for-ears">{w.filter.choose}</legend>
				{filters.map((one) => (
					<button key={one} type="button" data-quiet aria-pressed={filter === one} onClick={() => setFilter(one)}>
						{w.filter[one]}
					</button>
				))}
			</fieldset>
			<MarkForm
				action="incidents.join"
				title={w.note}
				submit={w.addNote}
				read={({ text }) =>
					text('text') === '' ? { wrong: w.noteMissing } : { kind: 'incident', incident: model.id, act: 'note', text: text('text') }
				}
			>
				<LongText label={w.note} name="text" most={NOTE_MOST} isRequired />
			</MarkForm>
			{lines.length === 0 && <p className={styles.none}>{w.noLines}</p>}
			<ol>
				{lines.map(({ key, time, text, by }) => (
					<li key={key} className={styles.line} data-by={by === null ? 'regia' : 'people'}>
						<span className={styles.time}>{time}</span>
						<span>{text}</span>
						<span className={styles.quiet}>{by ?? w.byRegia}</span>
					</li>
				))}
			</ol>
			{model.leftOut > 0 && <p className={styles.quiet}>{fill(w.leftOut, { count: model.leftOut })}</p>}
		</TileFrame>
	);
}
