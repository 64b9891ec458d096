import type { Member } from '../../src/network/model.ts';

/** What people of the network wrote and are called: all that stands on a card and is not ours. */
export interface Contents {
  readonly name: string;
  readonly otherName: string;
  readonly role: string;
  readonly council: string;
  readonly cohort: string;
  readonly email: string;
  readonly workspace: string;
  readonly title: string;
  readonly about: string;
  readonly theme: string;
  readonly reason: string;
  readonly wording: string;
  readonly why: string;
  readonly topic: string;
  readonly answer: string;
  /** A word that somebody typed and we do not know. */
  readonly typed: string;
}

export const realistic: Contents = {
  name: 'Priya Nair',
  otherName: 'Gareth Llewellyn',
  role: 'Director of Place',
  council: 'Northmoor Borough Council',
  cohort: 'Autumn 2026',
  email: 'priya_nair@northmoor.example',
  workspace: 'Northmoor',
  title: 'Leading when the budget shrinks again',
  about:
    'Most of us have another savings round ahead. Let’s compare how we decide what to stop, how we tell our teams, and what we would do differently.',
  theme: 'Financial resilience',
  reason: 'I have been called to a full council meeting that evening. I will propose it again in May.',
  wording: 'Recall a message to staff that changed how people worked. What made the difference?',
  why: 'You have written about the core role twice, so this question is about sharpening judgement.',
  topic: 'The core chief executive role: sharpening judgement',
  answer: 'I said what I did not know.\n\nThe room went quiet, and then three people offered to find out.',
  typed: 'meetings',
};

const welsh: Contents = {
  ...realistic,
  name: 'Siân Llŷr ap Gŵilym',
  otherName: 'Hywel Tŷ-mawr',
  role: 'Cyfarwyddwr Addysg a’r Gymraeg',
  council: 'Cyngor Bwrdeistref Sirol Castell-nedd Port Talbot',
  cohort: 'Hydref 2026',
  title: 'Arwain pan fo’r gyllideb yn crebachu',
  about: 'Sut ydyn ni’n penderfynu beth i’w stopio?\nA sut ydyn ni’n dweud wrth ein timau?',
  theme: 'Gwydnwch ariannol',
  reason: 'Mae’n ddrwg gen i: cyfarfod llawn o’r cyngor.',
  wording: 'Beth wnaeth y gwahaniaeth y tro diwethaf i chi siarad â’ch staff?',
  answer: 'Dywedais yr hyn nad oeddwn yn ei wybod.',
  typed: 'cyfarfodydd',
};

/** The same text in every place. */
function everywhere(text: string): Contents {
  const same = Object.fromEntries(Object.keys(realistic).map((name) => [name, text]));
  return { ...realistic, ...same };
}

/** What people type, by mistake or to see what happens. */
const nastyTexts: Readonly<Record<string, string>> = {
  markdown:
    '**Bold** _slanted_ `code` ~~gone~~ [a link](https://evil.example) ![x](https://evil.example/x.png) # 1. - + >',
  'markdown in lines': '# Heading\n- one\n- two\n\n1. first\n    code\n> quoted\n---\n| a | b |\n|---|---|\nText\n===',
  mention: '<at>Everyone</at> <at id="0">All</at> @channel',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &amp; &#42;x&#42; &copy;',
  dates: '{{DATE(2027-03-01T09:00:00Z, SHORT)}} and {{TIME(2027-03-01T09:00:00Z)}} {{{x}}}',
  'right to left': 'مرحبا بكم في الشبكة \u202Egnirts\u202C שלום',
  emoji: '👩🏽‍💻 🏴󠁧󠁢󠁷󠁬󠁳󠁿 é ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤',
  'lone surrogates': 'before \uD83D after \uDC00 end\uD800',
  controls: 'a\u0000b\u0007c\r\nd\te\u2028f',
  blank: ' \n\u200B\u2060 ',
  long: 'A sentence of some length, as people write it. '.repeat(86).slice(0, 4000),
  'one long word': 'Llanfairpwllgwyngyll'.repeat(200),
  'many signs': '*_[<\\'.repeat(800),
};

export const nasty: Readonly<Record<string, Contents>> = {
  welsh,
  ...Object.fromEntries(Object.entries(nastyTexts).map(([kind, text]) => [kind, everywhere(text)])),
};

export function memberOf(contents: Contents): Member {
  const { name, email, council, role, cohort } = contents;
  return {
    id: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b',
    name,
    email,
    councilId: '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c',
    council,
    role,
    level: 'director',
    cohort,
    zone: 'Europe/London',
    locale: 'en-GB',
    permission: 'convener',
    status: 'active',
    findable: true,
    cohortId: '0d0d0d0d-0d0d-4d0d-8d0d-0d0d0d0d0d0d',
    nation: 'England',
    agreesToPrompts: true,
    agreesToMatching: true,
    promptRhythm: 'weekly',
    promptsPausedUntil: null,
    matchingPausedUntil: null,
    conversationsPausedUntil: null,
  };
}
