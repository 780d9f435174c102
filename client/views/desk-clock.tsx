// A time of day to type, in 24 hours whatever the browser's own language would make of it.
import { useEffect, useRef } from 'react';

type ClockInputProps = {
	readonly label: string;
	readonly name: string;
	readonly initial?: string;
	readonly isRequired?: boolean;
	readonly hasFocus?: boolean;
};

export function ClockInput({ label, name, initial = '', isRequired = false, hasFocus = false }: ClockInputProps) {
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
				inputMode="numeric"
				autoComplete="off"
				size={5}
				maxLength={5}
				placeholder="02:30"
				title="HH:MM"
				pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
			/>
		</label>
	);
}
