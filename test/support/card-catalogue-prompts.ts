import * as prompts from '../../src/reflections/prompt-messages.ts';
import { type Chapter, messages } from './card-catalogue-chapter.ts';
import { promptOf } from './card-everything.ts';

const chapter: Chapter = {
  parts: [],
  examples: (contents) => {
    const sent = promptOf(contents);
    const laterDays = [
      { day: 'tomorrow', words: 'tomorrow' },
      { day: 'thursday', words: 'on Thursday' },
    ] as const;
    const open = { sent, state: 'open', swaps: 0, canSwap: true, isThisWeek: true, comesAgain: '', laterDays } as const;
    return {
      promptCard: messages(
        prompts.promptCard(open),
        prompts.promptCard({ ...open, isThisWeek: false }),
        prompts.promptCard({ ...open, swaps: 1 }),
        prompts.promptCard({ ...open, swaps: 2, canSwap: false }),
        prompts.promptCard(open, 'nothing-else'),
        prompts.promptCard({ ...open, laterDays: [] }, 'no-such-day'),
        prompts.promptCard({
          ...open,
          comesAgain: '9am on Thursday 11 March',
          laterDays: [{ day: 'tomorrow', words: 'tomorrow' }],
        }),
        prompts.promptCard({ ...open, state: 'skipped' }),
        prompts.promptCard({ ...open, state: 'answered' }),
        prompts.promptCard({ ...open, state: 'past' }),
      ),
      reminder: messages(prompts.reminder({ ...open, laterDays: [{ day: 'tomorrow', words: 'tomorrow' }] })),
      whyThisOne: messages(prompts.whyThisOne(sent, false), prompts.whyThisOne(sent, true)),
      rhythmOffer: messages(
        prompts.rhythmOffer('weekly'),
        prompts.rhythmOffer('fortnightly'),
        prompts.rhythmOffer('monthly'),
      ),
    };
  },
};

export const promptChapters: Readonly<Record<string, Chapter>> = { 'reflections/prompt-messages.ts': chapter };
