/**
 * What Teams takes, and how long we wait for it. Sizes are in UTF-16 code units of the JSON, as Teams counts: two bytes each.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const limits = {
  /** The largest request we read; Teams sends far less. */
  body: '256kb',
  /** Teams refuses a message of over 100 KB, and other pages of its manual say 40 and 28: we stay at 25 KB. */
  cardUnits: 12_800,
  /** A form holds what a person wrote, which we must not cut: it may be as large as Teams takes. */
  formUnits: 51_200,
  /** Beside the card, an activity or a dialog holds its summary or title and a few names. */
  envelopeUnits: 1_000,
  summary: 300,
  heading: 200,
  dialogTitle: 100,
  label: 80,
  inputLabel: 500,
  /** Teams shows no more buttons than this in one row of actions. */
  actionsInRow: 6,
  /**
   * Azure Bot Service gives up on us after 10 to 15 seconds. What is left of them is for the line there and back.
   * https://learn.microsoft.com/azure/bot-service/bot-builder-howto-long-operations-guidance
   */
  answerMs: 5_000,
  /** Of these, for finding out who calls. */
  doorMs: 3_000,
  /** For the SDK's own check of a request that ours has found good. */
  secondOpinionMs: 1_000,
  /** While the person waits. */
  turnCallMs: 4_000,
  /** A message nobody waits for. */
  deliveryCallMs: 20_000,
  /** For the keys that requests are signed with. */
  keysCallMs: 5_000,
} as const;
