// Finds the real tools that tests use. What is missing is named; where CI is true a missing tool fails the run.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isRunnable = (path: string): boolean => {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

/** The tool's path, or null with a line that says what to install. `folders` are looked in before the PATH. */
export function findTool(name: string, remedy: string, folders: readonly string[] = []): string | null {
	const path = [...folders, ...(process.env.PATH ?? '').split(delimiter)].map((folder) => join(folder, name)).find(isRunnable);
	if (path !== undefined) return path;
	const missing = `${name} is not on this machine (${remedy}): the tests that need it are left out`;
	if (process.env.CI === 'true') throw new Error(missing);
	process.stderr.write(`${missing}\n`);
	return null;
}
