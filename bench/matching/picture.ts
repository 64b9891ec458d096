import { colours, dot, line, picture, type Spot, text } from '../prompt-simulation/drawing.ts';
import type { Figures } from './figures.ts';
import { duration, peerColumns } from './tables.ts';

/* Time against the number of members, both by their logarithms: a straight line is a power of n. */

const width = 760;
const height = 470;
const frame = { left: 74, right: 560, top: 62, bottom: 410 } as const;
const most = { n: 12_000, ms: 1_000_000 } as const;
const least = { n: 80, ms: 0.5 } as const;
/** Between two labels, in pixels. */
const lineHeight = 17;

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dashes: string;
  readonly spots: readonly { readonly n: number; readonly ms: number }[];
}

const looks = [
  { colour: colours.second, dashes: '7 4' },
  { colour: '#6b4ba3', dashes: '2 4' },
  { colour: colours.quiet, dashes: '10 3 2 3' },
] as const;

function curvesOf({ rows, peers }: Figures): readonly Curve[] {
  const own = rows.filter(({ kind }) => kind === 'pairs').map(({ n, warm_ms: ms }) => ({ n, ms }));
  const others = peerColumns.map((peer, at): Curve => {
    const { colour, dashes } = looks[at] ?? looks[0];
    return { name: peer, colour, dashes, spots: peers.filter((time) => time.peer === peer) };
  });
  return [{ name: 'Colloquy', colour: colours.first, dashes: '', spots: own }, ...others].map((curve) => ({
    ...curve,
    spots: curve.spots.toSorted((a, b) => a.n - b.n),
  }));
}

function place({ n, ms }: { readonly n: number; readonly ms: number }): Spot {
  const across = Math.log(n / least.n) / Math.log(most.n / least.n);
  const up = Math.log(Math.max(least.ms, ms) / least.ms) / Math.log(most.ms / least.ms);
  return {
    x: frame.left + across * (frame.right - frame.left),
    y: frame.bottom - up * (frame.bottom - frame.top),
  };
}

function axes(): readonly string[] {
  const acrossLines = [100, 200, 500, 1000, 2000, 5000, 10_000].flatMap((n) => {
    const { x } = place({ n, ms: least.ms });
    return [
      line({ x, y: frame.top }, { x, y: frame.bottom }),
      text({ x, y: frame.bottom + 20 }, n.toLocaleString('en-GB'), { 'text-anchor': 'middle' }),
    ];
  });
  const upLines = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((ms) => {
    const { y } = place({ n: least.n, ms });
    const words = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toLocaleString('en-GB')} s`;
    return [
      line({ x: frame.left, y }, { x: frame.right, y }),
      text({ x: frame.left - 8, y: y + 4 }, words, { 'text-anchor': 'end' }),
    ];
  });
  const below = { x: (frame.left + frame.right) / 2, y: frame.bottom + 44 };
  return [...upLines, ...acrossLines, text(below, 'Members who take part', { 'text-anchor': 'middle' })];
}

function drawn({ colour, dashes, spots }: Curve): readonly string[] {
  const places = spots.map(place);
  const look = { stroke: colour, 'stroke-width': 2.5, ...(dashes === '' ? {} : { 'stroke-dasharray': dashes }) };
  const joined = places.slice(1).map((to, at) => line(places[at] ?? to, to, look));
  return [...joined, ...places.map((spot) => dot(spot, 4, { fill: colour }))];
}

/** Beside the end of each curve, from the lowest up: where two would touch, the upper one stands higher. */
function labels(curves: readonly Curve[]): readonly string[] {
  const ends = curves.flatMap(({ name, colour, spots }) => {
    const last = spots.at(-1);
    return last === undefined ? [] : [{ colour, words: `${name}, ${duration(last.ms)}`, ...place(last) }];
  });
  let above = Number.POSITIVE_INFINITY;
  return ends
    .toSorted((one, other) => other.y - one.y)
    .map(({ colour, words, x, y }) => {
      above = Math.min(y + 4, above - lineHeight);
      const look = { fill: colour, 'font-weight': 600, 'paint-order': 'stroke', stroke: '#ffffff', 'stroke-width': 4 };
      return text({ x: x + 10, y: above }, words, look);
    });
}

export function timesPicture(figures: Figures): string {
  const curves = curvesOf(figures).filter(({ spots }) => spots.length > 0);
  const described = curves.map(({ name, spots }) => {
    const each = spots.map(({ n, ms }) => `${duration(ms)} for ${n.toLocaleString('en-GB')}`);
    return `${name}: ${each.join(', ')}.`;
  });
  const says = { title: 'Processor time to the proven best pairs', description: described.join(' ') };
  return picture(width, height, says, [...axes(), ...curves.flatMap(drawn), ...labels(curves)]);
}
