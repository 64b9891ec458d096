/** What is wrong with an answer on the way in. */
export const problems = {
  some: 'Some answers need changing.',
  tooLong: 'Enter 200 characters or fewer.',
  council: 'Enter the name of your council.',
  role: 'Enter your job title.',
  level: 'Choose your level from the list.',
  newly: 'Choose whether you are new in your role.',
  interests: 'Choose themes from the list, or none.',
  zone: 'Choose a time zone from the list.',
  from: 'Enter the time you start work, such as 09:00.',
  until: 'Enter the time you finish work, such as 17:00.',
  order: 'Enter a time that is later than when you start.',
  agreement: 'Choose yes or no.',
  name: 'Enter your name.',
  nameTooLong: 'Enter 100 characters or fewer.',
  email: 'Enter an email address, such as name@council.gov.uk.',
  note: 'Enter 1,000 characters or fewer.',
  reason: 'Enter a reason. We tell it to the person who asked.',
  reasonTooLong: 'Enter 500 characters or fewer.',
  cohort: 'Choose a cohort from the list.',
  permission: 'Choose what they may do from the list.',
} as const;

/** @param close the names nearest to what was typed */
export function unknownCouncil(close: readonly string[]): string {
  const first = 'We do not know a council with that name.';
  return close.length === 0
    ? `${first} Check how it is written, or ask your convener to add it.`
    : `${first} Did you mean ${orWords(close)}?`;
}

/** The same to a convener, who can add one. */
export function unknownCouncilToAdd(close: readonly string[]): string {
  const start = close.length === 0 ? '' : ` Did you mean ${orWords(close)}?`;
  return `We do not know a council with that name.${start} To add it, write “new:” before its name.`;
}

export function councilOutside(council: string): string {
  return `${council} does not take part in the network now. Ask your convener what you can do.`;
}

function orWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  const before = names.slice(0, -1);
  return before.length === 0 ? last : `${before.join(', ')} or ${last}`;
}
