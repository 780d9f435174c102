// A plan with people: the provider, its groups, local accounts, limits. Every name in it is invented.

export type PeoplePlan = {
	readonly issuer?: string;
	readonly publicUrl?: string;
	readonly breakGlass?: boolean;
	readonly idle?: string;
	readonly absolute?: string;
	readonly unclaimed?: 'loopback' | 'anywhere';
};

export const peoplePlan = ({
	issuer,
	publicUrl,
	breakGlass = true,
	idle = '30min',
	absolute = '12h',
	unclaimed = 'loopback',
}: PeoplePlan = {}): string => `
programme: { id: persone, name: Prova delle persone }
cutover: { id: notte, name: Notte delle persone, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
teams: { rete: { label: Rete } }
archives: { a0: { label: Archivio 0, total: 1 TB } }
services: { cartella: { label: Cartella, priority: 1, team: rete } }
sources: { s0: { kind: push, label: Fonte 0 } }
access:
  breakGlass: ${breakGlass}
  unclaimed: ${unclaimed}
  sessions: { idle: ${idle}, absolute: ${absolute} }
${
	issuer === undefined
		? ''
		: `  oidc:
    issuer: "${issuer}"
    clientId: regia
    clientSecretFrom: OIDC_SECRET
    publicUrl: "${publicUrl}"
    scopes: openid profile groups
`
}  groups:
    - { group: sala, role: viewer }
    - { group: regia, role: commander }
    - { group: reti, role: team-lead, teams: [rete] }
`;
