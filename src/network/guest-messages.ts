import { does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Member } from './model.ts';

/** To a guest who asks to be erased: all that we hold is small enough to be shown. */
export function confirmEraseGuest({ name, email, role, council }: Told): Message {
  return {
    summary: 'Erasing removes everything we hold about you. It cannot be undone. Confirm that you want it.',
    heading: 'Do you want us to erase everything?',
    body: [
      paragraph('You are a guest of the network. We hold this about you:'),
      facts(['Name', name], ['Email', email], ['Role', role], ['Organisation', council]),
      paragraph('We will erase it, with what you wrote about conversations. This cannot be undone.'),
      paragraph('We will cancel the conversations you were to host, and tell those who had a place.'),
      paragraph('What we have sent to others already stays with them, such as a card with your name.'),
      paragraph(
        'We keep a code made from your email address, so that nobody makes you a guest again unasked. Nobody can read the address from it.',
      ),
    ],
    buttons: [
      does('Erase everything', { kind: 'network.confirm-erase' }, 'warning'),
      does('Get everything first', { kind: 'network.export' }),
    ],
  };
}

type Told = Pick<Member, 'name' | 'email' | 'role' | 'council'>;
