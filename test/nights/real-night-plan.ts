// The plan of a real night: one copy, one database, one web service, and a port known to be good as its canary. Paths and secrets stay out of it.

import { READER, SLOT, TABLE } from './real-night-database.ts';
import type { NightScale } from './real-night-scale.ts';

export const COPY = 'immagini-radiologia';
export const DATABASE = 'registro-visite';
export const PORTAL = 'portale-ritiri';
export const COPY_GROUP = 'trasloco';
export const CHECK_GROUP = 'verifica';
/** Names of rclone's own for the two folders; where they lie is told to rclone alone. */
export const OLD_SIDE = 'vecchia:';
export const NEW_SIDE = 'nuova:';
export const RCLONE_USER = 'regia';
export const RCLONE_PASSWORD_FROM = 'REGIA_NIGHT_RCLONE';
export const PROBE_EVERY_MS = 1000;

export type NightPorts = { readonly rclone: number; readonly old: number; readonly young: number; readonly web: string };

export function nightPlan(scale: NightScale, ports: NightPorts, start: number): string {
	const at = (share: number): string => new Date(start + share * scale.windowMs).toISOString();
	const side = (port: number, database: string): string => `{ host: 127.0.0.1, port: ${port}, database: ${database}, user: ${READER} }`;
	return `programme: { id: trasloco-vero, name: Trasloco di prova con strumenti veri }

cutover:
  id: notte-vera
  name: Notte con strumenti veri
  window: { start: ${at(0)}, end: ${at(1)} }
  phases:
    - { id: copia, label: Copia, at: ${at(0.02)} }
    - { id: verifica, label: Verifica, at: ${at(0.5)} }
    - { id: riapertura, label: Riapertura, at: ${at(0.8)} }

teams:
  ced: { label: CED, kind: house }

archives:
  ${COPY}:
    { label: Immagini radiologia, team: ced, service: ${PORTAL}, items: files, staleAfter: ${scale.staleAfterMs}ms, verifiedBy: Somme di controllo }
  ${DATABASE}: { label: Registro visite, team: ced, items: rows, verifiedBy: Conteggio delle righe }

services:
  ${PORTAL}: { label: Portale ritiri, priority: 1, team: ced }
  base-dati: { label: Base dati vecchia sede, priority: 2, team: ced }

sources:
  copia:
    kind: rclone
    label: Copia immagini
    team: ced
    every: 1s
    timeout: 4s
    staleAfter: ${scale.staleAfterMs}ms
    settings:
      archive: ${COPY}
      url: http://127.0.0.1:${ports.rclone}
      user: ${RCLONE_USER}
      passwordFrom: ${RCLONE_PASSWORD_FROM}
      group: ${COPY_GROUP}
      verify: { group: ${CHECK_GROUP}, by: dry-run, fs: '${NEW_SIDE}' }
  replica:
    kind: postgres
    label: Replica registro
    team: ced
    every: 1s
    timeout: 4s
    settings:
      archive: ${DATABASE}
      source: ${side(ports.old, 'vecchia')}
      target: ${side(ports.young, 'nuova')}
      tables: [${TABLE}]
      slot: ${SLOT}
      subscription: ${SLOT}
      count: ${scale.count}
  sonda-portale:
    kind: http
    label: Sonda portale
    every: ${PROBE_EVERY_MS}ms
    timeout: 900ms
    canary: sonda-base-dati
    settings: { service: ${PORTAL}, url: '${ports.web}' }
  sonda-base-dati:
    kind: tcp
    label: Sonda base dati
    every: 2s
    timeout: 1s
    settings: { service: base-dati, host: 127.0.0.1, port: ${ports.old} }

displays:
  sala: { label: Sala operativa, audience: wall, diagonalInches: 55, resolution: 1920x1080, distanceMetres: 3 }
`;
}
