// The night's words in Italian: marks on tasks, gates and the cutover itself.
import type { MarkRefusalCode } from '../mark-refusal.ts';

export const nightIt = {
	mark: {
		task: {
			started: '{task}: iniziata',
			done: '{task}: conclusa',
			skipped: '{task}: saltata',
			failed: '{task}: fallita',
			reopened: '{task}: riaperta',
		},
		vote: { go: '{gate}, {position}: procedi', hold: '{gate}, {position}: attendi', back: '{gate}, {position}: torna indietro' },
		report: '{team}: riferisce',
		promised: '{team}: promette entro le {time}',
		writes: { frozen: 'Scritture ferme', 'first-good': 'Prima operazione riuscita sulla nuova sede' },
		turn: { back: 'Si torna indietro', on: 'Si va avanti' },
		count: '{site}: contati a mano {present} presenti',
		paper: { on: '{site}: si passa alla carta', off: '{site}: il sistema è tornato', entered: '{site}: la carta è tutta registrata' },
		diversion: { open: '{site}: aperto al 118', limited: '{site}: accessi del 118 ridotti', diverted: '{site}: il 118 va altrove' },
		bedside: '{site}: aggiornati ventilatori o medici in turno',
		undo: 'Annullata la voce {seq}',
	},
	refused: {
		'unknown-subject': 'Non è nel piano. Ricaricare la pagina.',
		'reason-missing': 'Indicare un motivo: resta nel registro.',
		already: 'È già così. Vedere chi lo ha segnato.',
		'not-begun': 'Non c’è ancora nulla da concludere o riaprire.',
		'not-verified': 'L’archivio non è verificato: aspettare la verifica, o saltarla o segnarla fallita con un motivo.',
		'not-turned': 'È un passo del ritorno: prima il comando segna che si torna indietro.',
		'gate-not-passed': 'Un varco prima di questa attività non è passato. Passare prima il varco.',
		'gate-not-go': 'Il varco non è su procedi. Completare prima criteri e voti.',
		'gate-closed': 'Il varco è chiuso: non si vota più. Riaprire la sua attività, o dargli più tempo nel piano.',
		'criteria-not-met': 'Un criterio non è soddisfatto: si vota procedi quando lo sono tutti.',
		'not-armed': 'Conferma arrivata tardi o già usata. Tenere premuto di nuovo.',
		'promise-past': 'Una promessa riguarda il futuro: indicare un’ora che viene.',
		'nothing-to-undo': 'Qui non c’è nulla da annullare.',
		'not-yours': 'Annulla solo chi ha segnato. Riaprire invece l’attività.',
		'too-late': 'Si annulla entro dieci secondi. Segnare una nuova voce che corregge.',
		overlaid: 'Nel frattempo è stato segnato altro. Annullare prima quello.',
	} satisfies Record<MarkRefusalCode, string>,
};
