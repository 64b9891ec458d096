import { type Block, type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { whenWords } from '../time/words.ts';
import { titleOf } from './entry-messages.ts';
import type { Planned } from './model.ts';

export const refusals = {
  notFound: telling('We could not find that in the diary. Type “diary” to see what is coming.', 'diary'),
  noPlace: telling('You have no place in that conversation, so there is nothing to add to your calendar.'),
  signIn: 'Sign in to get the address of your calendar feed. It is private, so we do not show it from an email.',
  noEvent: 'That event is no longer in the diary.',
  eventOver: 'That event is over or cancelled, so it cannot be changed.',
} as const;

function whereAndWhen(planned: Planned, zone: string): Block {
  const { startsAt, minutes, location, host, place } = planned;
  const known = [
    ['When', whenWords(startsAt, minutes, zone)],
    ['Where', location === '' ? 'Online' : location],
    ['Host', place === 'host' ? 'You' : host],
  ] as const;
  return facts(...known.filter(([, value]) => value !== ''));
}

export function fileButton(id: string): Button {
  return does('Add to your calendar', { kind: 'diary.file', of: id });
}

/**
 * By e-mail, with the entry itself: mail programs put it into the calendar, or change it there.
 *
 * @param isChange whether it is there already
 */
export function invitation(planned: Planned, zone: string, isChange: boolean): Message {
  const title = titleOf(planned);
  const { id, place, location } = planned;
  const has = place === 'host' ? 'You are hosting this conversation.' : 'You have a seat.';
  const what = isChange
    ? 'We have changed this in your calendar, so that it is right again.'
    : 'This email puts the conversation in your calendar. We change it there if anything moves.';
  const link: readonly Block[] = location === '' ? [paragraph('We send the link to join in our reminders.')] : [];
  const withdraw: readonly Button[] =
    place === 'host' ? [] : [does('Give up my seat', { kind: 'conversations.withdraw', conversation: id }, 'warning')];
  return {
    summary: isChange ? `“${title}” is changed in your calendar.` : `“${title}” is for your calendar.`,
    heading: isChange ? `Changed: ${title}` : title,
    body: [
      paragraph(`${has} ${what}`),
      whereAndWhen(planned, zone),
      ...link,
      paragraph('To give up your seat, use the button. We do not see what you answer in your calendar.'),
    ].slice(0, place === 'host' ? -1 : undefined),
    buttons: [fileButton(id), ...withdraw],
  };
}

/** By e-mail, with what takes the entry out of the calendar. @param hosted whether they were its host */
export function calledOff(planned: Planned, zone: string, hosted: boolean): Message {
  const title = titleOf(planned);
  const had = hosted
    ? 'You do not host this conversation any more.'
    : 'You have no seat in this conversation any more.';
  const why = planned.cancelledAt === null ? had : 'This conversation is cancelled.';
  const text = `${why} This email takes it out of your calendar.`;
  return {
    summary: `“${title}” is no longer in your calendar.`,
    heading: `Taken out of your calendar: ${title}`,
    body: [paragraph(text), facts(['When', whenWords(planned.startsAt, planned.minutes, zone)])],
    buttons: [does('See what is coming', { kind: 'conversations.list' })],
  };
}

export const toDiary = does('See the diary', { kind: 'diary.show' });
