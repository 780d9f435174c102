// Finds a browser on this machine and starts it without a window. Knows no page of Regia.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Response } from 'playwright-core';
import { keepEvidence, noticeSecrets } from './evidence.ts';

const systemNames = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

const args = [
	'--no-sandbox',
	'--headless=shell',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--hide-scrollbars',
];

/** A file that is there may still not run (a snap's stand-in, a missing library): only its own answer counts. */
function answers(path: string): boolean {
	if (!existsSync(path)) return false;
	try {
		return /\d+\./.test(execFileSync(path, ['--version', '--no-sandbox'], { timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'] }).toString());
	} catch {
		return false;
	}
}

/** A browser inside an npm package. Its own arguments are never used: they switch web security off. */
async function packaged(): Promise<string | null> {
	const folder = join(import.meta.dirname, '../../.cache/chromium');
	mkdirSync(folder, { recursive: true });
	const before = process.env.TMPDIR;
	process.env.TMPDIR = folder;
	process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
	try {
		// Optional: where it is not installed its name must not stop the type check.
		const name: string = '@sparticuz/chromium';
		const { default: sparticuz } = (await import(name)) as { default: { executablePath(): Promise<string> } };
		return await sparticuz.executablePath();
	} catch {
		return null;
	} finally {
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	}
}

/** CHROME_PATH → the system's → Playwright's own → the packaged one → an error that says what to do. */
export async function findBrowser(): Promise<string> {
	const asked = process.env.CHROME_PATH;
	if (asked !== undefined && asked !== '') {
		if (answers(asked)) return asked;
		throw new Error(`CHROME_PATH names ${asked}, which does not answer --version: correct it or unset it`);
	}
	const found = [...systemNames, chromium.executablePath()].find(answers) ?? (await packaged());
	if (found !== null && found !== undefined) return found;
	throw new Error('no browser found: install Chromium (Debian: apt-get install chromium) or set CHROME_PATH to a Chrome or Chromium');
}

/** What pages are told is kept for the search at the run's end, as the wire's tap does for other clients. */
function listen(context: BrowserContext): void {
	const hear = async (response: Response): Promise<void> => {
		const isRefusal = response.status() >= 400;
		noticeSecrets((await response.headerValues('set-cookie')).map((line) => `set-cookie: ${line}`).join('\n'));
		if (!isRefusal && !/\/(api|auth)\//.test(response.url())) return;
		const text = await response.text();
		noticeSecrets(text);
		if (isRefusal) keepEvidence('answer', text);
	};
	// A page that is left takes the rest of its answers with it.
	context.on('response', (response) => void hear(response).catch(() => undefined));
	context.on('request', (request) => noticeSecrets(request.postData() ?? ''));
	context.on('console', (message) => keepEvidence('log', message.text()));
	context.on('page', (page) =>
		page.on('websocket', (socket) => {
			socket.on('framereceived', ({ payload }) => keepEvidence('frame', payload));
		}),
	);
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
	const browser = await chromium.launch({ executablePath: await findBrowser(), args, headless: true, ...options });
	const newContext = browser.newContext.bind(browser);
	browser.newContext = async (given) => {
		const context = await newContext(given);
		listen(context);
		return context;
	};
	return browser;
}
