import type { Field, Form, Option } from '../messages/form.ts';
import { question, writeValues } from '../messages/form.ts';
import { type Block, does, type Message, paragraph } from '../messages/message.ts';
import type { Level, Member, NetworkSettings, PromptRhythm } from '../network/model.ts';
import { begin, promptRhythmWords, promptTimeWords, roundsWords } from '../network/rhythm-words.ts';
import { zoneLabel } from '../network/zones.ts';
import { clockWords } from '../time/words.ts';
import type { Agreements } from './consents.ts';
import { lengths } from './model.ts';

/** Each level as a person knows it. */
export const levelOptions: readonly (Option & { readonly value: Level })[] = [
  { value: 'manager', label: 'Manager or head of service' },
  { value: 'director', label: 'Director' },
  { value: 'chief executive', label: 'Chief executive' },
];

const yesOrNo: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** Somebody on their way in is told how far they are; a member only changes one thing. */
interface Asked {
  readonly isMember: boolean;
}

const steps = 4;

function headingOf({ isMember }: Asked, step: number, own: string): string {
  return isMember ? own : `Join: ${own.charAt(0).toLowerCase()}${own.slice(1)} (${step} of ${steps})`;
}

function submitLabel({ isMember }: Asked): string {
  return isMember ? 'Save' : 'Continue';
}

export interface KnownWork extends Asked {
  readonly member: Pick<Member, 'council' | 'role' | 'level'>;
  readonly newlyAppointed: boolean;
}

export function aboutForm(known: KnownWork): Form {
  const { member, newlyAppointed, isMember } = known;
  const early = 'Less than a year. If you are, we help you find your way in the first 6 weeks.';
  return {
    heading: headingOf(known, 1, 'Your work'),
    body: isMember ? [] : [paragraph('Joining is your choice. We send you nothing before the last step.')],
    fields: [
      { ...question('council', 'Council'), value: member.council, kind: 'line', maxLength: lengths.line },
      { ...question('role', 'Job title'), value: member.role, kind: 'line', maxLength: lengths.line },
      { ...question('level', 'Level'), value: member.level, kind: 'choice', options: levelOptions },
      {
        ...question('newly', 'Are you new in this role?', early),
        value: newlyAppointed ? 'yes' : 'no',
        kind: 'choice',
        options: yesOrNo,
      },
    ],
    submitLabel: submitLabel(known),
    completes: { kind: 'joining.about' },
    openedBy: { kind: 'joining.open-about' },
  };
}

export interface KnownInterests extends Asked {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
}

export function interestsForm(known: KnownInterests): Form {
  return {
    heading: headingOf(known, 2, 'Your interests'),
    body: [
      paragraph(
        'Prompts lean to the themes you choose. You still get some from every theme. We also look for peers who share them, and tell you both.',
      ),
    ],
    fields: [
      {
        ...question('interests', 'Themes that interest you', 'Choose as many as you like, or none.'),
        value: writeValues(known.chosen),
        required: false,
        kind: 'choices',
        options: known.options,
      },
    ],
    submitLabel: submitLabel(known),
    completes: { kind: 'joining.interests' },
    openedBy: { kind: 'joining.open-interests' },
  };
}

export interface KnownHours extends Asked {
  readonly zone: string;
  readonly zones: readonly Option[];
  readonly from: string;
  readonly until: string;
}

export function hoursForm(known: KnownHours): Form {
  return {
    heading: headingOf(known, 3, 'Your working hours'),
    body: [
      paragraph('We send prompts by the clock of your time zone. We keep your hours for suggesting times to meet.'),
    ],
    fields: [
      { ...question('zone', 'Time zone'), value: known.zone, kind: 'choice', options: known.zones },
      { ...question('from', 'You start work at'), value: known.from, kind: 'time' },
      { ...question('until', 'You finish work at'), value: known.until, kind: 'time' },
    ],
    submitLabel: submitLabel(known),
    completes: { kind: 'joining.hours' },
    openedBy: { kind: 'joining.open-hours' },
  };
}

export interface KnownAgreements extends Asked {
  /** `undefined` for somebody who has not said: nothing is chosen for them. */
  readonly said: Agreements | undefined;
  readonly settings: NetworkSettings;
  readonly rhythm: PromptRhythm;
}

export function agreementsForm(known: KnownAgreements): Form {
  const { said, settings, isMember } = known;
  const often = begin(promptRhythmWords(known.rhythm));
  return {
    heading: headingOf(known, 4, 'What you agree to'),
    body: agreementsIntroduction(isMember),
    fields: [
      yesNoField(
        'prompts',
        'Can we send you questions to reflect on?',
        `${often}, at ${promptTimeWords(settings)} where you are. Only you can read your answers, unless you share one.`,
        said?.prompts,
      ),
      yesNoField(
        'matching',
        'Can we introduce you to peers?',
        `${roundsWords(settings)}. The peer sees your name, role, council and work email, and why we matched you.`,
        said?.matching,
      ),
      yesNoField(
        'findable',
        'Can other members find you?',
        'Members who search see your name, role, council, cohort and work email. Conveners are shown to everybody.',
        said?.findable,
      ),
    ],
    submitLabel: isMember ? 'Save' : 'Join the network',
    completes: { kind: 'joining.agreements' },
    openedBy: { kind: 'joining.open-agreements' },
  };
}

function agreementsIntroduction(isMember: boolean): readonly Block[] {
  if (isMember) return [paragraph('You can change these at any time. Each holds from when you save it.')];
  return [
    paragraph('Each is your own choice. You can join with three times no, and change any of them later.'),
    paragraph('Every member can take part in conversations. Others there see your name, role and council.'),
  ];
}

function yesNoField(name: string, label: string, hint: string, said: boolean | undefined): Field {
  const value = said === undefined ? '' : said ? 'yes' : 'no';
  return { ...question(name, label, hint), value, kind: 'choice', options: yesOrNo };
}

export function savedWork(member: Pick<Member, 'council' | 'role'>): Message {
  return changed(`We have saved that you are ${member.role} at ${member.council}.`);
}

/** @param names of the themes chosen */
export function savedInterests(names: readonly string[]): Message {
  return changed(
    names.length === 0
      ? 'We have saved that no theme interests you more than others.'
      : `We have saved your interests: ${names.join(', ')}.`,
  );
}

export function savedHours(hours: { readonly zone: string; readonly from: string; readonly until: string }): Message {
  return changed(
    `We have saved that you work from ${clockWords(hours.from)} to ${clockWords(hours.until)}, on ${zoneLabel(hours.zone)}.`,
  );
}

export function savedAgreements({ prompts, matching, findable }: Agreements): Message {
  const said = [
    prompts ? 'We send you questions to reflect on.' : 'We send you no questions to reflect on.',
    matching ? 'We introduce you to peers.' : 'We do not introduce you to peers.',
    findable ? 'Other members can find you.' : 'Other members cannot find you.',
  ];
  return { ...changed('We have saved what you agree to.'), body: [{ kind: 'list', items: said }] };
}

function changed(text: string): Message {
  return {
    summary: text,
    heading: 'Saved',
    body: [paragraph(text)],
    buttons: [does('Settings', { kind: 'network.settings' })],
  };
}
