import * as matching from '../../src/matching/messages.ts';
import * as general from '../../src/messages/messages.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';
import { memberOf } from './card-contents.ts';

const matches: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const other = { ...member, name: contents.otherName };
    return {
      introduction: messages(
        matching.introduction(member, { question: contents.wording }, true),
        matching.introduction(member, { question: '' }, false),
      ),
      groupIntroduction: messages(
        matching.groupIntroduction([member, other], { question: contents.wording }),
        matching.groupIntroduction([member, other], { question: '' }),
      ),
      leftOut: messages(
        matching.leftOut('odd-number'),
        matching.leftOut('met-everyone'),
        matching.leftOut('nobody-free'),
      ),
      noMatchYet: messages(matching.noMatchYet('every two weeks')),
    };
  },
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
