import * as digests from '../../src/digests/messages.ts';
import { type Chapter, messages, pages } from './card-catalogue-chapter.ts';

const month = '2027-03';

export const digestChapters: Readonly<Record<string, Chapter>> = {
  'digests/messages.ts': {
    parts: [],
    examples: ({ answer, topic }) => {
      const theme = { framework: 'chief-executives', theme: 'good-governance', name: topic, people: 5, councils: 3 };
      const shown = { month, theme: 'chief-executives/good-governance', name: topic };
      const text = { wording: 'Who last told you something you did not want to hear?', text: answer };
      return {
        digest: messages(
          digests.digest(month, [theme, { ...theme, name: 'Public ethics', people: 10, councils: 9 }], true),
          digests.digest(month, [theme], false),
        ),
        digestPage: pages(
          digests.digestPage(month, [{ ...theme, shared: 5 }], '2027-02'),
          digests.digestPage(month, [{ ...theme, shared: 0 }], undefined),
        ),
        themePage: pages(digests.themePage(shown, [text], 8, true), digests.themePage(shown, [], undefined, false)),
        noDigest: pages(digests.noDigest()),
      };
    },
  },
};
