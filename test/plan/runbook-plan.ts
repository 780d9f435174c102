// A sound plan with a runbook, for tests to bend. Its figures are invented.

export const runbookPlan = `programme: { id: prova, name: Programma di prova }
cutover:
  id: notte
  name: Notte
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
  rollback:
    duration: { p90: 100min, evidence: rehearsed }
    price:
      - { label: Prenotazioni, subject: service/cup, measure: service.recordsNew }
    reverse: cce-db
teams:
  rete: { label: Rete, kind: house, callEvery: 30min }
archives:
  cce-db: { label: Cartella, total: 1.8 TB }
services:
  cup: { label: CUP, priority: 1 }
tasks:
  fermo:
    label: Fermo applicativo
    team: rete
    start: 2025-10-21T19:30:00+02:00
    duration: 30min
    rehearsed: { p50: 25min, p90: 40min }
  copia:
    label: Copia
    after: [fermo]
    archive: cce-db
    duration: 2h
  varco-riavvio:
    label: Varco di riavvio
    kind: gate
    gate: riavvio
    after: [copia]
    start: 2025-10-21T22:00:00+02:00
    duration: 10min
  riavvio:
    label: Riavvio
    after: [varco-riavvio]
    fixed: 2025-10-21T22:10:00+02:00
    restores: cup
    duration: 20min
  ritorno-dati: { label: Dati indietro, kind: rollback, duration: 40min }
  ritorno-prova: { label: Prova, kind: rollback, after: [ritorno-dati], duration: 20min }
gates:
  riavvio:
    label: Riavvio
    criteria:
      verificato: { label: Verificato, subject: archive/cce-db, measure: archive.bytesVerified, of: archive.bytesTotal, atLeast: 1 }
      ritardo: { label: Ritardo, subject: archive/cce-db, measure: archive.lag, atMost: 5, holdFor: 5min, maxAge: 2min }
      fermo: { label: Fermo, task: fermo }
    positions:
      rete: { label: Rete, team: rete }
      comando: { label: Comando, role: commander }
    minimum: 2
    voteHolds: 30min
    until: 2025-10-22T03:00:00+02:00
sources:
  invio: { kind: push, label: Invio, settings: { subjects: ["*"] } }
`;

/** The plan with a piece of its text put in another's place; the piece has to be there. */
export function bendRunbook(from: string, to: string, text = runbookPlan): string {
	if (!text.includes(from)) throw new Error(`the plan has no ${from}`);
	return text.replace(from, () => to);
}
