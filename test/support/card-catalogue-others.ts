import * as matching from '../../src/matching/messages.ts';
import { LeftOutReason } from '../../src/matching/solving/model.ts';
import * as general from '../../src/messages/messages.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';

const matches: Chapter = {
  parts: [],
  examples: () => ({
    leftOut: messages(...LeftOutReason.options.map(matching.leftOut)),
  }),
};

const everywhere: Chapter = {
  parts: ['isRefusal', 'isRefused'],
  examples: ({ title, reason }) => ({
    invitation: messages(general.invitation(title, { kind: 'reflections.journal' })),
    refusal: messages(general.refusal(reason)),
    fault: messages(general.fault()),
    outdated: messages(general.outdated()),
  }),
};

export const otherChapters: Readonly<Record<string, Chapter>> = {
  'matching/messages.ts': matches,
  'messages/messages.ts': everywhere,
  'framework/messages.ts': { parts: ['why'], examples: () => ({}) },
};
