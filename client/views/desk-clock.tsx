// A time of day to type, in 24 hours whatever the browser's own language would make of it.
import { useEffect, useRef } from 'react';

type ClockInputProps = {
	readonly label: string;
	readonly name: string;
	readonly initial?: string;
	readonly isRequired?: boolean;
	readonly hasFocus?: boolean;
	/** Also with the zone behind it, as the doubled hour is told; the form itself then says what is wrong with it. */
	readonly hasZone?: boolean;
};

export function ClockInput({ label, name, initial = '', isRequired = false, hasFocus = false, hasZone = false }: ClockInputProps) {
	const field = useRef<HTMLInputElement | null>(null);
	useEffect(() => {
		if (hasFocus) field.current?.focus();
	}, [hasFocus]);
	return (
		<label>
			{label}
			<input
				ref={field}
				name={name}
				defaultValue={initial}
				required={isRequired}
				inputMode={hasZone ? 'text' : 'numeric'}
				autoComplete="off"
				size={hasZone ? 10 : 5}
				maxLength={hasZone ? 12 : 5}
				placeholder="02:30"
				title="HH:MM"
				pattern={hasZone ? undefined : '([01][0-9]|2[0-3]):[0-5][0-9]'}
			/>
		</label>
	);
}
