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

export type ReflectionDelivery = 'reflections.prompt';
export type ReflectionDue = 'reflections.prompt';
