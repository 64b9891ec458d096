import { does, type Message, paragraph } from '../messages/message.ts';
import type { HeldOfStranger } from './erase-stranger.ts';

export function confirmErase(): Message {
  return {
    summary: 'Erasing removes everything we hold about you. It cannot be undone. Confirm that you want it.',
    heading: 'Do you want us to erase everything?',
    body: [
      paragraph('This cannot be undone. We will erase:'),
      {
        kind: 'list',
        items: [
          'your reflections, and the prompts we sent you',
          'your matches, on your side and on the other’s',
          'your seats, and the topics you suggested',
          'your name, your settings and your accounts here',
        ],
      },
      paragraph('We will cancel the conversations you were to host, and tell those who had a place.'),
      paragraph('What we have sent to others already stays with them, such as an email with your name.'),
    ],
    buttons: [
      does('Erase everything', { kind: 'network.confirm-erase' }, 'warning'),
      does('Get everything first', { kind: 'network.export' }),
    ],
  };
}

export function erased(): Message {
  const text = 'We have erased everything we held about you.';
  return {
    summary: text,
    heading: 'Erased',
    body: [
      paragraph(text),
      paragraph('Your seats are free again. What you were to host is cancelled, and those who had a place are told.'),
      paragraph('Your convener keeps the list of people who may join. Ask them to take you off it.'),
    ],
    buttons: [],
  };
}

/** To somebody who has not joined where they ask from. */
export function erasedStranger({ greeting, request }: HeldOfStranger): Message {
  const items = [
    ...(greeting
      ? ['Your id here, that of your organisation, and where to write to you, because you have our app.']
      : []),
    ...(request
      ? ['You asked to connect this account to a membership. We kept its id and where to write to you.']
      : []),
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
      paragraph('Your convener keeps the list of people who may join. If you are on it, ask them to take you off it.'),
    ],
    buttons: [],
  };
}
