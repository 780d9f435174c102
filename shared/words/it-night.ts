// The night's words in Italian: marks on tasks, gates and the cutover itself.
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
		undo: 'Annullata la voce {seq}',
	},
};
