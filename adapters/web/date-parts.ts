/** The boxes of a date question, in the order in which they are read out. */
export const dateParts = ['day', 'month', 'year'] as const;
export type DatePart = (typeof dateParts)[number];
export type DateAnswer = Readonly<Record<DatePart, string>>;

/**
 * What was typed into the three boxes as one answer: a real date becomes `YYYY-MM-DD`, and anything else something
 * that is no date but keeps what was typed.
 *
 * @example joinDate({ day: '3', month: '4', year: '2027' }) // '2027-04-03'
 */
export function joinDate(typed: DateAnswer): string {
  const [day, month, year] = dateParts.map((part) => typed[part].trim().replaceAll('-', ' '));
  if (`${day}${month}${year}` === '') return '';
  return [year, pad(month), pad(day)].join('-');
}

/** What stands in each box, from an answer that {@link joinDate} made. */
export function splitDate(answer: string): DateAnswer {
  const [year = '', month = '', day = ''] = answer.split('-');
  return { day: unpad(day), month: unpad(month), year };
}

function pad(part = ''): string {
  return /^\d$/.test(part) ? `0${part}` : part;
}

function unpad(part: string): string {
  return /^0\d$/.test(part) ? part.slice(1) : part;
}
