import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import { PromptRhythm } from '../network/model.ts';
import { begin, promptRhythmWords } from '../network/rhythm-words.ts';
import { dayWords, momentWords } from '../time/words.ts';

export const problems = {
  rhythm: 'Choose how often you want a prompt.',
} as const;

export function rhythmForm(present: PromptRhythm): Form {
  const options = PromptRhythm.options.map((value) => ({ value, label: begin(promptRhythmWords(value)) }));
  return {
    heading: 'How often prompts come',
    body: [paragraph('You can change this at any time. Nobody else is told.')],
    fields: [{ ...question('rhythm', 'How often do you want a prompt?'), kind: 'choice', options, value: present }],
    submitLabel: 'Save',
    completes: { kind: 'reflections.rhythm' },
    openedBy: { kind: 'reflections.open-rhythm' },
  };
}

/** What is known of the next prompt: `next` is undefined for someone who said no to prompts. */
export interface Next {
  readonly next: Date | undefined;
  readonly pausedUntil: Date | undefined;
  readonly now: Date;
}

export function rhythmSaved(rhythm: PromptRhythm, when: Next, zone: string): Message {
  const text = `You get a prompt ${promptRhythmWords(rhythm)}.`;
  const nextWords = whenWords(when, zone);
  return {
    summary: `${text} ${nextWords}`,
    heading: 'Saved',
    body: [paragraph(text), paragraph(nextWords)],
    buttons: [does('Change it', { kind: 'reflections.open-rhythm' })],
  };
}

function whenWords({ next, pausedUntil, now }: Next, zone: string): string {
  if (next === undefined) return 'You have said no to prompts, so none comes until you say yes in your settings.';
  if (pausedUntil !== undefined) return `Your prompts are paused until ${dayWords(pausedUntil, zone)}.`;
  return next <= now ? 'Your next one comes now.' : `Your next one comes at ${momentWords(next, zone)}.`;
}
