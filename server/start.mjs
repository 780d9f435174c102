// The first thing that runs: refuses a Node that cannot run these sources, keeps what was compiled for the next start, then starts
// Regia. Plain JavaScript, so that any Node can read it.
import './check-node.mjs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.enableCompileCache(fileURLToPath(new URL('../.cache/compiled', import.meta.url)));
await import('./main.ts');
