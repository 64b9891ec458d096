import type { Intent } from '../../src/intents.ts';
import { type Field, type Form, type Option, question, writeValues } from '../../src/messages/form.ts';
import { does, type Message, type Page, paragraph } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { playScript } from './scripted-replies.ts';

/** How a series ends. */
export type End = 'message' | 'replace' | 'page';

/** What reached the core while a series was played. */
export interface Series {
  /** What was sent by forms, in order. */
  sent(): readonly Intent[];
}

export const councils: readonly Option[] = Array.from({ length: 230 }, (_, index) => ({
  value: `council-${index}`,
  label: `Council <${index}> & partners`,
}));
export const interests: readonly Option[] = Array.from({ length: 12 }, (_, index) => ({
  value: `theme/${index}`,
  label: `Interest *${index}*`,
}));
export const newly: readonly Option[] = ['role', 'council', 'sector'].map((value) => ({
  value,
  label: `New to the ${value}`,
}));

/** Refuses whoever says that they do this; and, from then on, to show that form again. */
export const refused = { role: 'Acting Director of Works, for now', soon: 'Director, and gone with the form' } as const;
export const why = 'That is not open to you any more.';
export const mistake = 'Enter what you do';
export const last = 'That is all we wanted to know.';

/**
 * Plays a core whose forms follow each other: about, interests, hours, and then what was asked for. The first form has a
 * question that must be answered; the second is also opened by a button on a page.
 */
export function playSeries(end: End): Series {
  const sent: Intent[] = [];
  let isGone = false;
  let chosen = writeValues(['theme/1', 'theme/unknown']);
  playScript(async (intent) => {
    switch (intent.kind) {
      case 'network.join':
      case 'joining.open-about':
        return isGone ? { kind: 'message', message: refusal(why) } : { kind: 'form', form: aboutForm() };
      case 'joining.about':
        sent.push(intent);
        isGone = intent.role === refused.soon;
        if (intent.role === refused.role || isGone) return { kind: 'message', message: refusal(why) };
        if (intent.role === '') return { kind: 'invalid', problems: [{ field: 'role', text: mistake }] };
        return { kind: 'form', form: interestsForm(chosen) };
      case 'joining.open-interests':
        return { kind: 'form', form: interestsForm(chosen) };
      case 'joining.interests':
        sent.push(intent);
        chosen = intent.interests;
        return { kind: 'form', form: hoursForm() };
      case 'joining.open-hours':
        return { kind: 'form', form: hoursForm() };
      case 'joining.hours':
        sent.push(intent);
        return ending(end);
      case 'conversations.list':
        return { kind: 'page', page: startPage() };
      default:
        return undefined;
    }
  });
  return { sent: () => sent };
}

function form(heading: string, fields: readonly Field[], parts: Pick<Form, 'completes' | 'openedBy'>): Form {
  return { heading, body: [paragraph(`This is about: ${heading}`)], fields, submitLabel: 'Next', ...parts };
}

function aboutForm(): Form {
  const fields: readonly Field[] = [
    { ...question('council', 'Your council'), kind: 'choice', options: councils, value: 'council-7' },
    { ...question('role', 'What you do', 'Your job title'), kind: 'line', maxLength: 80, required: false },
    { ...question('newly', 'What is new to you?'), kind: 'choices', options: newly, value: 'role', required: false },
  ];
  const completes = { kind: 'joining.about', level: 'director' } as const;
  return form('Your work', fields, { completes, openedBy: { kind: 'joining.open-about' } });
}

function interestsForm(chosen: string): Form {
  const fields: readonly Field[] = [
    { ...question('interests', 'Your interests'), kind: 'choices', options: interests, value: chosen, required: false },
  ];
  const parts = { completes: { kind: 'joining.interests' }, openedBy: { kind: 'joining.open-interests' } } as const;
  return form('Your interests', fields, parts);
}

function hoursForm(): Form {
  const fields: readonly Field[] = [
    { ...question('from', 'From'), kind: 'time', value: '09:00' },
    { ...question('until', 'Until'), kind: 'time', value: '17:00' },
  ];
  const completes = { kind: 'joining.hours', zone: 'Europe/London' } as const;
  return form('Your hours', fields, { completes, openedBy: { kind: 'joining.open-hours' } });
}

function ending(end: End): Reply {
  return end === 'page' ? { kind: 'page', page: endPage() } : { kind: end, message: endMessage() };
}

function endMessage(): Message {
  return { summary: last, heading: 'You are in', body: [paragraph(last)], buttons: [] };
}

function endPage(): Page {
  return { heading: 'You are in', body: [paragraph(last)], cards: [] };
}

function startPage(): Page {
  const card: Message = {
    summary: 'Your interests.',
    heading: 'What interests you',
    body: [paragraph('You can change it.')],
    buttons: [does('Change your interests', { kind: 'joining.open-interests' })],
  };
  return { heading: 'Where you stand', body: [], cards: [card] };
}
