// One incident in full: its course, who has which role, when the next update comes, legal clocks, what was said, and its timeline.
import { Fragment } from 'react';
import { Link } from 'wouter';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { IncidentCause, IncidentRoles, IncidentStatus, IncidentUpdate } from './incident-acts.tsx';
import { IncidentClocks } from './incident-clocks.tsx';
import { IncidentStatements } from './incident-statements.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import styles from './incidents.module.css';
import { incidentModel } from './incidents-model.ts';
import pages from './pages.module.css';

export function IncidentPage({ id }: { readonly id: string }) {
	const { words, language } = useWords();
	const own = useBreakdownDeskWords();
	const model = useSlice((state) => incidentModel(state, id, words, own, language));
	if (model === null) return <p className={pages.missing}>{own.incident.notFound}</p>;
	return (
		// Of another incident nothing that was begun here is kept on the screen.
		<Fragment key={id}>
			<div className={pages.heading}>
				<Link href="/incidents">← {own.incident.title}</Link>
				<h1 className={styles.title}>
					{model.isOpen && <Shape of={model.standing} />} {model.title}
				</h1>
				<a href="/wall/incident">{own.nav.wallIncident}</a>
			</div>
			<IncidentStatus model={model} />
			<div className={styles.three}>
				<IncidentCause model={model} />
				<IncidentRoles model={model} />
				<IncidentUpdate model={model} />
			</div>
			<IncidentClocks incident={id} title={model.title} rows={model.clocks} />
			<IncidentStatements incident={id} rows={model.statements} />
			<IncidentTimeline model={model} />
		</Fragment>
	);
}
