import { createRequire } from 'node:module';
import { z } from 'zod';
import { readEdges } from './edges.ts';

/* The npm package edmonds-blossom-fixed, in a process of its own: node edmonds-blossom.ts FILE (see edges.ts). */

const blossom: unknown = createRequire(import.meta.url)('edmonds-blossom-fixed');
if (typeof blossom !== 'function') throw new Error('edmonds-blossom-fixed is not a function');
const edges = readEdges(process.argv[2] ?? '');
const given = edges.map((edge) => [...edge]);
const from = process.threadCpuUsage();
const answer: unknown = Reflect.apply(blossom, undefined, [given, true]);
const { user, system } = process.threadCpuUsage(from);
const mates = z.array(z.number()).parse(answer);
const worth = edges.reduce((sum, [a, b, score]) => (mates[a] === b ? sum + score : sum), 0);
console.log(`${(user + system) / 1000} ${worth}`);
