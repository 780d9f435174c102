// Marks about failures as sentences in English. The Italian of the same name says what they are for.
import type { Shape } from './it.ts';
import type { breakdownMarksIt } from './it-breakdown-marks.ts';

export const breakdownMarksEn: Shape<typeof breakdownMarksIt> = {
	alarm: {
		acknowledge: '{subject}: alarm acknowledged',
		shelve: '{subject}: alarm shelved until {time} ({reason})',
		unshelve: '{subject}: alarm no longer shelved',
		reset: '{subject}: alarm reset',
	},
	incident: {
		open: 'Incident opened: {incident}',
		status: {
			detected: '{incident}: detected',
			'cause-known': '{incident}: cause known',
			restoring: '{incident}: restoring',
			observing: '{incident}: observing',
			closed: '{incident}: closed',
		},
		cause: {
			unknown: '{incident}: cause not known',
			failure: '{incident}: cause, a failure',
			'human-error': '{incident}: cause, a human error',
			attack: '{incident}: cause, an attack',
		},
		role: { lead: '{incident}: takes the lead', technical: '{incident}: takes the technical part', communication: '{incident}: takes communication' },
		'next-update': '{incident}: next update, {time}',
		note: '{incident}: {text}',
	},
	statement: { public: 'To the public: “{text}”', institutions: 'To institutions: “{text}”', staff: 'To staff: “{text}”' },
	clock: {
		start: '{incident}: {law} deadlines started, counted from {time}',
		sent: '{incident}: {law}, {step} sent, protocol {protocol}',
		waive: '{incident}: {law}, nothing more owed ({reason})',
	},
	law: { nis2: 'NIS2', l90: 'Law 90/2024', gdpr: 'GDPR' },
	step: {
		nis2: { early: 'early warning', notification: 'notification', final: 'final report' },
		l90: { early: 'first report', notification: 'full notification', final: 'final report' },
		gdpr: { early: 'notice', notification: 'notification to the Authority', final: 'final report' },
	},
	quoted: '“{text}”',
	channel: 'Channel {channel}: test notice',
};
