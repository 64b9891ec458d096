import { type Block, paragraph } from '../../src/messages/message.ts';
import { words } from './words.ts';

/** The longest a text may be, tried in turn until the whole fits. */
const textLengths = [4000, 1000, 300, 100] as const;
const shortest = 100;

/** Says that something was left out. */
const more = paragraph(words.more);

/** The size of what is sent, in UTF-16 code units of its JSON. */
export function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}

/**
 * Builds something out of blocks that is no larger than `units`: with shorter texts where it must be, and then with
 * fewer blocks, the last one saying so.
 *
 * @param build given the blocks to show and the longest text, in UTF-16 code units
 */
export function shrink<T>(
  blocks: readonly Block[],
  units: number,
  build: (blocks: readonly Block[], max: number) => T,
): T {
  for (const max of textLengths) {
    const built = build(blocks, max);
    if (sizeOf(built) <= units) return built;
  }
  for (let count = blocks.length - 1; count >= 0; count -= 1) {
    const built = build([...blocks.slice(0, count), more], shortest);
    if (sizeOf(built) <= units) return built;
  }
  throw new Error('The buttons of this message alone are too large for a card');
}
