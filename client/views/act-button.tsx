// How a button that changes something is drawn: it is there for those who may, and for nobody else. The server asks again at every act.
// A button that changes nothing beyond this screen is a plain one, and says so with `data-quiet` (test/house/buttons.test.ts).
import type { ComponentProps } from 'react';
import type { Whose } from '../../shared/me.ts';
import { useMay } from './use-may.ts';

/** `of`: whose the thing acted on is, where that decides. */
export type Acting = { readonly action: string; readonly of?: Whose | undefined };
export type ActButtonProps = Acting & Omit<ComponentProps<'button'>, 'type'> & { readonly type?: 'button' | 'submit' };

const words = ({ team, site, role }: Whose): string => [team, site, role].filter((one) => typeof one === 'string').join(' ');

/** How what acts is known to the walk over all buttons. */
export const actingAs = ({ action, of }: Acting) => ({ 'data-action': action, 'data-of': of && words(of) });

export function ActButton({ action, of, type = 'button', ...rest }: ActButtonProps) {
	const mayDo = useMay();
	if (!mayDo(action, of)) return null;
	return <button type={type} {...actingAs({ action, of })} {...rest} />;
}
