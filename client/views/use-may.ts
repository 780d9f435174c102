// What this screen's user may do, as the server told it: for showing or leaving out. The server asks again at every act.
import type { Me, Whose } from '../../shared/me.ts';
import { useSlice } from '../store/hooks.ts';

/** Before the server has said who one is, one may only come in. */
const strangersMay: readonly string[] = ['session.make'];

/** The server's own answer (server/domain/may.ts), given here for one thing of many: some roles may only where it is theirs. */
export function mayDo(me: Pick<Me, 'may' | 'own' | 'duties'> | null, action: string, of?: Whose): boolean {
	if (me === null) return strangersMay.includes(action);
	if (!me.may.includes(action)) return false;
	const roles = me.own[action];
	if (roles === undefined || of === undefined) return true;
	return me.duties.some(
		({ role, teams, site }) =>
			roles.includes(role) &&
			((role === 'team-lead' && typeof of.team === 'string' && (teams ?? []).includes(of.team)) ||
				(typeof of.site === 'string' && of.site === site) ||
				(typeof of.role === 'string' && of.role === role)),
	);
}

/** Without `of`: whether one may do it to anything at all. With it: whether to this thing. */
export function useMay(): (action: string, of?: Whose) => boolean {
	const me = useSlice((state) => state.me && { may: state.me.may, own: state.me.own, duties: state.me.duties });
	return (action, of) => mayDo(me, action, of);
}
