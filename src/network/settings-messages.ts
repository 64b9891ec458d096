import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { momentWords } from '../time/words.ts';
import type { Choice, Choices, Source } from './choices.ts';
import { offeredLanguages, offeredZones } from './following.ts';
import { languageLabel } from './languages.ts';
import { membershipCards } from './membership-cards.ts';
import { type Member, nameLength } from './model.ts';
import type { ShownSettings } from './settings-shown.ts';
import { hoursWords } from './settings-words.ts';
import { zoneLabel } from './zones.ts';

export const problems = {
  some: 'Some answers need changing.',
  name: 'Enter a name, or leave this empty to be called what we would call you without it.',
  nameTooLong: `Your name must be ${nameLength} characters or fewer.`,
  zone: 'Choose a time zone from the list.',
  locale: 'Choose a language from the list.',
} as const;

export function settings(shown: ShownSettings): Page {
  const { announcements } = shown;
  return {
    heading: 'Your settings',
    body: [paragraph('This is what we use for you. What you choose yourself comes first.')],
    cards: [
      aboutYou(shown),
      ...membershipCards(shown),
      ...(announcements === undefined ? [] : [announcementsCard(announcements === 'chosen')]),
      held(),
      wayOut([does('Leave the network', { kind: 'network.leave' }, 'warning'), eraseButton]),
    ],
  };
}

/** For somebody who left, or was never in: we may hold something about them all the same. */
export function settingsOfOutsider(): Page {
  return {
    heading: 'Your settings',
    body: [paragraph('You are not in the network now. We send you nothing.')],
    cards: [held(), wayOut([eraseButton])],
  };
}

/** Whose word something is, as it stands behind the value. */
export const sourceWords: Readonly<Record<Source, string>> = {
  member: 'your choice',
  slack: 'from Slack',
  teams: 'from Microsoft Teams',
  platform: 'from the platform you use',
  list: 'from the network’s list',
  network: 'what we use unless you say otherwise',
};

function withSource(words: string, { source }: Choice): string {
  return `${words} (${sourceWords[source]})`;
}

function aboutYou({ member, choices, worksFrom, worksUntil }: ShownSettings): Message {
  return {
    summary: `We call you ${member.name} and use ${zoneLabel(member.zone)}.`,
    heading: 'About you',
    body: [
      facts(
        ['Name', withSource(choices.name.value, choices.name)],
        ['Work', `${member.role}, ${member.council}`],
        ['Time zone', withSource(zoneLabel(choices.zone.value), choices.zone)],
        ['Language', withSource(languageLabel(choices.locale.value), choices.locale)],
        ['Working hours', hoursWords(worksFrom, worksUntil)],
      ),
    ],
    buttons: [
      does('Change', { kind: 'network.open-preferences' }, 'main'),
      does('Change your work', { kind: 'joining.open-about' }),
      does('Change your hours', { kind: 'joining.open-hours' }),
    ],
  };
}

export function findableWords(findable: boolean): string {
  return findable ? 'Yes' : 'No';
}

function announcementsCard(isChosen: boolean): Message {
  const text = isChosen
    ? 'A channel is chosen here. We announce conversations in it.'
    : 'No channel is chosen here. We announce conversations to each member alone.';
  const choose = { kind: 'network.open-announcements' } as const;
  const stop = does('Stop', { kind: 'network.stop-announcements' }, 'warning');
  return {
    summary: text,
    heading: 'Announcements',
    body: [paragraph(text)],
    buttons: isChosen ? [does('Choose another channel', choose), stop] : [does('Choose a channel', choose)],
  };
}

function held(): Message {
  const text = 'You can see everything we hold about you, and keep a copy.';
  return {
    summary: text,
    heading: 'What we hold about you',
    body: [paragraph(text)],
    buttons: [does('See everything', { kind: 'network.export' })],
  };
}

const eraseButton: Button = does('Erase everything', { kind: 'network.erase' }, 'warning');

function wayOut(buttons: readonly Button[]): Message {
  const text = 'We ask you to confirm before we do anything.';
  const heading = buttons.length > 1 ? 'Leave or erase' : 'Erase';
  return { summary: text, heading, body: [paragraph(text)], buttons };
}

export function preferencesForm({ name }: Member, choices: Choices): Form {
  return {
    heading: 'Change your settings',
    body: [],
    fields: [
      {
        ...question('name', 'Your name', 'Leave this empty to go back to the name we had for you.'),
        required: false,
        // A name of the list may be longer than one that can be chosen: half of it would be taken for a choice.
        value: name.length > nameLength ? '' : name,
        kind: 'line',
        maxLength: nameLength,
      },
      {
        ...question('zone', 'Time zone', 'We send your prompt at its hour on your own clock.'),
        kind: 'choice',
        ...offeredZones(choices),
      },
      {
        ...question('locale', 'Language', 'We write in English for now. We keep your choice for when we have more.'),
        kind: 'choice',
        ...offeredLanguages(choices),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'network.preferences' },
    openedBy: { kind: 'network.open-preferences' },
  };
}

/** @param next when their next prompt comes, where their zone has changed */
export function saved(member: Member, next: Date | undefined, now: Date): Message {
  const text = 'We have saved your settings.';
  const moved = next === undefined ? [] : [paragraph(nextPromptWords(next, now, member.zone))];
  return {
    summary: text,
    heading: 'Settings saved',
    body: [
      paragraph(text),
      facts(['Name', member.name], ['Time zone', zoneLabel(member.zone)], ['Language', languageLabel(member.locale)]),
      ...moved,
    ],
    buttons: [does('See your settings', { kind: 'network.settings' })],
  };
}

function nextPromptWords(next: Date, now: Date, zone: string): string {
  return next > now
    ? `Your next prompt comes at ${momentWords(next, zone)}.`
    : 'It is past the time of this week’s prompt where you are, so it comes now.';
}
