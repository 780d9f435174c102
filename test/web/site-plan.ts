// A plan with two emergency rooms, for tests of counts. Every figure in it is invented.

export const sitePlan = `programme: { id: prova, name: Prova dei conteggi }
cutover:
  id: notte
  name: Notte
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
services:
  ps-centro: { label: Pronto Soccorso Centro, priority: 1 }
sites:
  centro: { label: Pronto Soccorso Centro, short: Centro, service: ps-centro, spaces: 40 }
  levante: { label: Pronto Soccorso Levante, short: Levante, spaces: 20 }
sources:
  feed: { kind: push, label: Feed dei conteggi }
`;
