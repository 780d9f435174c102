// What is being typed in the ward's form: kept at each change over the page, and gone once it is sent. Null: nothing was changed.
import { type RefObject, useRef, useState } from 'react';
import type { Draft } from '../store/count-draft.ts';
import { useField } from '../store/field-store.ts';

/** `latest` is read where time has passed since the form was drawn. */
export function useDraft(): { readonly draft: Draft | null; readonly latest: RefObject<Draft | null>; readonly put: (next: Draft | null) => void } {
	const { drafts } = useField();
	const [draft, setDraft] = useState(drafts.recall);
	const latest = useRef(draft);
	const put = (next: Draft | null): void => {
		latest.current = next;
		setDraft(next);
		drafts.keep(next);
	};
	return { draft, latest, put };
}
