import { sitOutButton } from '../matching/matches/buttons.ts';
import { does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Purpose } from '../store/people-tables.ts';
import { datedWords, dayWords } from '../time/words.ts';
import { programmes } from './model.ts';
import { promptRhythmWords } from './rhythm-words.ts';
import type { ShownSettings } from './settings-shown.ts';
import { programmeNames } from './settings-words.ts';

/** What a member decides about their membership, each as a card of its own. */
export function membershipCards(shown: ShownSettings): readonly Message[] {
  return [
    agreements(shown),
    interests(shown),
    experiences(shown),
    rhythm(shown),
    pauses(shown),
    nextRound(shown),
    accounts(shown),
    avoiding(),
  ];
}

function card(heading: string, text: string, rest: Pick<Message, 'buttons'> & { readonly more?: Message['body'] }) {
  return { summary: text, heading, body: [paragraph(text), ...(rest.more ?? [])], buttons: rest.buttons };
}

const purposes: Readonly<Record<Purpose, string>> = {
  prompts: 'Prompts to reflect on',
  matching: 'Matches with peers',
  findable: 'Other members can find you',
};

function agreements({ said, member }: ShownSettings): Message {
  const words = (purpose: Purpose) => {
    const last = said[purpose];
    if (last === undefined) return 'Not answered yet';
    return `${last.given ? 'Yes' : 'No'}, said at ${datedWords(last.at, member.zone)}`;
  };
  const pairs = (['prompts', 'matching', 'findable'] as const).map((name) => [purposes[name], words(name)] as const);
  return card('What you agreed to', 'You can change each of these at any time.', {
    more: [facts(...pairs)],
    buttons: [does('Change what you agree to', { kind: 'joining.open-agreements' })],
  });
}

function interests({ interests }: ShownSettings): Message {
  const text =
    interests.length === 0 ? 'You have chosen no themes yet.' : 'We ask about these themes more often than others.';
  return card('Your interests', text, {
    more: interests.length === 0 ? [] : [{ kind: 'list', items: interests }],
    buttons: [does('Change your interests', { kind: 'joining.open-interests' })],
  });
}

function experiences({ experiences }: ShownSettings): Message {
  const text =
    experiences.length === 0
      ? 'You have not said yet what others can ask you about.'
      : 'Members can ask to meet somebody who has been through this.';
  return card('What you have been through', text, {
    more: experiences.length === 0 ? [] : [{ kind: 'list', items: experiences }],
    buttons: [does('Change what you have been through', { kind: 'matching.open-experiences' })],
  });
}

function rhythm({ member }: ShownSettings): Message {
  return card('How often prompts come', `We send you a prompt ${promptRhythmWords(member.promptRhythm)}.`, {
    buttons: [does('Change how often', { kind: 'reflections.open-rhythm' })],
  });
}

function pauses({ pauses, member }: ShownSettings): Message {
  const untils = new Map(pauses.map(({ programme, until }) => [programme, dayWords(until, member.zone)]));
  const text = pauses.length === 0 ? 'All your messages are on.' : 'Some of your messages are paused.';
  const pairs = programmes.map((programme) => {
    const until = untils.get(programme);
    return [programmeNames[programme], until === undefined ? 'On' : `Paused until ${until}`] as const;
  });
  const pause = does(pauses.length === 0 ? 'Pause' : 'Change the pause', { kind: 'network.open-pause' });
  const resume = does('Start again now', { kind: 'network.resume' });
  return card('Messages', text, {
    more: [facts(...pairs)],
    buttons: pauses.length === 0 ? [pause] : [resume, pause],
  });
}

function nextRound({ nextRound: { round, skips } }: ShownSettings): Message {
  return skips
    ? card('The next round of matches', 'You sit out the next round. After that you take part again.', {
        buttons: [does('Take part in the next round', { kind: 'membership.take-round' })],
      })
    : card('The next round of matches', 'You can sit out one round. Nobody else is told.', {
        buttons: [
          does('Say who you would like to meet', { kind: 'matching.open-wishes' }),
          sitOutButton('Sit out the next round', round?.number),
        ],
      });
}

function accounts({ writtenTo }: ShownSettings): Message {
  const text = writtenTo === '' ? 'We cannot reach you anywhere now.' : `We write to you on ${writtenTo}.`;
  return card('Where we write to you', text, {
    buttons: [does('See your accounts', { kind: 'membership.accounts' })],
  });
}

function avoiding(): Message {
  return card('Whom you do not want to meet', 'You can keep a list that only you can see.', {
    buttons: [does('See your list', { kind: 'membership.avoiding' })],
  });
}
