// npm run press:example: leaves the example sheets in a folder, in both languages and every format, without a running server.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languages } from '../shared/format.ts';
import { sheetFormats } from '../shared/sheet.ts';
import { lazioSheet } from './lazio-sheet.ts';
import { openPresses } from './press/presses.ts';

const usage = 'npm run press:example -- --out DIR   the sheets of 25 July 2025 in Lazio as PNG, PDF, HTML, text and JSON';

function outFolder(): string {
	try {
		const { values } = parseArgs({ options: { out: { type: 'string' } } });
		if (values.out !== undefined && values.out !== '') return values.out;
		throw new Error('--out says where to: give a folder');
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
		process.exit(2);
	}
}

async function main(): Promise<void> {
	const folder = outFolder();
	mkdirSync(folder, { recursive: true });
	const presses = openPresses();
	const leave = (name: string, content: string | Uint8Array): void => {
		writeFileSync(join(folder, name), content);
		console.log(join(folder, name));
	};
	try {
		const { frozen, digest, sheets } = await lazioSheet();
		leave('lazio-2025-07-25.json', `${JSON.stringify({ digest, frozen }, null, '\t')}\n`);
		for (const language of languages) {
			const sheet = sheets[language];
			const name = `lazio-2025-07-25-${language}`;
			leave(`${name}.json`, `${JSON.stringify(sheet, null, '\t')}\n`);
			for (const format of sheetFormats) {
				const { svg, png, pdf, html, text } = await presses.render(sheet, format);
				leave(`${name}-${format}.svg`, svg);
				leave(`${name}-${format}.png`, png);
				leave(`${name}-${format}.pdf`, pdf);
				if (format !== 'wide') continue;
				leave(`${name}.html`, html);
				leave(`${name}.txt`, text);
			}
		}
	} finally {
		await presses.close();
	}
}

await main();
