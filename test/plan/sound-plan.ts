// A small sound plan that the tests bend. Knows no reader.

export const soundPlan = `programme: { id: prova, name: Programma di prova }
cutover:
  id: notte-1
  name: Notte 1
  zone: Europe/Rome
  window:
    start: 2025-10-21T19:00:00+02:00
    end: 2025-10-22T05:00:00+02:00
  phases:
    - { id: fermo, label: Fermo, at: 2025-10-21T19:00:00+02:00 }
    - id: copia
      label: Copia
      at: 2025-10-21T19:30:00+02:00
teams:
  fornitore-a: { label: Fornitore A }
  ced: { label: CED, kind: house }
archives:
  cce-db:
    label: Cartella database
    wave: 2
    team: ced
    service: cartella
    total: 1.8 TB
    items: rows
services:
  cartella:
    label: Cartella clinica
    priority: 2
    tolerable: 4h
    planned:
      - from: 2025-10-21T19:30:00+02:00
        to: 2025-10-22T02:30:00+02:00
sources:
  copia:
    kind: push
    label: Copia
    team: fornitore-a
    every: 15s
    staleAfter: 60s
    canary: porta
    settings:
      subjects:
        - archive/cce-db
  porta:
    kind: tcp
    label: Porta della cartella
    settings:
      service: cartella
      side: new
      host: 127.0.0.1
      port: 443
displays:
  parete:
    label: Parete
    audience: wall
    diagonalInches: 85
    resolution: 3840x2160
    distanceMetres: 5
`;

/** Replaces a stretch that is there exactly once. */
export function bend(from: string, to: string, text: string = soundPlan): string {
	if (text.split(from).length !== 2) throw new Error(`"${from}" is there ${text.split(from).length - 1} times`);
	return text.replace(from, () => to);
}
