// Opens an incident: by hand, or from an alarm, whose name, subject and beginning it takes over.
import { useLocation, useSearch } from 'wouter';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { nameAlarm } from './alarms-model.ts';
import { MarkForm } from './incident-form.tsx';
import { idOfIncident } from './incident-id.ts';
import styles from './incidents.module.css';
import { MomentField } from './moment-field.tsx';
import { SubjectField } from './subject-choice.tsx';
import { useMay } from './use-may.ts';
import { momentOfText, textOfMoment } from './zoned-moment.ts';

const TITLE_MOST = 120;

export function OpenIncident() {
	const { words, language } = useWords();
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const mayDo = useMay();
	const [, go] = useLocation();
	const asked = new URLSearchParams(useSearch()).get('alarm');
	const from = useSlice(({ judged, followed }) => {
		const alarm = asked === null ? undefined : followed?.board.alarms.active[asked];
		if (judged === null || followed === null) return null;
		const zone = zoneOf(judged);
		if (asked === null || alarm === undefined) return { zone, alarm: null };
		const title = nameAlarm(asked, { judged, board: followed.board, own });
		return { zone, alarm: { id: asked, title: title.slice(0, TITLE_MOST), subject: alarm.subject, since: textOfMoment(alarm.since, zone) } };
	});
	const w = own.incident.open;
	if (from === null || !mayDo('incidents.mark')) return null;
	const { zone, alarm } = from;
	return (
		<TileFrame name="incident-open" title={w.title}>
			{alarm !== null && <p className={styles.quiet}>{own.incident.fromAlarm.replace('{alarm}', alarm.title)}</p>}
			<MarkForm
				// Another alarm's own words take the place of what stood there.
				key={`${alarm?.id ?? ''}${language}${words.tag}`}
				action="incidents.mark"
				title={w.title}
				submit={w.submit}
				isOpen={alarm !== null}
				onKept={(mark) => mark.kind === 'incident' && go(`/incidents/${mark.incident}`)}
				read={({ text }) => {
					const state = board.getState();
					const now = state.pace?.now ?? 0;
					const title = text('title');
					if (title === '') return { wrong: w.missing };
					const sinceText = text('since');
					const since = sinceText === '' ? null : momentOfText(sinceText, zone);
					if (sinceText !== '' && (since === null || since > now)) return { wrong: w.wrongTime };
					return {
						kind: 'incident',
						act: 'open',
						incident: idOfIncident(title, now, Object.keys(state.followed?.board.incidents.rows ?? {})),
						title,
						...(text('subject') === '' ? {} : { subject: text('subject') }),
						...(alarm === null ? {} : { alarm: alarm.id }),
						...(since === null ? {} : { since }),
					};
				}}
			>
				<label className={styles.wide}>
					{w.name}
					<input name="title" defaultValue={alarm?.title ?? ''} required maxLength={TITLE_MOST} autoComplete="off" />
				</label>
				<SubjectField label={own.incident.subject} name="subject" initial={alarm?.subject ?? ''} mayBeNone />
				<MomentField label={w.since} name="since" defaultValue={alarm?.since ?? ''} />
			</MarkForm>
		</TileFrame>
	);
}
