// How many services of which kind a night without a network has, and what their process is asked. Shared by both processes.

export const counts = { canary: 2, http: 9, tcp: 8, tls: 4, dns: 4, smtp: 3 } as const;
export type ServiceKind = keyof typeof counts;
export type Ports = Readonly<Record<ServiceKind | 'receiver', readonly number[]>>;
export type Asked = {
	readonly host: string;
	readonly ports: Ports | null;
	readonly certificate: { readonly key: string; readonly cert: string } | null;
};
