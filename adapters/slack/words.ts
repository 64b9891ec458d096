import { type Message, paragraph } from '../../src/messages/message.ts';

/** The few words that only Slack needs; everything else comes from the capabilities. */
export const words = {
  /** Leaves a page; nothing is lost. */
  close: 'Close',
  /** Leaves a form; what was typed is lost. */
  cancel: 'Cancel',
  /** Stands where Slack demands a text and we have none. */
  blank: '–',
  more: 'There is more than fits here. The web page shows all of it.',
  /** Beside the first question of a form that we are still saving. */
  tooSlow: 'This is taking longer than usual. Send it again in a moment: we will not save it twice.',
  /** In place of a form that came twice, with the same answers. */
  sentTwice: 'We already have this.',
  /** In place of a form that makes something new and came twice, whatever it said the second time. */
  savedFirst: 'We have already saved this, as you first sent it. Open it again if you want to change something.',
  /** In place of a person that a message names by an id. */
  someone: '@someone',
  /** In place of a channel, likewise. */
  someChannel: '#channel',
} as const;

/** The name of one part of a long list to choose from, such as “Barnet to Bury”. */
export function optionsFromTo(first: string, last: string): string {
  return `${first} to ${last}`;
}

/** In place of a form that came twice. */
export function sentTwice(): Message {
  return { summary: words.sentTwice, heading: words.sentTwice, body: [paragraph(words.sentTwice)], buttons: [] };
}

/** The same for one that makes something new. */
export function savedFirst(): Message {
  return { summary: words.savedFirst, heading: words.sentTwice, body: [paragraph(words.savedFirst)], buttons: [] };
}

/** One page that an administrator sees in their browser after installing the app. */
export interface InstallPage {
  readonly title: string;
  readonly lines: readonly string[];
}

export const installPages = {
  uninvited: {
    title: 'This link does not work, or has ended',
    lines: ['Colloquy is added to a workspace by a link from the people who run the network. Ask them for a new one.'],
  },
  installed: {
    title: 'Colloquy is in your Slack workspace',
    lines: [
      'Members who are on the roster can join now. They type /colloquy join in Slack.',
      'You can close this page.',
    ],
  },
  cancelled: {
    title: 'You have not added Colloquy',
    lines: [
      'You cancelled before Slack had finished. Nothing has changed in your workspace.',
      'To add it after all, open the link we sent you again.',
    ],
  },
  failed: {
    title: 'Colloquy was not added',
    lines: [
      'Something went wrong on the way back from Slack.',
      'Open the link we sent you again, in the same browser, and finish within 10 minutes.',
      'If it happens again, tell the people who run your network.',
    ],
  },
  organisation: {
    title: 'Colloquy cannot be added to a whole organisation',
    lines: [
      'It is added to one workspace at a time, so that each workspace decides for itself. Nothing was kept of what you granted.',
      'An administrator can remove it from your organisation in Slack. Then open our link again and choose one workspace.',
    ],
  },
} as const satisfies Record<string, InstallPage>;
