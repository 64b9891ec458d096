/** What stands around the pages: everything a page says about itself comes from the capability it shows. */
export const words = {
  product: 'Colloquy',
  skip: 'Skip to main content',
  menu: 'Menu',
  signOut: 'Sign out',
  backHome: 'Back to your home page',
  backToLink: 'Go back',
  problem: 'There is a problem',
  errorPrefix: 'Error: ',
  optional: ' (optional)',
  chooseOne: 'Choose one',
  typeWord: 'Type a word, such as help',
  go: 'Go',
  confirm: 'Continue',
  answerTooLong: (max: number) => `Your answer must be ${max.toLocaleString('en-GB')} characters or fewer.`,
  dateParts: { day: 'Day', month: 'Month', year: 'Year' },
  upTo: (max: number) => `You can enter up to ${max.toLocaleString('en-GB')} characters.`,
} as const;

/** The menu: labels and the pages they lead to. What follows `/words/` stands in `src/words.ts`. */
export const menu = [
  ['Home', '/'],
  ['Conversations', '/words/conversations'],
  ['Journal', '/words/journal'],
  ['Match', '/words/match'],
  ['Profile', '/words/profile'],
  ['Settings', '/words/settings'],
  ['Help', '/words/help'],
] as const;

export const inbox = {
  heading: 'Messages we have sent you',
  empty: 'There are no messages yet.',
} as const;

export const signIn = {
  heading: 'Sign in',
  intro:
    'Colloquy is a peer support network for leaders of councils. Its members are named on a list that each programme keeps.',
  email: 'Your work email address',
  hint: 'We send you a link that signs you in. There is no password.',
  send: 'Send me a link',
  missing: 'Enter your work email address.',
  tooLong: 'Enter an email address of up to 320 characters.',
  confirmHeading: 'Sign in to Colloquy',
  confirm: 'Select the button to sign in on this device. You stay signed in for 30 days, or until you sign out.',
  confirmButton: 'Sign in',
  endedHeading: 'This link does not work any more',
  again: 'Ask for a new link',
} as const;

export const link = {
  forMember: (name: string) => `This link was sent to ${name}. It works without signing in.`,
  more: 'Sign in to do more',
  notHere: 'You need to sign in to do that.',
} as const;

export const lost = {
  signedOutHeading: 'You need to sign in',
  signedOut: 'You are not signed in on this device any more, so we did not do what you asked.',
  keepHeading: 'What you wrote',
  keep: 'We have not saved it. Copy it from here if you want to use it again.',
  twiceHeading: 'We already have that',
  twice: 'You sent this form twice. We used it once.',
  otherSiteHeading: 'We did not do that',
  otherSite: 'The request came from another website. Open Colloquy and try again from there.',
  missingHeading: 'Page not found',
  missing: 'Check the address, or go back to your home page.',
  tooLargeHeading: 'That is too long',
  tooLarge: 'We could not read what you sent because it is too long. Go back, shorten it, and send it again.',
  unreadableHeading: 'We could not read that',
  unreadable: 'Something in the request was garbled. Go back and try again.',
} as const;

export const demo = {
  label: 'Demonstration',
  notice: 'This is a demonstration. Every person is invented.',
  now: (time: string) => `It is ${time}.`,
  viewer: (name: string) => `You are ${name}.`,
  change: 'Be someone else',
  day: 'Move on one day',
  week: 'Move on one week',
  moved: (time: string) => `It is now ${time}.`,
  news: (count: number) => {
    if (count === 0) return 'There are no new messages for you.';
    return count === 1 ? 'There is 1 new message for you.' : `There are ${count} new messages for you.`;
  },
  sent: (count: number) => (count === 1 ? 'The network sent 1 message.' : `The network sent ${count} messages.`),
  success: 'Moved on',
  heading: 'Choose who to be',
  intro:
    'See the network as one of its members. Anyone will do; a host can also propose conversations. Then move the clock on with the buttons above, and see what the network sends.',
  search: 'Find by name, role or council, or find a host',
  find: 'Find',
  none: 'Nobody matches that. Try part of a name, a role or a council, or “host”.',
  be: (name: string) => `Be ${name}`,
  messages: (count: number) => (count === 1 ? '1 message' : `${count} messages`),
  host: 'Host',
  convener: 'Convener',
  notJoined: 'Not joined',
} as const;
