// A disk that is soon full: a tmpfs of its own, where the machine lets us make one. Knows no test.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../kit/server.ts';

export type SmallDisk = { readonly folder: string; makeRoom(): void; dispose(): void };

/** A disk of so many MB, half of it taken by what can be thrown away; or why there is none. */
export function smallDisk(megabytes: number): SmallDisk | string {
	const mount = temporaryFolder('disk');
	const { error, status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', mount]);
	if (error || status !== 0) {
		rmSync(mount, { recursive: true });
		return 'mount -t tmpfs is refused here (it needs root)';
	}
	const ballast = join(mount, 'ballast');
	writeFileSync(ballast, Buffer.alloc(megabytes * 500_000));
	return {
		folder: join(mount, 'data'),
		makeRoom: () => rmSync(ballast),
		dispose() {
			spawnSync('umount', [mount]);
			rmSync(mount, { recursive: true });
		},
	};
}
