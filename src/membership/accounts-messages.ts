import type { Platform } from '../account.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { datedWords } from '../time/words.ts';
import { accountName, type OwnAccount, platformNames } from './whereabouts.ts';

export const refusals = {
  notYours: 'This account is not connected to your membership.',
  ofTheRoster: 'You cannot disconnect this: the network’s list gives it to you. To be written to nowhere, leave.',
  theLast: 'This is the only way left to reach you. Connect another account first, or leave the network.',
} as const;

export const problems = { platform: 'Choose one from the list.' } as const;

/** What somebody's accounts page is made of. */
export interface ShownAccounts {
  readonly accounts: readonly OwnAccount[];
  /** The id of the one that we write to now; '' for none. */
  readonly writtenTo: string;
  /** null for wherever they were last. */
  readonly preferred: Platform | null;
  readonly zone: string;
}

export function accountsPage(shown: ShownAccounts): Page {
  const { accounts, preferred } = shown;
  return {
    heading: 'Your accounts',
    body: [
      paragraph(
        preferred === null
          ? 'We write to you where you chatted with us last. If that fails, we try the next of your accounts.'
          : `We write to you on ${platformNames[preferred]}. If that fails, we try the next of your accounts.`,
      ),
    ],
    cards: [...accounts.map((account) => accountCard(account, shown)), more(shown)],
  };
}

/** The accounts that the network's list gives to everybody. */
export function isOfRoster({ platform }: Pick<OwnAccount, 'platform'>): boolean {
  return platform === 'web' || platform === 'email';
}

function accountCard(account: OwnAccount, { writtenTo, preferred, zone }: ShownAccounts): Message {
  const { id, platform, seenAt, reachable } = account;
  const name = accountName(account);
  const isHere = id === writtenTo;
  const prefer = { kind: 'membership.prefer', platform } as const;
  return {
    summary: isHere ? `We write to you here: ${name}.` : `You can use the network here: ${name}.`,
    heading: name.replace(/^./, (first) => first.toUpperCase()),
    body: [
      facts(
        ['Last used', datedWords(seenAt, zone)],
        ['We can reach you here', reachable ? 'Yes' : 'No'],
        ['We write to you here', isHere ? 'Yes' : 'No'],
      ),
    ],
    buttons: [
      ...(platform === preferred ? [] : [does('Write to me here', prefer)]),
      ...(isOfRoster(account) ? [] : [does('Disconnect', { kind: 'membership.disconnect', account: id }, 'warning')]),
    ],
  };
}

function more({ preferred }: ShownAccounts): Message {
  const text = 'You can use the network in more than one place. What you wrote is there too.';
  const anywhere = does('Write to me where I was last', { kind: 'membership.prefer', platform: '' });
  return {
    summary: text,
    heading: 'Another account',
    body: [paragraph(text)],
    buttons: [
      does('Get a code for another account', { kind: 'membership.show-code' }, 'main'),
      does('I have a code', { kind: 'membership.open-connect' }),
      ...(preferred === null ? [] : [anywhere]),
    ],
  };
}

const seeAccounts = does('See your accounts', { kind: 'membership.accounts' });

export function preferred(platform: Platform | null): Message {
  const text =
    platform === null
      ? 'We write to you where you were last.'
      : `We write to you on ${platformNames[platform]} from now on.`;
  const quiet =
    platform === 'web' ? [paragraph('The web page sends you no notice: look at it from time to time.')] : [];
  return { summary: text, heading: 'Saved', body: [paragraph(text), ...quiet], buttons: [seeAccounts] };
}

export function disconnected(account: OwnAccount): Message {
  const text = `We have disconnected ${accountName(account)}. We do not write to you there any more.`;
  return { summary: text, heading: 'Account disconnected', body: [paragraph(text)], buttons: [seeAccounts] };
}
