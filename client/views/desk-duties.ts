// What this screen's user may act on now: by the one table that the server told of, and only while the link is there.
// For showing or leaving out; the server asks again at every act.
import type { Me, Whose } from '../../shared/me.ts';
import { useSlice } from '../store/hooks.ts';
import { mayDo } from './use-may.ts';

export type Duties = {
	readonly me: Pick<Me, 'may' | 'own' | 'duties'> | null;
	readonly roles: readonly string[];
	/** Teams that they lead. */
	readonly teams: readonly string[];
	/** Why nothing may be done whatever the role; null where something may. */
	readonly barred: 'offline' | 'nobody' | null;
};

export function dutiesOf(me: Duties['me'], link: string): Duties {
	const duties = me?.duties ?? [];
	const roles = [...new Set(duties.map(({ role }) => role))];
	const teams = [...new Set(duties.filter(({ role }) => role === 'team-lead').flatMap((duty) => duty.teams ?? []))];
	return { me, roles, teams, barred: link !== 'live' ? 'offline' : roles.length === 0 ? 'nobody' : null };
}

export const useDuties = (): Duties => useSlice(({ me, link }) => dutiesOf(me && { may: me.may, own: me.own, duties: me.duties }, link));

/** `{}`: what is nobody's own, and so the commander's. */
export const mayMark = ({ barred, me }: Duties, of: Whose): boolean => barred === null && mayDo(me, 'marks.make', of);

/** Nobody votes for another's position: it is its team's lead's, or its role's. */
export const mayVote = ({ barred, me }: Duties, { team, role }: Whose): boolean =>
	barred === null && mayDo(me, 'gates.vote', { team, role } as Whose);
