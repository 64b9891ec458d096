import type { Platform } from '../account.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import type { Member } from './model.ts';

export const requestEnded =
  'This request has been used or has ended. If you still want to connect the account, type “join” there again.';

/** To whoever asks from an account that we do not know: the same whether the member is in the network or left it. */
export function asked(): Message {
  const text =
    'We know this email address from another account. We have sent a message there: open it within 24 hours, and select Connect it.';
  return { summary: text, heading: 'Connect this account', body: [paragraph(text)], buttons: [] };
}

/** Where an account is. */
export interface Whereabouts {
  readonly platform: Platform;
  /** What its workspace calls itself; '' where we do not know. */
  readonly workspace: string;
}

/** Asks the member themselves, where they are known already. */
export function confirmAccount(request: string, where: Whereabouts): Message {
  const text = `Somebody asked to use your membership from another account, in ${placeWords(where)}.`;
  return {
    summary: text,
    heading: 'Connect another account?',
    body: [
      paragraph(text),
      paragraph('If this was you, connect it. You can then read and do everything there that you can here.'),
      paragraph('If it was not you, do nothing, and tell your convener.'),
    ],
    buttons: [does('Connect it', { kind: 'network.confirm-account', request }, 'main')],
  };
}

/** Asks a member about the address that the roster has for them now: it is theirs only if they say so. */
export function confirmAddress(request: string, email: string): Message {
  const text = `Your programme has a new email address for you: ${email}.`;
  return {
    summary: text,
    heading: 'Is this your new email address?',
    body: [
      paragraph(text),
      paragraph(
        'If it is yours, confirm it. We then write to you there, you sign in with it, and your old address stops working. ' +
          'Browsers that you are signed in on are signed out.',
      ),
      paragraph(
        'If it is not yours, do nothing, and tell your convener. Whoever has that address could read what you write here.',
      ),
    ],
    buttons: [does('Confirm it', { kind: 'network.confirm-account', request }, 'main')],
  };
}

function placeWords({ platform, workspace }: Whereabouts): string {
  switch (platform) {
    case 'slack':
      return workspace === '' ? 'a Slack workspace' : `the Slack workspace “${workspace}”`;
    case 'teams':
      return workspace === '' ? 'Microsoft Teams' : `Microsoft Teams at “${workspace}”`;
    case 'web':
      return 'a web browser';
    case 'email':
      return 'an email inbox';
  }
}

export function connected({ status }: Pick<Member, 'status'>): Message {
  const text =
    status === 'active'
      ? 'We have connected the account. You can use the network there as well.'
      : 'We have connected the account. To come back to the network, type “join” there.';
  return { summary: text, heading: 'Account connected', body: [paragraph(text)], buttons: [] };
}
