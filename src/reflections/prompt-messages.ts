import { type Block, type Button, does, type Message, paragraph } from '../messages/message.ts';
import type { PromptRhythm } from '../network/model.ts';
import { promptRhythmWords } from '../network/rhythm-words.ts';
import type { NamedPrompt } from './model.ts';
import type { LaterDay } from './put-off.ts';

/** How often a prompt can be swapped for another. */
export const mostSwaps = 2;

/** A prompt as its member sees it now. */
export interface PromptView {
  readonly sent: NamedPrompt;
  /** `past`: a newer one has come, and this one was not answered. */
  readonly state: 'open' | 'answered' | 'skipped' | 'past';
  readonly swaps: number;
  readonly canSwap: boolean;
  /** False once another week has begun, as after a pause or in a slower rhythm. */
  readonly isThisWeek: boolean;
  /** When we send it again, as '9am on Thursday 11 March'; '' where they did not ask for that. */
  readonly comesAgain: string;
  /** The days it can be put off to. */
  readonly laterDays: readonly LaterChoice[];
}

export interface LaterChoice {
  readonly day: LaterDay;
  /** They follow “Ask me”. */
  readonly words: string;
  /** The one day that the words name, `YYYY-MM-DD`; none where they mean another on another day. */
  readonly on?: string;
}

/** Why what was asked could not be done with an open prompt. */
export type Hitch = 'no-such-day' | 'nothing-else';

const hitches: Readonly<Record<Hitch, string>> = {
  'no-such-day': 'That day is not free any more, so nothing has changed.',
  'nothing-else': 'We have no other prompt for you now, so this one stays.',
};

const privacy = 'Ten minutes is enough. Only you can read what you write, unless you share it.';

/** The card of a prompt, in whatever state it is. It never says what was answered. */
export function promptCard(view: PromptView, hitch?: Hitch): Message {
  switch (view.state) {
    case 'open':
      return view.comesAgain === '' ? open(view, hitch) : putOff(view, hitch);
    case 'answered':
      return answered(view);
    case 'skipped':
      return skipped(view);
    case 'past':
      return past(view);
  }
}

function open(view: PromptView, hitch: Hitch | undefined): Message {
  const { sent, isThisWeek } = view;
  return {
    summary: `Your reflection prompt${isThisWeek ? ' for this week' : ''}: ${sent.wording}`,
    heading: isThisWeek ? 'Your prompt for this week' : 'Your latest prompt',
    body: [
      ...hitchBlocks(hitch),
      ...swapBlocks(view),
      { kind: 'quote', text: sent.wording },
      paragraph(sent.topic),
      paragraph(privacy),
    ],
    buttons: [
      write(sent),
      ...later(view),
      ...(view.canSwap ? [swap(view)] : []),
      skip(sent),
      does('Why this one?', { kind: 'reflections.why', prompt: sent.id }),
    ],
  };
}

function putOff(view: PromptView, hitch: Hitch | undefined): Message {
  const told = `We will send you this prompt again at ${view.comesAgain}.`;
  return {
    summary: told,
    heading: 'Put off',
    body: [...hitchBlocks(hitch), paragraph(told), { kind: 'quote', text: view.sent.wording }],
    buttons: [write(view.sent), ...later(view), skip(view.sent)],
  };
}

function skipped({ sent }: PromptView): Message {
  return {
    summary: 'You skipped this prompt. We will not remind you of it.',
    heading: 'Skipped',
    body: [
      paragraph('We will not remind you of this prompt. If you change your mind, you can still answer it.'),
      { kind: 'quote', text: sent.wording },
    ],
    buttons: [write(sent, 'plain')],
  };
}

function answered({ sent }: PromptView): Message {
  return {
    summary: `You have answered this prompt: ${sent.wording}`,
    heading: 'Your prompt, answered',
    body: [{ kind: 'quote', text: sent.wording }, paragraph(sent.topic), paragraph('You have answered this prompt.')],
    buttons: [
      does('Change your answer', { kind: 'reflections.open', prompt: sent.id }),
      does('Read your journal', { kind: 'reflections.journal' }),
    ],
  };
}

