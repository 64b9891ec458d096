import { type Form, question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { actionLength, answerLength } from './intents.ts';
import type { NamedPrompt } from './model.ts';
import { type Audience, alsoReads, privacyOf } from './sharing-messages.ts';

export const problems = {
  empty: 'Write something before you save it. You can leave and come back later.',
  tooLong: `Your answer must be ${answerLength.toLocaleString('en-GB')} characters or fewer.`,
  swapped:
    'You have swapped this question since you opened it, so we have not saved your answer. Select “Save” again to keep your words for the question as it is now.',
  writtenElsewhere:
    'You have changed this answer somewhere else since you opened it here. Select “Save” again to put these words in its place.',
  actionTooLong: `Your action must be ${actionLength} characters or fewer.`,
} as const;

export const refusals = {
  saidNo: 'You have said no to prompts, so you do not have one. You can say yes in your settings.',
  signInToRead: 'Sign in to read your journal. A link in an email can be opened by anyone who has it.',
  notYours: telling('We could not find that prompt. Type “reflect” to see your latest one.', 'reflect'),
  notWritten: telling('There is no answer to that prompt. Type “journal” to see what you have written.', 'journal'),
} as const;

/** @param often as `rhythmWords` has it */
export function noPromptYet(often: string): string {
  return `You do not have a prompt yet. We send one ${often}.`;
}

/** What the form opens with. */
export interface Written {
  readonly answer: string;
  readonly action: string;
  /** Whether they have said how the action went. */
  readonly followedUp: boolean;
  readonly audience: Audience;
}

/**
 * What a form shows: it comes back with what is saved, and is compared with what is there then. `asked` is the prompt
 * by its framework’s id, `written` when the answer in it was written, '' for none, and left out where it is not shown.
 */
export interface Shown {
  readonly asked: string;
  readonly written?: string;
}

/** @param replaces true when an answer is there that is not shown: saving replaces it */
export function answerForm(sent: NamedPrompt, written: Written, replaces: boolean, shown: Shown): Form {
  const hint = replaces ? 'You have written an answer already. If you save here, this one replaces it.' : '';
  return {
    heading: 'Your reflection',
    body: [paragraph(sent.topic), paragraph(`${replaces ? hidden : privacyOf(written.audience)} ${care}`)],
    fields: [
      { ...question('text', sent.wording, hint), kind: 'text', value: written.answer, maxLength: answerLength },
      {
        ...question('action', 'One thing to try', actionHint(written, replaces)),
        kind: 'text',
        value: written.action,
        required: false,
        maxLength: actionLength,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'reflections.answer', prompt: sent.id, ...shown },
    // The web reads from this what the form completes.
    openedBy: { kind: 'reflections.open', prompt: sent.id, ...shown },
  };
}

const hidden = 'Sign in to see who can read this.';
const care = 'Do not record official decisions here, or name people who could be harmed by it.';

function actionHint({ followedUp }: Written, replaces: boolean): string {
  if (replaces) return 'Leave this empty to keep what you wrote before.';
  if (followedUp) return 'If you empty this, what you wrote about how it went is deleted too.';
  return 'We ask you in four weeks how it went. We never share this.';
}

/**
 * Says that the answer is kept, and never what it says: this may stand in a chat.
 *
 * @param askedOn the day on which we ask about the action; '' for none
 * @param isNamed whether to say who can read it: not to whoever holds a link
 */
export function saved(
  sent: NamedPrompt,
  audience: Audience,
  { askedOn, isNamed }: { readonly askedOn: string; readonly isNamed: boolean },
): Message {
  const isShared = audience.kind !== 'nobody';
  const readers = isShared && !isNamed ? 'Whoever could read it before can read it now.' : alsoReads(audience);
  const summary = `We have saved your reflection. ${readers}`;
  const share = isShared ? '' : 'To let somebody else read it, select “Share”.';
  const ask = askedOn === '' ? '' : `We will ask you how your action went on ${askedOn}.`;
  return {
    summary,
    heading: 'Saved',
    body: [summary, sent.topic, share, ask].filter((text) => text !== '').map(paragraph),
    buttons: [
      does('Read your journal', { kind: 'reflections.journal' }),
      does('Change your answer', { kind: 'reflections.open', prompt: sent.id }),
      does(isShared ? 'Change who can read it' : 'Share', { kind: 'reflections.open-share', prompt: sent.id }),
    ],
  };
}

/** Asks before anything is deleted; says nothing of what was written. */
export function deleting(sent: NamedPrompt): Message {
  const summary = 'Delete what you wrote? We cannot bring it back.';
  return {
    summary,
    heading: 'Delete what you wrote?',
    body: [
      paragraph(sent.topic),
      paragraph('This deletes your answer, your action and how it went. We cannot bring them back.'),
      paragraph('Nobody you shared it with can read it after that.'),
    ],
    buttons: [
      does('Delete it', { kind: 'reflections.confirm-delete', prompt: sent.id }, 'warning'),
      does('Keep it', { kind: 'reflections.journal' }),
    ],
  };
}

export function deleted(sent: NamedPrompt): Message {
  const summary = 'We have deleted what you wrote. You can answer that prompt again at any time.';
  return {
    summary,
    heading: 'Deleted',
    body: [paragraph(summary), paragraph(sent.topic)],
    buttons: [
      does('Write a new answer', { kind: 'reflections.open', prompt: sent.id }),
      does('Read your journal', { kind: 'reflections.journal' }),
    ],
  };
}
