import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { smallPicture } from './card-pictures-png.ts';

/** A card as it is drawn: in a chat, or as a dialog under its title. */
export interface Item {
  readonly kind: 'chat' | 'dialog';
  readonly name: string;
  /** '' for a card in a chat. */
  readonly title: string;
  readonly card: object;
}

export interface Sheet {
  readonly heading: string;
  readonly theme: 'light' | 'dark';
  readonly columns: number;
  readonly items: readonly Item[];
}

/** What there is to see of a card. */
const Seen = z.object({
  /** Everything that can be read, the words on its buttons too. */
  text: z.string(),
  /** The HTML elements it is made of. */
  tags: z.array(z.string()),
  /** The least contrast of any text with what is behind it; 21 is the most there is. */
  contrast: z.number(),
  /** Whether something runs out of its side. */
  isCut: z.boolean(),
});
export type Seen = z.infer<typeof Seen>;

export interface CardBrowser {
  look(sheet: Sheet): Promise<readonly Seen[]>;
  /** Saves what was looked at last. */
  save(path: string): Promise<void>;
  close(): Promise<void>;
}

const resolve = createRequire(import.meta.url).resolve;
const scripts = [
  resolve('adaptivecards/dist/adaptivecards.min.js'),
  fileURLToPath(new URL('../../node_modules/markdown-it/dist/browser/markdown-it.umd.min.js', import.meta.url)),
  fileURLToPath(new URL('./card-pictures-page.js', import.meta.url)),
];

/** A Chromium that draws cards by Microsoft's own renderer, in the colours of Teams and in a frame like its own. */
export async function openCardBrowser(chromium: string, width: number): Promise<CardBrowser> {
  const { page, complaints, close } = await openBrowser(chromium, { width });
  await page.goto(new URL('./card-pictures.html', import.meta.url).href);
  for (const path of scripts) await page.addScriptTag({ path });
  return {
    async look({ theme, ...sheet }) {
      const given = JSON.stringify({ ...sheet, theme, hostConfig: hostConfigs[theme] });
      const seen = await page.evaluate(`drawCards(${given})`);
      if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
      return z.array(Seen).parse(seen);
    },
    async save(path) {
      await writeFile(path, await smallPicture(page));
    },
    close,
  };
}

/**
 * Of the values by which Teams draws cards, those that ours depend on.
 * https://github.com/microsoft/AdaptiveCards/tree/main/samples/HostConfig
 */
function hostConfig(text: string, background: string, emphasis: string, attention: string, subtle: string) {
  const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
  const colours = (colour: string) => ({ default: { default: colour, subtle }, attention: { default: attention } });
  return {
    fontFamily: "'Segoe UI', 'Liberation Sans', Arial, sans-serif",
    fontSizes: sizes,
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: '#bdbdbd' },
    textBlock: { headingLevel: 2 },
    containerStyles: {
      default: { backgroundColor: background, foregroundColors: colours(text) },
      emphasis: { backgroundColor: emphasis, foregroundColors: colours(text) },
      attention: { backgroundColor: '#FFC5B2', foregroundColors: colours('#252424') },
    },
    actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: 'Horizontal', actionAlignment: 'Left' },
    factSet: { title: { weight: 'Bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
  };
}

const hostConfigs = {
  light: hostConfig('#252424', '#ffffff', '#f9f8f7', '#c4314b', '#616161'),
  dark: hostConfig('#ffffff', '#2d2c2c', '#292828', '#d74654', '#adadad'),
} as const;
