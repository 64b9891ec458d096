import { themeName, themeOptions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';

/** In words; '' for none, and for one that the frameworks do not know any more. */
export function knownTheme(frameworks: Core['frameworks'], id: string): string {
  return themeOptions(frameworks).some(({ value }) => value === id) ? themeName(frameworks, id) : '';
}
