import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadFrameworks } from '../src/framework/load.ts';
import { simulateAll } from './prompt-simulation/documents.ts';

/*
 * What the choice of prompts gives ten thousand members in two years: node bench/simulate-prompts.ts [folder]
 * Writes docs/simulation.md and its pictures, or writes them into another folder. It takes about a quarter of a minute.
 */

const root = new URL('../', import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL('docs', root));
const written = simulateAll(await loadFrameworks(fileURLToPath(new URL('frameworks', root))));
for (const [name, content] of Object.entries(written)) await writeFile(`${folder}/${name}`, content);
console.log(`Written to ${folder}: ${Object.keys(written).join(', ')}`);
