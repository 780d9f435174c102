// The baseline of ingest over HTTP: a bare node:http server that reads the body and commits it as one row before it answers.
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '../kit/server.ts';
import { answer } from './part.ts';

const folder = temporaryFolder('bench');
const db = new DatabaseSync(join(folder, 'bare.db'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO row (payload) VALUES (?)');

const http = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		insert.run(Buffer.concat(chunks).toString());
		response.writeHead(202, { 'content-type': 'application/json' }).end('{"ok":true}');
	});
});
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
answer({ port: (http.address() as AddressInfo).port }, {}, () => {
	db.close();
	rmSync(folder, { recursive: true });
});
