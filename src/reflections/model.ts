/** A prompt as it was sent to one member in one week; the wording is kept, because frameworks change. */
export interface SentPrompt {
  readonly id: string;
  readonly memberId: string;
  /** The Monday of the week on the member's own calendar, `YYYY-MM-DD`. */
  readonly week: string;
  readonly framework: string;
  readonly frameworkVersion: number;
  readonly theme: string;
  readonly stage: string;
  readonly prompt: string;
  readonly wording: string;
  readonly why: string;
}

/** A prompt with its theme and stage as a reader knows them, such as 'Good governance: gaining experience'. */
export interface NamedPrompt extends SentPrompt {
  readonly topic: string;
}

/** Stands as the framework, theme and stage of a prompt that conveners set for a cohort between two modules. */
export const betweenModules = 'between-modules';

/** The subject is the prompt, but for `reflections.rhythm-offer`, where it is the member. */
export type ReflectionDelivery =
  | 'reflections.prompt'
  /** The same prompt on the day they asked for. */
  | 'reflections.prompt-again'
  /** One gentle reminder. */
  | 'reflections.reminder'
  /** After some prompts without an answer: fewer, or none for a while? */
  | 'reflections.rhythm-offer'
  /** How did the action go? */
  | 'reflections.follow-up'
  /** Somebody they are matched with shared a reflection with them. */
  | 'reflections.shared';
export type ReflectionDue = 'reflections.prompt' | 'reflections.later' | 'reflections.remind' | 'reflections.follow-up';
