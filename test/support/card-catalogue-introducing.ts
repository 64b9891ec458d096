import * as before from '../../src/matching/before-messages.ts';
import { experienceLabels, experienceOptions } from '../../src/matching/experience-list.ts';
import * as experiences from '../../src/matching/experience-messages.ts';
import * as introducing from '../../src/matching/introduction-messages.ts';
import { type PlainReason, reasonWords } from '../../src/matching/reason-messages.ts';
import * as wishes from '../../src/matching/wish-messages.ts';
import { noWishes } from '../../src/matching/wish-rules.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages } from './card-catalogue-chapter.ts';
import { type Contents, memberOf } from './card-contents.ts';

const id = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a';
const round = new Date('2027-03-09T09:00:00Z');
const zone = 'Europe/London';

function reasonsOf({ name, otherName, theme }: Contents): readonly PlainReason[] {
  const [asker, other] = [
    { id: 'reader', name },
    { id: 'other', name: otherName },
  ];
  return [
    { kind: 'wish', asker, who: wishes.interestedWords(theme), wish: 'theme', whom: [other] },
    { kind: 'themes', themes: [theme, 'The core chief executive role'] },
    { kind: 'stages', theme },
    { kind: 'hours', minutes: 1830 },
  ];
}

const lesser: readonly PlainReason[] = [
  { kind: 'level' },
  { kind: 'place', is: 'same-region' },
  { kind: 'cohort' },
  { kind: 'new-to-each-other' },
];

const introductions: Chapter = {
  parts: [],
  examples: (contents) => {
    const other = { ...memberOf(contents), name: contents.otherName, isOnTeams: true };
    const why = reasonWords(reasonsOf(contents), 2, { is: 'one', id: 'reader' });
    const starter = { question: contents.wording };
    const times = { body: [], buttons: [] };
    const pair: introducing.Introduction = { matchId: id, others: [other], why, starter, state: 'open', times };
    const plain = { ...pair, others: [{ ...other, isOnTeams: false }], why: [], starter: { question: '' } };
    const three = { ...pair, others: [other, { ...other, name: contents.name }, { ...other, isOnTeams: false }] };
    const lesserWhy = reasonWords(lesser, 3, { is: 'all' });
    return {
      introduction: messages(
        introducing.introduction(pair),
        introducing.introduction({ ...plain, state: 'dated' }),
        introducing.introduction({ ...plain, state: 'met' }),
        introducing.introduction({ ...three, why: lesserWhy }),
      ),
      emailIntroduction: messages(introducing.emailIntroduction(pair), introducing.emailIntroduction(three)),
      groupIntroduction: messages(
        introducing.groupIntroduction([other, memberOf(contents)], why, starter),
        introducing.groupIntroduction([other, memberOf(contents), other], lesserWhy, { question: '' }),
      ),
    };
  },
};

const ofWishes: Chapter = {
  parts: ['throughWords', 'interestedWords', 'askedWords'],
  examples: (contents) => {
    const themes = [{ value: 'chief-executives/core-role', label: contents.theme }];
    const known: wishes.KnownWishes = { said: noWishes, experiences: experienceOptions, themes, asksGroup: true };
    const form = wishes.wishesForm(known);
    const wish = { kind: 'experience', experience: 'merger' } as const;
    const asked = [wishes.interestedWords(contents.theme), wishes.groupWords];
    const saved: wishes.SavedWishes = { asked, round, zone, skipsRound: false };
    return {
      wishesForm: forms(
        form,
        wishes.wishesForm({ ...known, said: { wish, wantsGroup: true }, asksGroup: false }),
        redraw(form, {}, [{ field: 'experience', text: wishes.problems.some }]),
      ),
      savedWishes: messages(
        wishes.savedWishes(saved),
        wishes.savedWishes({ ...saved, asked: [wishes.newToRoleWords], skipsRound: true }),
        wishes.savedWishes({ ...saved, asked: [], round: undefined }),
        wishes.savedWishes({ ...saved, asked: [], round: undefined, skipsRound: true }),
      ),
    };
  },
};

export const introducingChapters: Readonly<Record<string, Chapter>> = {
  'matching/introduction-messages.ts': introductions,
  'matching/wish-messages.ts': ofWishes,
  'matching/before-messages.ts': {
    parts: [],
    examples: ({ theme }) => ({
      beforeRound: messages(
        before.beforeRound(round, zone, []),
        before.beforeRound(round, zone, [wishes.interestedWords(theme), wishes.groupWords]),
      ),
    }),
  },
  'matching/experience-messages.ts': {
    parts: [],
    examples: () => ({
      experiencesForm: forms(
        experiences.experiencesForm(experienceOptions, []),
        experiences.experiencesForm(experienceOptions, ['merger', 'section-114']),
      ),
      savedExperiences: messages(
        experiences.savedExperiences([]),
        experiences.savedExperiences(experienceLabels(['merger', 'section-114'])),
      ),
    }),
  },
  'matching/reason-messages.ts': { parts: ['reasonWords'], examples: () => ({}) },
};
