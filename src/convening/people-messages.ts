import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { Member, MemberStatus, Permission } from '../network/model.ts';
import { permissionOptions, permissionWords } from '../network/permission-words.ts';
import { textLength } from './rules.ts';

/** How many people one search shows. Slack takes 100 blocks in a window. */
export const peopleShown = 15;

export const personProblems = {
  empty: 'Enter part of a name, email address or council.',
  permission: 'Choose what they may do from the list.',
  lastConvener: 'You are the only convener. Make somebody else a convener first.',
} as const;

const statuses: Readonly<Record<MemberStatus, string>> = {
  invited: 'Invited, has not joined',
  active: 'Joined',
  left: 'Left the network',
  guest: 'Guest, hosts by a link',
};

const console: Button = does('Back to the conveners’ page', { kind: 'convening.console' });
const findAnother: Button = does('Find somebody else', { kind: 'convening.open-find-member' });

export function findMemberForm(): Form {
  return {
    heading: 'Find somebody',
    body: [paragraph('You find everybody on the roster: those who joined, and those who have not.')],
    fields: [
      {
        ...question('query', 'Who are you looking for?', 'Part of their name, email address or council.'),
        kind: 'line',
        maxLength: textLength,
      },
    ],
    submitLabel: 'Find',
    completes: { kind: 'convening.find-member' },
    openedBy: { kind: 'convening.open-find-member' },
  };
}

/** @param all how many were found; `shown` are the first of them */
export function peopleFound(shown: readonly Member[], all: number): Page {
  const some =
    all > shown.length ? ` These are the first ${shown.length}. To see fewer, search again and say more.` : '';
  const text = all === 0 ? 'Nobody on the roster matches all your words.' : `We found ${counted(all)}.${some}`;
  return { heading: 'People we found', body: [paragraph(text)], cards: [...shown.map(card), again()] };
}

function counted(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function card(person: Member): Message {
  const { id, name, role, council, cohort, email, status, permission } = person;
  return {
    summary: `${name} is ${role} at ${council}.`,
    heading: name,
    body: [
      facts(
        ['Job title', role],
        ['Council', council],
        ...(cohort === '' ? [] : [['Cohort', cohort] as const]),
        ['Email', email],
        ['Status', statuses[status]],
        ['May act as', permissionWords(permission)],
      ),
    ],
    buttons: status === 'left' ? [] : [does('Change what they may do', { kind: 'convening.open-role', member: id })],
  };
}

function again(): Message {
  const text = 'Find somebody by their name, email address or council.';
  return { summary: text, heading: 'Find somebody else', body: [paragraph(text)], buttons: [findAnother, console] };
}

export function roleForm({ id, name, role, council, permission }: Member): Form {
  return {
    heading: 'Change what somebody may do',
    body: [
      paragraph(`${name} is ${role} at ${council}.`),
      paragraph('All members are shown the name, role, council and email of each convener.'),
    ],
    fields: [
      { ...question('permission', 'What they may do'), kind: 'choice', options: permissionOptions, value: permission },
    ],
    submitLabel: 'Save',
    completes: { kind: 'convening.role', member: id },
    openedBy: { kind: 'convening.open-role', member: id },
  };
}

const can: Readonly<Record<Permission, string>> = {
  member: 'is a member now, and neither a host nor a convener',
  host: 'is a host now, and can propose conversations',
  convener: 'is a convener now, and can run the network',
};

export function roleSaved(name: string, permission: Permission): Message {
  const text = `${name} ${can[permission]}.`;
  return { summary: text, heading: 'Saved', body: [paragraph(text)], buttons: [findAnother, console] };
}
