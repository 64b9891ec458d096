import { does, type Message, paragraph } from '../messages/message.ts';

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
