import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Block, Button } from './message.ts';

/**
 * Questions for one person, shown in a dialog or on a web page. Each field's `name` is the property of the intent
 * that the answer becomes: submitting gives `{ ...completes, [field.name]: answer }`, always as strings.
 */
export interface Form {
  readonly heading: string;
  readonly body: readonly Block[];
  readonly fields: readonly Field[];
  readonly submitLabel: string;
  /** The intent still lacking the answers. */
  readonly completes: Draft;
  /** The intent that shows this form again: an adapter that must redraw it after a mistake asks for it anew. */
  readonly openedBy: Intent;
  /**
   * Where what sending it would show can stand beside the questions, and be asked for again as the answers change: what
   * stands there until the first of them does. It is asked for `atOnce` where the form opens with answers that do not hold
   * yet. `completes` then changes nothing. An adapter that cannot show both at
   * once leaves it out, and shows the same when the form is sent.
   */
  readonly preview?: { readonly heading: string; readonly text: string; readonly atOnce: boolean };
  /**
   * What somebody can do instead of answering, such as go back to where they came from. It stands below a form that fills
   * a page; an adapter that shows it in a window, which can be closed, leaves it out.
   */
  readonly instead?: readonly Button[];
}

export interface Draft {
  readonly kind: Intent['kind'];
  readonly [property: string]: string;
}

/** Lengths are in characters. A date is `YYYY-MM-DD` and a time `HH:mm`, on the clock of the person answering. */
export type Field = Common & Control;

interface Common {
  readonly name: string;
  readonly label: string;
  /** '' for none. */
  readonly hint: string;
  /** What stands in the field when it opens; '' for nothing. */
  readonly value: string;
  readonly required: boolean;
  /** What was wrong with the last answer; '' when nothing was. */
  readonly problem: string;
}

type Control =
  | { readonly kind: 'line'; readonly maxLength: number }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** One of some whole numbers in a row, the least first: a slider where the platform has one, else a list. */
  | { readonly kind: 'scale'; readonly options: readonly Option[] }
  /** Any number of them; the answer is their values with commas between, in no order. No value holds a comma. */
  | { readonly kind: 'choices'; readonly options: readonly Option[] }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  /** A channel of the platform the form is shown on, by the platform's id. */
  | { readonly kind: 'room' };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The answers of a form, by field name. */
export type Answers = Readonly<Record<string, string>>;

/** Puts values into what a field of kind 'choices' holds and is answered with. */
export function writeValues(values: readonly string[]): string {
  return values.join(',');
}

/** The values in the answer to a field of kind 'choices'; a mistaken answer may hold anything. */
export function readValues(answer: string): readonly string[] {
  return answer.split(',').filter((value) => value !== '');
}

/** The same form with the person's answers kept and each problem beside its field. */
export function redraw(form: Form, answers: Answers, problems: readonly Problem[]): Form {
  const fields = form.fields.map((field) => ({
    ...field,
    value: answers[field.name] ?? field.value,
    problem: problems.find((problem) => problem.field === field.name)?.text ?? '',
  }));
  return { ...form, fields };
}

/** A field with nothing in it and nothing wrong with it: `{ ...question('title', 'Title'), kind: 'line', maxLength: 80 }`. */
export function question(name: string, label: string, hint = ''): Common {
  return { name, label, hint, value: '', required: true, problem: '' };
}
