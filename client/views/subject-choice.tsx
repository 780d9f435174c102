// Chooses what something is about, out of what the plan has of services and failures.
import type { BoardNow } from '../../shared/judge.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged } from '../store/hooks.ts';

export type SubjectChoice = { readonly subject: string; readonly label: string };
export type SubjectKindHere = 'service' | 'facility' | 'network' | 'dependant' | 'flow';
const every: readonly SubjectKindHere[] = ['service', 'facility', 'network', 'dependant', 'flow'];

export function subjectChoices({ services, breakdown }: BoardNow, kinds: readonly SubjectKindHere[] = every): readonly SubjectChoice[] {
	const lists: Readonly<Record<SubjectKindHere, Readonly<Record<string, { readonly label: string }>>>> = {
		service: services,
		facility: breakdown?.facilities ?? {},
		network: breakdown?.networks ?? {},
		dependant: breakdown?.dependants ?? {},
		flow: breakdown?.flows ?? {},
	};
	return kinds.flatMap((kind) => Object.entries(lists[kind]).map(([id, { label }]) => ({ subject: `${kind}/${id}`, label })));
}

type SubjectFieldProps = {
	readonly label: string;
	readonly name?: string;
	readonly value?: string;
	readonly initial?: string;
	readonly kinds?: readonly SubjectKindHere[];
	readonly mayBeNone?: boolean;
	readonly onChoose?: (subject: string) => void;
};

export function SubjectField({ label, name, value, initial, kinds, mayBeNone = false, onChoose }: SubjectFieldProps) {
	const own = useBreakdownDeskWords();
	const all = useJudged((judged) => subjectChoices(judged, kinds)) ?? [];
	const held = value === undefined ? { defaultValue: initial ?? '' } : { value };
	return (
		<label>
			{label}
			<select name={name} {...held} onChange={({ target }) => onChoose?.(target.value)}>
				<option value="">{mayBeNone ? own.incident.noSubject : '—'}</option>
				{all.map(({ subject, label: text }) => (
					<option key={subject} value={subject}>
						{text}
					</option>
				))}
			</select>
		</label>
	);
}
