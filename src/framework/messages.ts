/** What the choice of a prompt rested on. */
export interface Reasons {
  readonly themeName: string;
  /** Empty where the framework has no stages. */
  readonly stageName: string;
  /** How many prompts of this theme the member has answered. */
  readonly answers: number;
  /** The member chose this theme as an interest. */
  readonly interested: boolean;
  /** The first prompt of a later stage than the member has been asked about in this theme. */
  readonly newStage: boolean;
  /** Every prompt for this theme and stage has been asked, so this one comes round again. */
  readonly again: boolean;
}

/** Why a member is asked this question this week, in one sentence. */
export function why({ themeName, stageName, answers, interested, newStage, again }: Reasons): string {
  const theme = inSentence(themeName);
  if (again) return 'We have asked you this before, and your answer may be different now.';
  if (newStage)
    return `You have written about ${theme} ${times(answers)}, so this question is about ${inSentence(stageName)}.`;
  const turn =
    answers === 0 ? `You have not written about ${theme} yet` : `We ask about each theme in turn, and ${theme} is next`;
  if (!interested) return `${turn}.`;
  return answers === 0
    ? `${turn}, and you said it interests you.`
    : `You said that ${theme} interests you, and it is next in turn.`;
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

/** "Good governance" becomes "good governance" in a sentence; "EU law" and "LGA peer work" stay as they are. */
function inSentence(name: string): string {
  return /^\p{Lu}(?:\p{Ll}|\s)/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
