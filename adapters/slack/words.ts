/** The few words that only Slack needs; everything else comes from the capabilities. */
export const words = {
  /** Leaves a page; nothing is lost. */
  close: 'Close',
  /** Leaves a form; what was typed is lost. */
  cancel: 'Cancel',
  /** Stands where Slack demands a text and we have none. */
  blank: '–',
  more: 'There is more than fits here. The web page shows all of it.',
} as const;
