import { type Block, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { toDiary } from './messages.ts';

const feedHeading = 'Your calendar feed';

/** @param url '' for none; `undefined` where it is not to be shown */
export function feedCard(url: string | undefined): Message {
  if (url === undefined) {
    const text = 'Your feed puts your conversations and meetings in your own calendar. Sign in to see its address.';
    return { summary: text, heading: feedHeading, body: [paragraph(text)], buttons: [] };
  }
  if (url !== '') return standingFeed(url);
  const text = 'A feed puts your conversations and meetings in your own calendar, and keeps them right there.';
  return {
    summary: text,
    heading: feedHeading,
    body: [paragraph(text), paragraph('It has a private address, which we make for you.')],
    buttons: [does('Make a feed address', { kind: 'diary.new-feed' })],
  };
}

function standingFeed(url: string): Message {
  return {
    summary: 'Your calendar feed has a private address.',
    heading: feedHeading,
    body: [
      paragraph('The address of your feed:'),
      { kind: 'quote', text: url },
      paragraph('Whoever has this address can read your feed, so do not share it.'),
      paragraph(
        'If you add the feed, stop our invitations in the diary. Otherwise each conversation stands there twice.',
      ),
      ...howToSubscribe(),
    ],
    buttons: [
      does('Replace the address', { kind: 'diary.new-feed' }),
      does('Stop the feed', { kind: 'diary.stop-feed' }, 'warning'),
    ],
  };
}

function howToSubscribe(): readonly Block[] {
  return [
    paragraph('Copy the address, then add it to your calendar:'),
    {
      kind: 'list',
      items: [
        'Outlook: in the calendar, select Add calendar, then Subscribe from web. Paste the address.',
        'Google: on a computer, beside Other calendars, select Add, then From URL. Paste the address.',
        'Apple: in Calendar, select File, then New Calendar Subscription. Paste the address.',
      ],
    },
    paragraph('Google can take a day to show a change. Outlook can take some hours.'),
  ];
}

/** The address that was just made. */
export function feedPage(url: string): Page {
  return {
    heading: feedHeading,
    body: [paragraph('This is the address of your feed. An address you had before no longer works.')],
    cards: [{ ...standingFeed(url), heading: 'Add it to your calendar' }, back()],
  };
}

export function feedStopped(): Message {
  const text = 'Your feed has stopped. Its address no longer works, so take it out of your calendar.';
  return { summary: text, heading: 'Feed stopped', body: [paragraph(text)], buttons: [toDiary] };
}

function back(): Message {
  const text = 'Everything that is coming is in the diary.';
  return { summary: text, heading: 'The diary', body: [paragraph(text)], buttons: [toDiary] };
}
