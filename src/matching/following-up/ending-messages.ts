import { does, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { rematchButton, seeMatchButton, sitOutButton } from '../matches/buttons.ts';
import type { Told } from './messages.ts';

/** To one whose match has ended, and who wants no other before the next round. @param round its number; `undefined` for none planned */
export function noOtherNow({ matchId }: Pick<Told, 'matchId'>, round: number | undefined): Message {
  const text = 'We do not look for another match for you now.';
  return {
    summary: text,
    heading: 'Not now',
    body: [paragraph(text), paragraph('You take part in the next round unless you sit it out.')],
    buttons: [
      rematchButton('Match me again', matchId),
      sitOutButton('Sit out the next round', round),
      does('Pause matches', { kind: 'network.open-pause' }),
    ],
  };
}

/** To one who calls off a meeting with somebody they were matched with before. */
export function doNotMeet({ others }: Pick<Told, 'others'>): Message {
  const whom = others.length === 0 ? 'the person you were to meet' : together(others);
  const text = `We tell ${whom} that you cannot meet, without a reason.`;
  return {
    summary: text,
    heading: 'You do not meet',
    body: [paragraph(text), paragraph('Nothing else changes for you.')],
    buttons: [seeMatchButton],
  };
}
