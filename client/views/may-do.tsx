// Shows what it holds to those who may do it, and to nobody else: for a form, or for a button that is more than one element.
// The buttons within say that they were asked about here, with `data-asked` (test/house/buttons.test.ts).
import type { ReactNode } from 'react';
import { type Acting, actingAs } from './act-button.tsx';
import styles from './may-do.module.css';
import { useMay } from './use-may.ts';

export function MayDo({ action, of, children }: Acting & { readonly children: ReactNode }) {
	const mayDo = useMay();
	if (!mayDo(action, of)) return null;
	return (
		<div className={styles.asked} {...actingAs({ action, of })}>
			{children}
		</div>
	);
}
