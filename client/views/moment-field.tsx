// A day and time to type, in 24 hours whatever the browser's own language would make of it. zoned-moment.ts reads it.
import type { ComponentProps } from 'react';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';

type MomentFieldProps = { readonly label: string } & Pick<ComponentProps<'input'>, 'name' | 'defaultValue' | 'value' | 'onChange' | 'required'>;

export function MomentField({ label, ...field }: MomentFieldProps) {
	const own = useBreakdownDeskWords();
	return (
		<label>
			{label}
			<input {...field} autoComplete="off" size={16} maxLength={20} placeholder={own.momentShape} title={own.momentShape} />
		</label>
	);
}
