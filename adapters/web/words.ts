/** What stands around the pages: everything a page says about itself comes from the capability it shows. */
export const words = {
  product: 'Colloquy',
  skip: 'Skip to main content',
  menu: 'Menu',
  signOut: 'Sign out',
  backHome: 'Back to your home page',
  backToMatch: 'Back to your match',
  backToLink: 'Go back',
  problem: 'There is a problem',
  errorPrefix: 'Error: ',
  optional: ' (optional)',
  chooseOne: 'Choose one',
  typeWord: 'Type a word, such as help',
  go: 'Go',
  newWindow: ' (opens in a new window)',
  about: 'About this service',
  privacy: 'Privacy',
  terms: 'Terms of use',
  confirm: 'Continue',
  answerTooLong: (max: number) => `Your answer must be ${max.toLocaleString('en-GB')} characters or fewer.`,
  dateParts: { day: 'Day', month: 'Month', year: 'Year' },
  working: 'Working it out…',
  notWorkedOut: (button: string) =>
    `We could not work it out just now. Your answers are still here, and nothing has been saved. Change one to try again, or select “${button}”.`,
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

/** What conveners find in it besides. */
export const convenersMenu = ['Console', '/console'] as const;

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

/** For guests, who cannot sign in. */
export const guest = {
  ended:
    'Use the links in our last email to you. If they do not work either, write to whoever asked you to host, or to the convener of the network.',
  more: 'If you need anything else, write to whoever asked you to host.',
} as const;

export const link = {
  forMember: (name: string) => `This link was sent to ${name}. It works without signing in.`,
  more: 'Sign in to do more',
  about: (heading: string) => `This is about “${heading}”.`,
  notHere: 'This page has changed since you opened it. Go back to see it as it is now.',
} as const;

/** Inside Teams. `wayOut` leads to the web page in a window of its own, where people sign in by email. */
export const tab = {
  title: 'Your network in Teams',
  again: 'Try again',
  wayOut: 'Open the web page instead',
  waitingHeading: 'Signing you in',
  waiting: 'Teams is telling us who you are.',
  outsideHeading: 'Open this page in Teams',
  outside: 'This page signs you in by your Teams account, so it works only as a tab of our app in Teams.',
  consentHeading: 'Teams needs a permission first',
  consent:
    'To sign you in, your organisation must let Teams tell us who you are. Try again and agree. If Teams does not ask you, tell your IT team: only they can allow it.',
  failedHeading: 'We could not sign you in',
  failed: 'Teams has not told us who you are. Check that you are online, then try again.',
  noScripts: 'This page needs JavaScript, which is switched off here.',
  refused: 'Teams sent us something that we could not use. Try again. If that does not help, tell your convener.',
  unavailable: 'We could not check who you are just now. Try again in a minute.',
  notServedHeading: 'Your organisation is not in the network',
  notServed: 'We have kept nothing about you. If you think that your organisation should be in it, tell your convener.',
  notJoinedHeading: 'You have not joined yet',
  notJoined: 'Open the chat with our app in Teams and type “join”. Then come back to this tab.',
  notKeptHeading: 'Your browser did not keep you signed in',
  notKept:
    'It keeps no cookies for pages that are shown inside Teams. You can use the web page in a window of its own.',
  signedOutHeading: 'You are signed out',
  signedOut: 'You are signed out of this tab, not out of Teams.',
  signInAgain: 'Sign in again',
  needsHttpsHeading: 'The tab needs a secure address',
  needsHttps: 'Browsers keep no sign-in inside Teams for a page without https. Set PUBLIC_URL to an https address.',
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
