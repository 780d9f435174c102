// npm run press:verify: folds a record again to a sheet's place and says whether it still bears out every figure, also while the server runs.
import { parseArgs } from 'node:util';
import { openReadRecord, type ReadRecord } from './journal/read-record.ts';
import { verifySheet } from './press-verify.ts';

const usage = `npm run press:verify -- [--data DIR] ID   compares a press sheet with the record in the data folder (.regia/data, or REGIA_DATA)
0: the same; 1: something differs, and what; 2: there is no such sheet or record`;

function fail(message: string): never {
	console.error(`${message}\n\n${usage}`);
	process.exit(2);
}

function asked(): { readonly data: string; readonly id: string } {
	try {
		const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
		const [id, ...rest] = positionals;
		if (id === undefined || rest.length > 0) throw new Error('give the id of one sheet, as 7f3k-92qd');
		return { data: values.data ?? process.env.REGIA_DATA ?? '.regia/data', id: id.toLowerCase() };
	} catch (error) {
		return fail(error instanceof Error ? error.message : String(error));
	}
}

async function draftOf(id: string, record: ReadRecord) {
	for await (const entry of record.readKinds(0, record.last, ['mark'])) {
		if (entry.kind === 'mark' && entry.mark.kind === 'press' && entry.mark.act === 'draft' && entry.mark.sheet === id && entry.frozen)
			return { seq: entry.seq, frozen: entry.frozen.sheet, digest: entry.frozen.digest };
	}
	return null;
}

async function main(): Promise<void> {
	const { data, id } = asked();
	const record = openReadRecord(data);
	if (record === null) fail(`${data} holds no record`);
	try {
		const draft = await draftOf(id, record);
		if (draft === null) fail(`the record has no sheet ${id.toUpperCase()}`);
		const broken = await record.brokenUpTo(draft.seq);
		const { same, differs, digestHolds, recordHolds } = await verifySheet(draft, record);
		const findings = [
			...(broken === null ? [] : [`the record does not fit its chain from entry ${broken} on`]),
			...(digestHolds ? [] : ['the frozen data are not those of the recorded digest']),
			...(recordHolds ? [] : [`entry ${draft.frozen.seq} is not the one that the sheet was frozen at`]),
			...differs.map((key) => `the record says otherwise: ${key}`),
		];
		console.log(
			`sheet ${id.toUpperCase()}, frozen at entry ${draft.frozen.seq} (${new Date(draft.frozen.at).toISOString()}), digest ${draft.digest}`,
		);
		for (const finding of findings) console.log(`✗ ${finding}`);
		if (same && findings.length === 0) console.log(`✓ the same: ${draft.frozen.figures.length} figures, and the record fits its chain`);
		process.exitCode = findings.length === 0 ? 0 : 1;
	} finally {
		record.close();
	}
}

await main();
