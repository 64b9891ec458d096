import { type Form, type Option, question } from '../../messages/form.ts';
import { type Block, type Button, type ButtonStyle, does, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { dayWords } from '../../time/words.ts';
import type { Wishes, WishKind } from './wish-rules.ts';

export const problems = { some: 'Some answers need changing.' } as const;

export const refusals = {
  notAgreed:
    'You have not agreed that we introduce you to peers. Change what you agree to in your settings, and then say who you would like to meet.',
} as const;

export interface KnownWishes {
  readonly said: Wishes;
  readonly experiences: readonly Option[];
  readonly themes: readonly Option[];
  /** Not where everybody is in a group anyway. */
  readonly asksGroup: boolean;
}

const kinds: Readonly<Record<WishKind, string>> = {
  anybody: 'Anybody who suits me',
  'new-to-role': 'Somebody new to their role',
  experience: 'Somebody who has been through something',
  theme: 'Somebody interested in a theme',
};

function onlyFor(kind: WishKind): string {
  return `Only if you chose “${kinds[kind]}”.`;
}

const yesOrNo: readonly Option[] = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
];

export function wishesForm({ said, experiences, themes, asksGroup }: KnownWishes): Form {
  const { wish, wantsGroup } = said;
  return {
    heading: 'Who you would like to meet',
    body: [
      paragraph('We use this for your next match. Then it ends. We cannot promise it, but it counts for a lot.'),
      paragraph('We tell the person you meet what you asked for.'),
    ],
    fields: [
      {
        ...question('wish', 'Who would you like to meet?'),
        value: wish?.kind ?? 'anybody',
        kind: 'choice',
        options: Object.entries(kinds).map(([value, label]) => ({ value, label })),
      },
      {
        ...question('experience', 'What have they been through?', onlyFor('experience')),
        value: wish?.kind === 'experience' ? wish.experience : '',
        required: false,
        kind: 'choice',
        options: experiences,
      },
      {
        ...question('theme', 'Which theme?', onlyFor('theme')),
        value: wish?.kind === 'theme' ? wish.theme : '',
        required: false,
        kind: 'choice',
        options: themes,
      },
      ...(asksGroup ? [groupField(wantsGroup)] : []),
    ],
    submitLabel: 'Save',
    completes: asksGroup ? { kind: 'matching.wishes' } : { kind: 'matching.wishes', group: 'no' },
    openedBy: { kind: 'matching.open-wishes' },
  };
}

function groupField(wantsGroup: boolean): Form['fields'][number] {
  const hint = 'You would be three or four people. Otherwise you are two.';
  return {
    ...question('group', 'Would you rather meet in a group?', hint),
    value: wantsGroup ? 'yes' : 'no',
    kind: 'choice',
    options: yesOrNo,
  };
}

/* As they stand after "you asked for". */

export const groupWords = 'a group of three or four';
export const newToRoleWords = 'somebody new to their role';

/** @param experience as it stands in a sentence */
export function throughWords(experience: string): string {
  return `somebody who has been through ${experience}`;
}

export function interestedWords(theme: string): string {
  return `somebody interested in “${theme}”`;
}

/** @param asked what they asked for, in parts; empty for nothing */
export function askedWords(asked: readonly string[]): string {
  return asked.length === 0 ? '' : `You asked for ${together(asked)}.`;
}

/** Opens the form for it. */
export function wishButton(asked: readonly string[], style: ButtonStyle = 'plain'): Button {
  const label = asked.length === 0 ? 'Say who you would like to meet' : 'Change what you asked for';
  return does(label, { kind: 'matching.open-wishes' }, style);
}

export interface SavedWishes {
  readonly asked: readonly string[];
  /** When the round is; `undefined` where none is planned. */
  readonly round: Date | undefined;
  readonly zone: string;
  readonly skipsRound: boolean;
}

export function savedWishes({ asked, round, zone, skipsRound }: SavedWishes): Message {
  const text =
    asked.length === 0 ? 'We have saved that anybody who suits you is fine.' : 'We have saved what you asked for.';
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round, zone)}`;
  const holds = skipsRound ? `You sit out ${which}, so this does not count.` : `This holds for ${which}.`;
  const more: readonly Block[] = asked.length === 0 ? [] : [paragraph(askedWords(asked))];
  const take = does('Take part after all', { kind: 'membership.take-round' });
  return {
    summary: text,
    heading: 'Saved',
    body: [paragraph(text), ...more, paragraph(holds)],
    buttons: [does('Change this', { kind: 'matching.open-wishes' }), ...(skipsRound ? [take] : [])],
  };
}
