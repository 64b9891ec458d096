/** The few words that only Teams needs; everything else comes from the capabilities. */
export const words = {
  /** Stands where Teams demands a text and we have none. */
  blank: '–',
  more: 'There is more than fits here. The web page shows all of it.',
  showMore: 'Show more',
  /** Teams shows this for a moment on the card whose button was pressed; the answer itself is a new message. */
  answeredBelow: 'We have answered below.',
  alreadyDone: 'We already have that.',
  /** In place of an answer that is not there in time: it comes as a message. */
  late: 'This is taking longer than usual. We will answer in this chat.',
  lateInChannel: 'This is taking longer than usual. We will answer in your private chat with us.',
  /** Over the answer when it comes. */
  lateTitle: 'Here is our answer',
  lookWhetherSaved: 'You sent us this form. Open it again to see whether we saved what you sent.',
  /** Of a form that makes something new and came twice, whatever it said the second time. */
  savedFirst: 'We have already saved this, as you first sent it. Open it again if you want to change something.',
  tooSlow: 'This is taking longer than usual. Send it again in a moment: we will not save it twice.',
  otherOrganisation: 'Sorry, this network does not serve your organisation here. Ask your convener how to join.',
  otherApp:
    'Your organisation uses this network by another app in Teams. Open that one. Your convener can tell you its name.',
  noIdentity: 'Sorry, Teams did not tell us who you are, so we cannot help you here. Ask your convener how to join.',
  onlyInPrivate: 'Send this to me in a private chat, so that nobody else sees the answer.',
  inPrivateTitle: 'We help you in private',
  /** Under our answer in a channel, with a button that says `announceHere`. */
  forConveners: 'Conveners can have conversations announced in this channel.',
  announceHere: 'Announce conversations here',
  /** Of an answer that cannot be shown in a channel to its reader alone. */
  askInPrivate: 'Open a private chat with me and type “help”, so that nobody else sees the answer.',
  answeredInPrivate: 'We have answered in your private chat with us.',
  /** Of what somebody wrote into a form that cannot be taken, nor shown again. */
  keepTitle: 'We could not save this',
  keep: 'This is what you wrote. Copy it if you want to keep it: we do not have it.',
  problemsTitle: 'There is a problem',
  /** In a list of choices of which none is chosen yet. */
  choose: 'Choose one',
  /** Behind the label of a question that may be left out. */
  optional: '(optional)',
} as const;

/** What is said to one person who is in a channel: whatever we ask them to type is not to be typed there. */
export function fromChannel(text: string): string {
  return text.includes('Type “') ? `${text} Do that in a private chat with me.` : text;
}

/** Shown by the client, before the form is sent, beside a field that was left empty or does not read as it should. */
export function inputMistake(label: string): string {
  return `Check your answer to: ${label}`;
}

/** Above a field: the colour alone would not say that something is wrong. */
export function problemLine(problem: string): string {
  return `Error: ${problem}`;
}
