import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bots } from './bots/all.ts';
import { isKind, type Kind, kinds, largest, usualSizes } from './cases.ts';
import { comparePeers } from './compare.ts';
import { documentWith } from './document.ts';
import { type Figures, type RuleFigures, thisMachine } from './figures.ts';
import { type Measured, measure, type Row } from './measure.ts';
import { botPlayer, ours, playNetworks } from './rounds.ts';
import { schemaText } from './schema.ts';
import { engineTable, rulesTable, sizesOf } from './tables.ts';

/*
 * How fast and how good matching is: npm run bench:matching
 *
 *   -- --json          one JSON line a row, and neither other solvers nor other rules
 *   -- --n 200,1000    sizes, instead of the usual ones
 *   -- --kinds pairs   of pairs, threes, fours, trio, dropout, any-score, threes-thorough
 *   -- --thorough      gives other solvers larger networks too: the better part of an hour
 *   -- --write         keeps the figures in figures.json, and brings docs/matching.md and its picture up to date
 */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    n: { type: 'string', default: '' },
    kinds: { type: 'string', default: '' },
    thorough: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const say = (line: string) => console.error(line);

function chosenKinds(): readonly Kind[] {
  // A program that reads the lines knows five kinds; the others it must ask for.
  if (values.kinds === '') return values.json ? kinds.slice(0, 5) : kinds;
  return values.kinds.split(',').map((name) => {
    if (!isKind(name)) throw new Error(`There is no kind “${name}”. There are ${kinds.join(', ')}.`);
    return name;
  });
}

function sizesFor(kind: Kind): readonly number[] {
  if (values.n === '') return usualSizes[kind];
  const sizes = values.n.split(',').map(Number);
  if (sizes.some((n) => !Number.isInteger(n) || n < 10)) throw new Error('Give --n as whole numbers of at least 10.');
  const tooLarge = sizes.filter((n) => n > largest[kind]);
  if (tooLarge.length > 0) say(`Not measured: ${kind} with n = ${tooLarge.join(', ')} (at most ${largest[kind]}).`);
  return sizes.filter((n) => n <= largest[kind]);
}

/** Exactly the keys that programs read. */
function rowOf({ kind, n, warm_ms, cold_ms, gap, certified, rss_mb }: Measured): Row {
  return { kind, n, warm_ms, cold_ms, gap, certified, rss_mb };
}

function measureAll(): readonly Measured[] {
  return chosenKinds().flatMap((kind) =>
    sizesFor(kind).map((n) => {
      if (!values.json) say(`${kind}, n = ${n} …`);
      const measured = measure(kind, n);
      if (values.json) console.log(JSON.stringify(rowOf(measured)));
      return measured;
    }),
  );
}

const networksOf = (n: number) => (n <= 200 ? 5 : 1);

function playAll(): readonly RuleFigures[] {
  const sizes = [60, 200, 1000];
  const rules = [
    ...bots.map((bot) => ({ ...bot, player: botPlayer(bot) })),
    { name: 'Colloquy', rule: '', player: ours },
  ];
  return rules.flatMap(({ name, rule, player }) =>
    sizes.map((n) => {
      say(`Twenty rounds by ${name}, n = ${n} …`);
      return { name, rule, n, ...playNetworks(player, n, networksOf(n)) };
    }),
  );
}

async function write(figures: Figures): Promise<void> {
  // First: what took so long to measure is kept, whatever becomes of the page.
  await writeFile(new URL('figures.json', import.meta.url), `${JSON.stringify(figures, undefined, 2)}\n`);
  const docs = new URL('../../docs/', import.meta.url);
  const page = fileURLToPath(new URL('matching.md', docs));
  const filled = documentWith(await readFile(page, 'utf8'), figures);
  await writeFile(page, filled.page);
  await writeFile(new URL('matching-times.svg', docs), filled.picture);
  await writeFile(new URL('matching.schema.json', docs), schemaText());
}

const rows = measureAll();
if (!values.json) {
  const pairSizes = rows.filter(({ kind }) => kind === 'pairs').map(({ n }) => n);
  const { times: peers, absent } = await comparePeers(pairSizes, values.thorough, say);
  const rules = values.n === '' && values.kinds === '' ? playAll() : [];
  const figures = { machine: thisMachine(), rows, peers, absent, rules };
  console.log(engineTable(figures));
  if (rules.length > 0) console.log(`\nTwenty rounds, n = ${sizesOf(rules)}\n${rulesTable(rules)}`);
  if (values.write) await write(figures);
}
