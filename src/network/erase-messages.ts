import { does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Member, MemberStatus } from './model.ts';

/** What we held about somebody who is no member. */
export interface HeldOfStranger {
  /** Where to greet them, because they have our app. */
  readonly greeting: boolean;
  /** That they asked to connect the account to a membership. */
  readonly request: boolean;
  /** That they asked the conveners to let them in. */
  readonly joining: boolean;
  /** How often they typed a wrong code. */
  readonly codes: boolean;
}

export function confirmErase(): Message {
  return {
    summary: 'Erasing removes everything we hold about you. It cannot be undone. Confirm that you want it.',
    heading: 'Do you want us to erase everything?',
    body: [
      paragraph('This cannot be undone. We will erase:'),
      {
        kind: 'list',
        items: [
          'your reflections, those you shared too, and the prompts we sent you',
          'your matches, on your side and on the other’s',
          'your seats, and the topics you suggested',
          'whom you look out for, who looks out for you, and whom you never want to be matched with',
          'your name, your settings and your accounts here',
        ],
      },
      paragraph('We will cancel the conversations you were to host, and tell those who had a place.'),
      paragraph('What we have sent to others already stays with them, such as an email with your name.'),
      paragraph(whatStays),
    ],
    buttons: [
      does('Erase everything', { kind: 'network.confirm-erase' }, 'warning'),
      does('Get everything first', { kind: 'network.export' }),
    ],
  };
}

const whatStays =
  'We keep a code made from your email address. Nobody can read the address from it. It keeps you off later lists, and lets us match nobody with you twice if you come back.';

/** To somebody who is on the roster and never joined. */
export function confirmEraseListed({ name, email, role, level, council, cohort }: Listed): Message {
  return {
    summary: 'You are on the list of people who may join. Confirm that you want us to take you off it.',
    heading: 'Do you want us to take you off the list?',
    body: [
      paragraph('You have not joined. You are on the list of people who may, and it says this about you:'),
      facts(
        ['Name', name],
        ['Email', email],
        ['Role', role],
        ['Level', level],
        ['Council', council],
        ...(cohort === '' ? [] : [['Cohort', cohort] as const]),
      ),
      paragraph('We will erase all of it. You cannot join any more, unless you ask a convener.'),
      paragraph(
        'We keep a code made from your email address, to keep you off later lists. Nobody can read the address from it.',
      ),
    ],
    buttons: [does('Take me off the list', { kind: 'network.confirm-erase' }, 'warning')],
  };
}

type Listed = Pick<Member, 'name' | 'email' | 'role' | 'level' | 'council' | 'cohort'>;

/** @param was how they stood in the network before */
export function erased(was: MemberStatus): Message {
  const text = 'We have erased everything we held about you.';
  const calledOff = 'What you were to host is cancelled, and those who had a place are told.';
  const freed = `Your seats are free again. ${calledOff}`;
  return {
    summary: text,
    heading: 'Erased',
    body: [
      paragraph(text),
      ...(was === 'active' ? [paragraph(freed)] : []),
      ...(was === 'guest' ? [paragraph(calledOff)] : []),
      paragraph(
        'A later list of people who may join will not bring you back. If you want to come back, ask a convener.',
      ),
    ],
    buttons: [],
  };
}

/** To somebody who has not joined where they ask from, and whom the roster does not name. */
export function erasedStranger({ greeting, request, joining, codes }: HeldOfStranger): Message {
  const items = [
    ...(greeting
      ? ['Your id here, that of your organisation, and where to write to you, because you have our app.']
      : []),
    ...(request
      ? ['You asked to connect this account to a membership. We kept its id and where to write to you.']
      : []),
    ...(joining ? ['You asked to join. We kept what you wrote, and where to write to you.'] : []),
    ...(codes ? ['You typed a code that did not work. We kept your id here, to count how often.'] : []),
  ];
  const isNothing = items.length === 0;
  const text = isNothing ? 'We hold nothing about you here.' : 'We have erased what we held about you here.';
  return {
    summary: text,
    heading: isNothing ? 'Nothing to erase' : 'Erased',
    body: [
      paragraph(text),
      ...(isNothing ? [] : [paragraph('It was this, and nothing else:'), { kind: 'list', items } as const]),
      paragraph('If you have joined in another place, type “erase” there.'),
      paragraph(
        'Your convener keeps the list of people who may join. If you are on it under another address, ask them to take you off it.',
      ),
    ],
    buttons: [],
  };
}
