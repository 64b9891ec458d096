import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SlackEmulator } from './slack-emulator.ts';
import { objectionsToMessage } from './slack-limits.ts';
import { readBlocks, type ShownBlock } from './slack-screen.ts';

/** One card in a person's chat. Slack holds the lasting ones, and this client the ones only they see. */
interface Card {
  readonly container: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly blocks: readonly ShownBlock[];
  /** The id of a card that only they see; '' for one that lasts. */
  readonly ephemeral: string;
}

export interface SlackChat {
  /** The oldest first. */
  cards(): readonly Card[];
  /** An answer for this person alone; it may take the place of the one it answers. */
  receive(answer: unknown, original: string): void;
}

interface Ephemeral {
  readonly id: string;
  /** How many messages of the bot stood above it when it came. */
  readonly after: number;
  readonly text: string;
  readonly blocks: readonly ShownBlock[];
}

const Answer = z.object({
  response_type: z.literal('ephemeral'),
  replace_original: z.boolean(),
  text: z.string(),
  blocks: z.array(z.unknown()),
});

export function createSlackChat(emulator: SlackEmulator, user: string): SlackChat {
  let ephemerals: readonly Ephemeral[] = [];
  return {
    cards() {
      const lasting = emulator.messagesTo(user).flatMap(({ ts, channel_id, text, blocks }, index) => {
        const container = { type: 'message', message_ts: ts, channel_id, is_ephemeral: false };
        return [{ container, text, blocks: readBlocks(blocks), ephemeral: '' }, ...below(ephemerals, index + 1)];
      });
      return [...below(ephemerals, 0), ...lasting];
    },
    receive(answer, original) {
      const { replace_original, text, blocks } = Answer.parse(answer);
      refuse(objectionsToMessage({ text, blocks }));
      const old = replace_original ? ephemerals.find(({ id }) => id === original) : undefined;
      const after = old?.after ?? emulator.messagesTo(user).length;
      const next = { id: randomUUID(), after, text, blocks: readBlocks(blocks) };
      ephemerals = old === undefined ? [...ephemerals, next] : ephemerals.map((one) => (one === old ? next : one));
    },
  };
}

function below(ephemerals: readonly Ephemeral[], position: number): readonly Card[] {
  const here = ephemerals.filter(({ after }) => after === position);
  return here.map(({ id, text, blocks }) => {
    const container = { type: 'message', message_ts: '1.1', channel_id: 'DANY', is_ephemeral: true };
    return { container, text, blocks, ephemeral: id };
  });
}

export function refuse(objections: readonly string[]): void {
  if (objections.length > 0) throw new Error(`Slack would refuse this: ${objections.join('; ')}`);
}
