/*
 * Small pictures as SVG: readable on white and in grey, with every mark named for those who hear it.
 */

/** Dark enough for text on white: each has a contrast of 4.5 or more. */
export const colours = {
  ink: '#1f2933',
  quiet: '#5b6673',
  line: '#d5dbe1',
  first: '#1d5fa8',
  second: '#b3541e',
} as const;

/** Lengths are in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

type Look = Readonly<Record<string, string | number>>;

export function text({ x, y }: Spot, words: string, look: Look = {}): string {
  return `<text ${attributes({ x, y, fill: colours.ink, ...look })}>${escaped(words)}</text>`;
}

export function box({ x, y }: Spot, width: number, height: number, look: Look): string {
  return `<rect ${attributes({ x, y, width, height, ...look })}/>`;
}

export function dot({ x, y }: Spot, radius: number, look: Look): string {
  return `<circle ${attributes({ cx: x, cy: y, r: radius, ...look })}/>`;
}

export function line(from: Spot, to: Spot, look: Look = {}): string {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return `<line ${attributes({ ...ends, stroke: colours.line, 'stroke-width': 1, ...look })}/>`;
}

/** A whole picture on white. `says` tells what there is to see, for those who do not. */
export function picture(
  width: number,
  height: number,
  says: { title: string; description: string },
  parts: readonly string[],
) {
  const { title, description } = says;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="system-ui, -apple-system, 'Segoe UI', Arial, sans-serif" font-size="13">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    box({ x: 0, y: 0 }, width, height, { fill: '#ffffff' }),
    text({ x: 16, y: 26 }, title, { 'font-size': 16, 'font-weight': 600 }),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function attributes(look: Look): string {
  return Object.entries(look)
    .map(([name, value]) => `${name}="${typeof value === 'number' ? Math.round(value * 10) / 10 : escaped(value)}"`)
    .join(' ');
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
