import { type Answers, type Field, type Form, question, redraw } from '../messages/form.ts';
import type { Doubt } from '../time/when.ts';
import { clockWords, momentWords } from '../time/words.ts';

/*
 * For every form with a date and a time: clocks change, and the time that was typed comes twice that night, or never.
 */

/**
 * The same form with what was answered in it, and one question more after its field `time`: which of two hours is meant,
 * as the property `clock`, 'first' or 'second'. What it says stands as a problem beside that question, so that no
 * platform draws the form anew without the answers. Its `openedBy` has to draw it with that question, too: it is to say
 * what was asked about.
 */
export function whichHour(form: Form, answers: Answers, doubt: Doubt, time: string, zone: string): Form {
  return redraw(withClock(form, doubt, time, zone), answers, [{ field: 'clock', text: doubtWords(doubt, time) }]);
}

/** The same with no answers in it yet. */
export function withClock(form: Form, doubt: Doubt, time: string, zone: string): Form {
  const fields = form.fields.flatMap((field) =>
    field.name === 'time' ? [field, clockField(doubt, time, zone)] : [field],
  );
  return { ...form, fields };
}

function clockField(doubt: Doubt, time: string, zone: string): Field {
  const isTwice = 'twice' in doubt;
  const [first, second] = isTwice ? doubt.twice : doubt.gap;
  const [before, after] = isTwice
    ? ['before clocks go back', 'after clocks have gone back']
    : ['before clocks go forward', 'after clocks have gone forward'];
  return {
    ...question('clock', isTwice ? `Which ${clockWords(time)} do you mean?` : 'Which time do you mean?'),
    kind: 'choice',
    options: [
      { value: 'first', label: `${momentWords(first, zone)}, ${before}` },
      { value: 'second', label: `${momentWords(second, zone)}, ${after}` },
    ],
  };
}

/** @example doubtWords(doubt, '01:30') // 'Clocks go back that night, so 1:30am comes twice. Choose which you mean.' */
function doubtWords(doubt: Doubt, time: string): string {
  if ('twice' in doubt) return `Clocks go back that night, so ${clockWords(time)} comes twice. Choose which you mean.`;
  return `Clocks go forward that night and skip ${clockWords(time)}. Choose a time before or after that.`;
}
