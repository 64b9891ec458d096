import { z } from 'zod';
import type { Problem } from '../../src/errors.ts';
import { type Intent, readIntent, readIntentText } from '../../src/intents.ts';
import { type Answers, type Field, type Form, type Option, readValues, writeValues } from '../../src/messages/form.ts';
import { dateParts, joinDate } from './date-parts.ts';
import { answerName, answerPrefix } from './render-form.ts';
import { words } from './words.ts';

/** What a form sent us, by the name of its field. Boxes that share a name, and were ticked, are one answer. */
export type Sent = ReadonlyMap<string, string>;

const Body = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Reads a parsed request body (or query). Anything that is not a set of fields is an empty one. */
export function readSent(body: unknown): Sent {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return new Map();
  const entries = Object.entries(parsed.data);
  return new Map(
    entries.map(([name, value]) => [name, cleanText(typeof value === 'string' ? value : one(name, value))]),
  );
}

/** Of what is no answer only one is ours: the first. */
function one(name: string, values: readonly string[]): string {
  return name.startsWith(answerPrefix) ? writeValues(values) : (values[0] ?? '');
}

/** Browsers send line breaks as CRLF, which count double and split no paragraphs; PostgreSQL keeps no NUL. */
function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}

export function readSentIntent(sent: Sent, name: string): Intent | undefined {
  return readIntentText(sent.get(name) ?? '');
}

/** Whether it was sent by the script assets/preview.js, for a place beside the form: no page is to be sent. */
export function asksForPreview(sent: Sent): boolean {
  return sent.get('part') === 'preview';
}

/** An answer to every question of the form: a radio that nobody chose is not sent, and is ''. */
export function readAnswers(form: Form, sent: Sent): Answers {
  return Object.fromEntries(form.fields.map((field) => [field.name, readAnswer(field, sent)]));
}

function readAnswer(field: Field, sent: Sent): string {
  const name = answerName(field);
  if (field.kind === 'choices') return readTicked(field.options, sent.get(name) ?? '');
  if (field.kind !== 'date') return sent.get(name) ?? '';
  const [day = '', month = '', year = ''] = dateParts.map((part) => sent.get(`${name}.${part}`));
  return joinDate({ day, month, year });
}

/** What is none of the options was not ticked on our page. */
function readTicked(options: readonly Option[], answer: string): string {
  const sent = readValues(answer);
  return writeValues(options.map(({ value }) => value).filter((value) => sent.includes(value)));
}

/** The intent a filled form stands for. `undefined` when an answer is beyond anything an intent takes. */
export function completeIntent(form: Form, answers: Answers): Intent | undefined {
  return readIntent({ ...form.completes, ...answers });
}

/** What is wrong with answers that no intent takes. */
export function lengthProblems(form: Form, answers: Answers): readonly Problem[] {
  return form.fields.flatMap((field) => {
    const most = field.kind === 'line' || field.kind === 'text' ? field.maxLength : 4000;
    const length = answers[field.name]?.length ?? 0;
    return length > most ? [{ field: field.name, text: words.answerTooLong(most) }] : [];
  });
}
