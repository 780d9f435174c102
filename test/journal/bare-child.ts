// The planted fault: a process that commits argv[3] rows to a SQLite file in argv[2] with synchronous = NORMAL, as a journal must not.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [, , folder = '', count = '0'] = process.argv;
const db = new DatabaseSync(join(folder, 'bare.db'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE IF NOT EXISTS row (n INTEGER)');
const insert = db.prepare('INSERT INTO row VALUES (?)');
for (let n = 0; n < Number(count); n += 1) insert.run(n);
db.close();
