import { caseOf, isKind } from './cases.ts';
import { measureOnce } from './measure.ts';

/* One run in a process of its own: node measure-once.ts KIND N */

const [kind = '', size = ''] = process.argv.slice(2);
if (!isKind(kind)) throw new Error(`There is no kind ${kind}`);
console.log(JSON.stringify(measureOnce(caseOf(kind, Number(size)))));
