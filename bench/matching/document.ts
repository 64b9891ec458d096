import type { Figures } from './figures.ts';
import { timesPicture } from './picture.ts';
import { engineTable, rulesTable, sizesOf } from './tables.ts';

/** What stands in docs/matching.md between the comments that name it. */
function measured(figures: Figures): Readonly<Record<string, string>> {
  const absent = figures.absent.length === 0 ? '' : ` Not there to be measured: ${figures.absent.join(', ')}.`;
  return {
    machine: `Measured on ${figures.machine}.${absent}`,
    engine: engineTable(figures),
    sizes: `Each cell: networks of which ${sizesOf(figures.rules)} members take part in each round.`,
    rules: rulesTable(figures.rules),
  };
}

/**
 * The page with its figures brought up to date, and its picture.
 *
 * @throws where the page has no place for one of them
 */
export function documentWith(page: string, figures: Figures): { readonly page: string; readonly picture: string } {
  const filled = Object.entries(measured(figures)).reduce((text, [name, words]) => {
    const place = new RegExp(`(<!-- measured: ${name} -->\n).*?(<!-- end -->)`, 's');
    if (!place.test(text)) throw new Error(`docs/matching.md has no place for “${name}”`);
    return text.replace(place, (_, before: string, after: string) => `${before}${words}\n${after}`);
  }, page);
  return { page: filled, picture: timesPicture(figures) };
}
