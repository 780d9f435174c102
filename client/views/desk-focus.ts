// A form that somebody asked for takes the focus with it, once.
import { type RefObject, useEffect, useRef } from 'react';

export function useFocusOnce<T extends HTMLElement>(): RefObject<T | null> {
	const field = useRef<T | null>(null);
	useEffect(() => field.current?.focus(), []);
	return field;
}