function past({ sent }: PromptView): Message {
  const told = 'You have had a newer prompt since this one. You can still answer this one too.';
  return {
    summary: told,
    heading: 'An earlier prompt',
    body: [paragraph(told), { kind: 'quote', text: sent.wording }],
    buttons: [
      does('Answer this one', { kind: 'reflections.open', prompt: sent.id }, 'main'),
      does('Open the newer one', { kind: 'reflections.open', prompt: 'latest' }),
    ],
  };
}

/** The one reminder of a prompt. */
export function reminder(view: PromptView): Message {
  const { sent } = view;
  return {
    summary: `Your prompt is here if you would like it: ${sent.wording}`,
    heading: 'Your prompt is still here',
    body: [
      { kind: 'quote', text: sent.wording },
      paragraph('It takes about ten minutes. We will not remind you of it again.'),
    ],
    buttons: [write(sent), ...later(view), skip(sent)],
  };
}

/** Why a member was asked this, as it was decided when it was sent. */
export function whyThisOne(sent: NamedPrompt, isOfCohort: boolean): Message {
  const choose = 'You can choose the themes we ask you about more often.';
  return {
    summary: sent.why,
    heading: 'Why this one?',
    body: [paragraph(sent.why), ...(isOfCohort ? [] : [paragraph(choose)])],
    buttons: isOfCohort ? [] : [does('Choose your themes', { kind: 'joining.open-interests' })],
  };
}

/** From the most often to the least. */
const slower = ['weekly', 'fortnightly', 'monthly'] as const;

/** After some prompts without an answer: fewer, or none for a while? */
export function rhythmOffer(now: PromptRhythm): Message {
  const fewer = slower.slice(slower.indexOf(now) + 1);
  const asks = fewer.length === 0 ? 'Would a pause suit you better?' : 'Would fewer prompts suit you better?';
  const choice =
    fewer.length === 0
      ? 'You get a prompt every four weeks. You can keep it so, or have none for a while.'
      : 'You can have them less often, or none for a while. You can change this again at any time.';
  return {
    summary: `${asks} ${choice}`,
    heading: asks,
    body: [paragraph(choice)],
    buttons: [
      ...fewer.map((rhythm) => does(`One ${promptRhythmWords(rhythm)}`, { kind: 'reflections.rhythm', rhythm })),
      does('Pause for a while', { kind: 'network.open-pause' }),
      does(`Keep one ${promptRhythmWords(now)}`, { kind: 'reflections.rhythm', rhythm: now }),
    ],
  };
}

function hitchBlocks(hitch: Hitch | undefined): readonly Block[] {
  return hitch === undefined ? [] : [paragraph(hitches[hitch])];
}

function swapBlocks({ swaps, canSwap }: PromptView): readonly Block[] {
  if (swaps === 0) return [];
  return [paragraph(canSwap ? 'Here is another. You can swap once more.' : 'Here is another, in place of the last.')];
}

function write(sent: NamedPrompt, style: 'main' | 'plain' = 'main'): Button {
  return does('Write your answer', { kind: 'reflections.open', prompt: sent.id }, style);
}

function later({ sent, laterDays }: PromptView): readonly Button[] {
  return laterDays.map(({ words, ...day }) =>
    does(`Ask me ${words}`, { kind: 'reflections.later', prompt: sent.id, ...day }),
  );
}

/** The count goes along, so that one press counts once. */
function swap({ sent, swaps }: PromptView): Button {
  return does('Swap it', { kind: 'reflections.swap', prompt: sent.id, swaps });
}

function skip(sent: NamedPrompt): Button {
  return does('Skip it', { kind: 'reflections.skip', prompt: sent.id });
}
