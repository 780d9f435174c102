// Marks about failures as sentences in Italian: alarms, incidents, what was said, legal clocks, channels.

export const breakdownMarksIt = {
	alarm: {
		acknowledge: '{subject}: allarme preso in carico',
		shelve: '{subject}: allarme sospeso, scadenza {time} ({reason})',
		unshelve: '{subject}: allarme riattivato',
		reset: '{subject}: allarme azzerato',
	},
	incident: {
		open: 'Incidente aperto: {incident}',
		status: {
			detected: '{incident}: rilevato',
			'cause-known': '{incident}: causa nota',
			restoring: '{incident}: in ripristino',
			observing: '{incident}: in osservazione',
			closed: '{incident}: chiuso',
		},
		cause: {
			unknown: '{incident}: causa non nota',
			failure: '{incident}: causa, guasto',
			'human-error': '{incident}: causa, errore umano',
			attack: '{incident}: causa, attacco informatico',
		},
		role: {
			lead: '{incident}: prende la guida',
			technical: '{incident}: prende la parte tecnica',
			communication: '{incident}: prende la comunicazione',
		},
		'next-update': '{incident}: prossimo aggiornamento, {time}',
		note: '{incident}: {text}',
	},
	statement: { public: 'Al pubblico: «{text}»', institutions: 'Alle istituzioni: «{text}»', staff: 'Al personale: «{text}»' },
	clock: {
		start: '{incident}: termini {law} avviati, decorrenza {time}',
		sent: '{incident}: {law}, {step} inviata, protocollo {protocol}',
		waive: '{incident}: {law}, nulla più dovuto ({reason})',
	},
	law: { nis2: 'NIS2', l90: 'L. 90/2024', gdpr: 'GDPR' },
	step: {
		nis2: { early: 'pre-notifica', notification: 'notifica', final: 'relazione finale' },
		l90: { early: 'prima segnalazione', notification: 'notifica completa', final: 'relazione finale' },
		gdpr: { early: 'avviso', notification: 'notifica al Garante', final: 'relazione finale' },
	},
	quoted: '«{text}»',
	channel: 'Canale {channel}: prova di avviso',
};
