// How large a real night is: the full one, and a small one for every day. Figures only.

export type NightScale = {
	readonly name: 'full' | 'small';
	readonly files: number;
	readonly bytes: number;
	/** As rclone's --bwlimit takes it: MiB a second. */
	readonly bandwidth: string;
	readonly rows: number;
	readonly rowsASecond: number;
	/** How Regia is told to count them: each look exactly, or by the servers' own statistics. */
	readonly count: 'exact' | 'estimate';
	readonly downMs: number;
	/** Shares of the bytes at which the web service goes down, the picture is taken, and writing to the old database ends. */
	readonly downFrom: number;
	readonly pictureAt: number;
	readonly writeUntil: number;
	readonly askEveryMs: number;
	/** The copy's own limit for silence. */
	readonly staleAfterMs: number;
	readonly windowMs: number;
	/** For each wait within the night. */
	readonly patienceMs: number;
};

const shares = { downFrom: 0.35, pictureAt: 0.5, writeUntil: 0.75, rowsASecond: 200, count: 'exact' } as const;

export const fullNight: NightScale = {
	name: 'full',
	files: 2400,
	bytes: 3_100_000_000,
	bandwidth: '29M',
	rows: 500_000,
	downMs: 30_000,
	askEveryMs: 1000,
	staleAfterMs: 10_000,
	windowMs: 240_000,
	patienceMs: 160_000,
	...shares,
};

export const smallNight: NightScale = {
	name: 'small',
	files: 300,
	bytes: 200_000_000,
	bandwidth: '14M',
	rows: 20_000,
	downMs: 6000,
	askEveryMs: 500,
	staleAfterMs: 4000,
	windowMs: 120_000,
	patienceMs: 60_000,
	...shares,
};
