// The thread in which a file from outside is read: whatever is in it, the process that asked goes on. Answers once, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { openSheets, type SheetRequest } from './open-sheets.ts';

parentPort?.postMessage(openSheets(workerData as SheetRequest));
