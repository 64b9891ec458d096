/**
 * One person at one platform's client, as a test drives them. Each platform has an implementation that speaks to the
 * real adapter over that platform's own protocol; the stories in test/flow are told through this alone.
 */
export interface MemberClient {
  /** Types one of the bot's words, such as 'help' (on Slack as `/colloquy help`; on the web by the link for it). */
  type(word: string): Promise<void>;
  /** Presses the newest visible button with this label, wherever it stands: message, page or dialog. */
  press(label: string): Promise<void>;
  /** Fills the open form by field name, and sends it. */
  submit(answers: Readonly<Record<string, string>>): Promise<void>;
  /** The same by an impatient finger: the form goes out twice at once. */
  submitTwice(answers: Readonly<Record<string, string>>): Promise<void>;
  /** The text of the open dialog or page (form labels, problems, private text included); '' when none is open. */
  dialog(): Promise<string>;
  /** The text of every message in this person's chat or inbox, newest last: cards as they stand now, and answers only they saw. */
  messages(): Promise<readonly string[]>;
}
