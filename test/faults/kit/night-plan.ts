// A plan for the fault tests: as many archives, services and push sources as asked. Every figure in it is invented.

export type NightPlan = {
	readonly archives?: number;
	readonly staleAfter?: string;
};

const listed = (count: number, row: (n: number) => string): string => Array.from({ length: count }, (_, n) => row(n)).join('\n');

/** Archives `a0`…, services `pronto-soccorso` and `cartella`, push sources `s0`…`s3`; `s3` speaks for the service `cartella`. */
export function nightPlan({ archives = 4, staleAfter = '60s' }: NightPlan = {}): string {
	return `programme: { id: guasti, name: Prova dei guasti }
cutover:
  id: notte
  name: Notte dei guasti
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
  phases:
    - { id: copia, label: Copia, at: 2025-10-21T19:30:00+02:00 }
archives:
${listed(archives, (n) => `  a${n}: { label: Archivio ${n}, total: 1 TB, staleAfter: ${staleAfter} }`)}
services:
  pronto-soccorso: { label: Pronto Soccorso, priority: 1 }
  cartella: { label: Cartella clinica, priority: 2 }
sources:
${listed(3, (n) => `  s${n}: { kind: push, label: Fonte ${n}, staleAfter: ${staleAfter} }`)}
  s3: { kind: push, label: Fonte 3, settings: { service: cartella } }
`;
}
