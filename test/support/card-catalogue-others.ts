import * as matching from '../../src/matching/messages.ts';
import { redraw } from '../../src/messages/form.ts';
import * as general from '../../src/messages/messages.ts';
import * as reflections from '../../src/reflections/messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { memberOf } from './card-contents.ts';
import { promptOf } from './card-everything.ts';

const matches: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const other = { ...member, name: contents.otherName };
    return {
      introduction: messages(
        matching.introduction(member, contents.wording, true),
        matching.introduction(member, '', false),
      ),
      groupIntroduction: messages(matching.groupIntroduction([member, other], contents.wording)),
      leftOut: messages(
        matching.leftOut('odd-number'),
        matching.leftOut('met-everyone'),
        matching.leftOut('nobody-free'),
      ),
      noMatchYet: messages(matching.noMatchYet()),
    };
  },
};

const prompts: Chapter = {
  parts: [],
  examples: (contents) => {
    const sent = promptOf(contents);
    const form = reflections.answerForm(sent, '', true);
    const entry = { sent, when: '1 March 2027', answer: contents.answer };
    return {
      prompt: messages(reflections.prompt(sent, false), reflections.prompt(sent, true)),
      answerForm: forms(
        reflections.answerForm(sent, contents.answer, false),
        form,
        redraw(form, { text: '' }, [{ field: 'text', text: reflections.problems.empty }]),
      ),
      saved: messages(reflections.saved(sent)),
      journal: pages(reflections.journal([]), reflections.journal([entry, entry, entry])),
    };
  },
};

const everywhere: Chapter = {
  parts: ['isRefusal'],
  examples: ({ title, reason }) => ({
    invitation: messages(general.invitation(title, { kind: 'reflections.journal' })),
    refusal: messages(general.refusal(reason)),
    fault: messages(general.fault()),
    outdated: messages(general.outdated()),
  }),
};

export const otherChapters: Readonly<Record<string, Chapter>> = {
  'matching/messages.ts': matches,
  'reflections/messages.ts': prompts,
  'messages/messages.ts': everywhere,
  'framework/messages.ts': { parts: ['why'], examples: () => ({}) },
};
