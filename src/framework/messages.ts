/** What the choice of a prompt rested on. */
export interface Reasons {
  readonly themeName: string;
  /** Empty where the framework has no stages. */
  readonly stageName: string;
  /** How many prompts of this theme the member has answered. */
  readonly answers: number;
  /** The member has been asked about this theme before, answered or not. */
  readonly asked: boolean;
  /** The member chose this theme as an interest, and not every theme. */
  readonly interested: boolean;
  /** They came to a conversation on this theme since they were last asked anything. */
  readonly came: boolean;
  /** The first prompt of a later stage than the member has been asked about in this theme. */
  readonly newStage: boolean;
  /** Every prompt for this theme and stage has been asked, so this one comes round again. */
  readonly again: boolean;
}

/** Why a member is asked this question this week, in one sentence or two. */
export function why(reasons: Reasons): string {
  const { stageName, answers, newStage, again, came } = reasons;
  if (came) return `You came to a conversation on ${inSentence(reasons.themeName)}, so its turn comes round sooner.`;
  if (again) return 'We have asked you this before, and your answer may be different now.';
  const theme = inSentence(reasons.themeName);
  if (newStage)
    return `You have written about ${theme} ${times(answers)}, so this question is about ${inSentence(stageName)}.`;
  return turnWords(theme, reasons);
}

function turnWords(theme: string, { asked, answers, interested }: Reasons): string {
  if (!asked) {
    const first = `We have not asked you about ${theme} yet`;
    return interested ? `${first}, and you said it interests you.` : `${first}.`;
  }
  if (interested) return `You said that ${theme} interests you, so its turn comes round sooner.`;
  const turn = 'We ask about each theme in turn';
  return answers === 0
    ? `${turn}, and you have not written about ${theme} yet.`
    : `${turn}, and ${theme} has waited longest.`;
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

/** "Good governance" becomes "good governance" in a sentence; "EU law" and "LGA peer work" stay as they are. */
function inSentence(name: string): string {
  return /^\p{Lu}(?:\p{Ll}|\s)/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
