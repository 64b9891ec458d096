import * as before from '../../src/matching/asking/before-messages.ts';
import { experienceLabels, experienceOptions } from '../../src/matching/asking/experience-list.ts';
import * as experiences from '../../src/matching/asking/experience-messages.ts';
import * as wishes from '../../src/matching/asking/wish-messages.ts';
import { noWishes } from '../../src/matching/asking/wish-rules.ts';
import * as introducing from '../../src/matching/introductions/messages.ts';
import { type PlainReason, reasonWords } from '../../src/matching/introductions/reason-messages.ts';
import {
  meetsWords,
  nextStepButtons,
  noTimesWords,
  standingWords,
  suggestWords,
  wereToMeetWords,
} from '../../src/matching/times/card-messages.ts';
import { accepts, anotherTime, inCalendar, suggestButtons, suggestsOwn } from '../../src/matching/times/messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { paragraph } from '../../src/messages/message.ts';
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
    const times: introducing.TimesShown = { body: [], buttons: [], date: 'none' };
    const [at, names] = [round, [contents.otherName]];
    const offered = {
      ...times,
      body: suggestWords([at, at, at], names),
      buttons: nextStepButtons(id, [at, at, at], zone),
    };
    const change = [...suggestButtons(id, [at, at], zone, 'Change to'), suggestsOwn('Change to another time', id)];
    const agreed = { at, names, canChange: true };
    const ahead = {
      body: meetsWords(agreed, zone),
      buttons: [inCalendar(id, 'main'), ...change],
      date: 'ahead',
    } as const;
    const standing = { at, saysYes: false, suggestedBy: contents.otherName };
    const asked = {
      body: [paragraph(standingWords(standing, zone))],
      buttons: [accepts(id, at), ...suggestButtons(id, [at], zone), suggestsOwn(anotherTime, id)],
      date: 'asked',
    } as const;
    const begun = {
      body: wereToMeetWords({ ...agreed, saidNotMet: false }, zone),
      buttons: [...suggestButtons(id, [at], zone), suggestsOwn(anotherTime, id)],
      date: 'begun',
    } as const;
    const notMet = { ...begun, body: wereToMeetWords({ ...agreed, saidNotMet: true }, zone) };
    const pair: introducing.Introduction = {
      matchId: id,
      others: [other],
      why,
      starter,
      unmet: [],
      state: 'open',
      saidNotMet: false,
      isOver: false,
      isComplete: false,
      times: offered,
    };
    const plain = { ...pair, others: [{ ...other, isOnTeams: false }], why: [], starter: { question: '' }, times };
    const three = {
      ...pair,
      others: [other, { ...other, isOnTeams: false }],
      unmet: [wishes.interestedWords(contents.theme)],
    };
    const four = { ...three, others: [other, { ...other, name: contents.name }, { ...other, isOnTeams: false }] };
    const lesserWhy = reasonWords(lesser, 3, { is: 'all' });
    return {
      introduction: messages(
        introducing.introduction(pair),
        introducing.introduction({ ...plain, state: 'dated' }),
        introducing.introduction({ ...plain, state: 'met', isOver: true }),
        introducing.introduction({ ...pair, state: 'met', isOver: true, times: ahead }),
        introducing.introduction({ ...pair, state: 'met', isOver: true, times: asked }),
        introducing.introduction({ ...pair, isOver: true, times: ahead }),
        introducing.introduction({ ...pair, state: 'dated', times: ahead }),
        introducing.introduction({ ...plain, state: 'dated', isOver: true, times: begun }),
        introducing.introduction({ ...plain, state: 'dated', saidNotMet: true, times: notMet }),
        introducing.introduction({ ...pair, saidNotMet: true }),
        introducing.introduction({ ...pair, saidNotMet: true, isOver: true, isComplete: true }),
        introducing.introduction({ ...pair, times: { ...times, body: [noTimesWords(names)], date: 'no-more' } }),
        introducing.introduction({
          ...three,
          times: { ...times, body: [noTimesWords([...names, ...names])], date: 'begun' },
        }),
        introducing.introduction({ ...pair, times: { ...times, body: [noTimesWords([])], date: 'no-more' } }),
        introducing.introduction({ ...three, why: lesserWhy }),
        introducing.introduction({ ...four, why: lesserWhy, state: 'dated', times: ahead }),
      ),
      emailIntroduction: messages(introducing.emailIntroduction(pair), introducing.emailIntroduction(four)),
      groupIntroduction: messages(
        introducing.groupIntroduction([other, memberOf(contents)], why, starter),
        introducing.groupIntroduction([other, memberOf(contents), other], lesserWhy, { question: '' }),
      ),
    };
  },
};

const ofWishes: Chapter = {
  parts: ['throughWords', 'interestedWords', 'askedWords', 'wishButton'],
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
  'matching/introductions/messages.ts': introductions,
  'matching/asking/wish-messages.ts': ofWishes,
  'matching/asking/before-messages.ts': {
    parts: [],
    examples: ({ theme }) => ({
      beforeRound: messages(
        before.beforeRound({ number: 2, at: round }, zone, []),
        before.beforeRound({ number: 2, at: round }, zone, [wishes.interestedWords(theme), wishes.groupWords]),
      ),
    }),
  },
  'matching/asking/experience-messages.ts': {
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
  'matching/introductions/reason-messages.ts': { parts: ['reasonWords'], examples: () => ({}) },
};
