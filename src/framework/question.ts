/** The fewest prompts for a theme and stage, and the fewest opening questions of a theme that has any. */
export const fewestInCell = 5;

const shortest = 40;
const longest = 240;
/** GOV.UK guidance: split a sentence that has more words than this. */
const longestSentence = 25;

/**
 * What is wrong with the form of a question, in words for its author. A prompt speaks to one person as "you";
 * an opening question is for a group, so it need not. Whether it is a good question is for people to judge.
 */
export function questionFaults(question: string, kind: 'prompt' | 'opening'): readonly string[] {
  const faults: string[] = [];
  const { length } = question;
  if (length < shortest) faults.push(`This has ${length} characters. Write at least ${shortest}.`);
  if (length > longest) faults.push(`This has ${length} characters. Write ${longest} or fewer.`);
  const marks = question.split('?').length - 1;
  if (marks === 0) faults.push('This has no question mark. Ask one question.');
  if (marks > 1) faults.push(`This has ${marks} question marks. Ask one question.`);
  if (marks === 1 && !question.endsWith('?'))
    faults.push('The question must come last, so that the text ends with its question mark.');
  const sentences = question.split(/(?<=[.!?])\s+/);
  if (sentences.length > 2)
    faults.push(`This has ${sentences.length} sentences. Write the question, with one sentence before it at most.`);
  for (const words of sentences.map((sentence) => sentence.trim().split(/\s+/).length)) {
    if (words > longestSentence) faults.push(`One sentence has ${words} words. Write ${longestSentence} or fewer.`);
  }
  if (kind === 'prompt' && !/\byou(?:r|rs|rself)?\b/i.test(question))
    faults.push('This does not say “you” or “your”. Ask about the reader’s own practice.');
  return faults;
}

/** Two questions with the same words are the same question, whatever their case, spaces and punctuation. */
export function sameWords(question: string): string {
  return (
    question
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}
