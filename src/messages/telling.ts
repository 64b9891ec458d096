import type { Word } from '../words.ts';

/** What a refusal says, and the words that it tells people to type: where there is nowhere to type, each is a button. */
export interface Telling {
  readonly text: string;
  readonly words: readonly Word[];
}

/** @param words each that people can type where they read this; `text` has it in quotation marks */
export function telling(text: string, ...words: readonly Word[]): Telling {
  return { text, words };
}
