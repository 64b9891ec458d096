import { does, type Message, paragraph } from '../../src/messages/message.ts';

/** The few words that only Teams needs; everything else comes from the capabilities. */
export const words = {
  /** Stands where Teams demands a text and we have none. */
  blank: '–',
  more: 'There is more than fits here. The web page shows all of it.',
  showMore: 'Show more',
  /** Teams shows this for a moment on the card whose button was pressed; the answer itself is a new message. */
  answeredBelow: 'We have answered below.',
  alreadyDone: 'We already have that.',
  otherOrganisation: 'Sorry, this network does not serve your organisation here. Ask your convener how to join.',
  noIdentity: 'Sorry, Teams did not tell us who you are, so we cannot help you here. Ask your convener how to join.',
  onlyInPrivate: 'Send this to me in a private chat, so that nobody else sees the answer.',
  problemsTitle: 'There is a problem',
} as const;

/** Shown by the client, before the form is sent, beside a field that was left empty or does not read as it should. */
export function inputMistake(label: string): string {
  return `Check your answer to: ${label}`;
}

/** To somebody who has just added the app. */
export function hello(): Message {
  return {
    summary: 'Hello. Type “join” to join the network.',
    heading: 'Hello',
    body: [paragraph('Type “join” to join the network. Joining is your choice. You can leave at any time.')],
    buttons: [does('Join the network', { kind: 'network.join' }, 'main')],
  };
}
