import type { types } from '@slack/bolt';
import { limits } from './limits.ts';
import { plain } from './text.ts';
import { words } from './words.ts';

/** What is left on a surface: a number of blocks and a size, in what `measure` counts. */
export interface Room {
  readonly blocks: number;
  readonly size: number;
  readonly measure: (block: types.AnyBlock) => number;
}

export const messageRoom: Room = { blocks: limits.messageBlocks, size: limits.messageBlocksText, measure: textLength };
/** Of a modal, and of a home. */
export const viewRoom: Room = { blocks: limits.viewBlocks, size: limits.viewBytes, measure: jsonBytes };

export function without(room: Room, blocks: readonly types.AnyBlock[]): Room {
  return { ...room, blocks: room.blocks - blocks.length, size: room.size - size(blocks, room) };
}

export function half(room: Room): Room {
  return { ...room, blocks: Math.floor(room.blocks / 2), size: Math.floor(room.size / 2) };
}

export function fits(blocks: readonly types.AnyBlock[], room: Room): boolean {
  return blocks.length <= room.blocks && size(blocks, room) <= room.size;
}

/** As many of the first blocks as there is room for; where some are left out, the last one says so. */
export function trim(blocks: readonly types.AnyBlock[], room: Room): readonly types.AnyBlock[] {
  if (fits(blocks, room)) return blocks;
  let left = without(room, [more]);
  const kept: types.AnyBlock[] = [];
  for (const block of blocks) {
    if (!fits([block], left)) break;
    kept.push(block);
    left = without(left, [block]);
  }
  return [...kept, more];
}

/** Says that something was left out. */
export const more: types.SectionBlock = { type: 'section', text: plain(words.more, limits.sectionText) };

function size(blocks: readonly types.AnyBlock[], room: Room): number {
  return blocks.reduce((sum, block) => sum + room.measure(block), 0);
}

function jsonBytes(block: types.AnyBlock): number {
  return Buffer.byteLength(JSON.stringify(block));
}

/** The characters a reader sees: every `text` that is a string, wherever it stands in the block. */
function textLength(block: types.AnyBlock): number {
  let length = 0;
  JSON.stringify(block, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') length += value.length;
    return value;
  });
  return length;
}
