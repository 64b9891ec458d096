import type { Periods } from '../../src/retention/periods.ts';

/** A page for people who may not have joined. Each part says one thing, in short points. */
export interface PublicPage {
  readonly heading: string;
  readonly intro: string;
  readonly parts: readonly { readonly heading: string; readonly points: readonly string[] }[];
}

const contact =
  'Write to the convener of your network by email. They run it day to day and keep the list of people who may join.';

/** What `everything.ts`, the tables and the adapters hold, in words: keep them together. docs/privacy.md says it to operators. */
export function privacy(periods: Periods): PublicPage {
  return {
    heading: 'Privacy',
    intro:
      'Colloquy runs a peer support network for leaders of public services. This page says what it holds about you, why, for how long, and who can read it.',
    parts: [
      held,
      strangers,
      {
        heading: 'Why we hold it',
        points: [
          'To send you one question a week, to match you with a peer from another council, and to invite you to conversations.',
          'We do not sell it or use it for advertising.',
        ],
      },
      readers,
      keeping(periods),
      taking,
    ],
  };
}

const held = {
  heading: 'What we hold',
  points: [
    'What the list of your programme says about you: your name, work email, role, level, council, cohort, learning set and time zone, and when it last named you.',
    'What you told us when you joined: your role, whether you are new in it, your working hours and the themes you care about.',
    'What you agreed to and when: prompts, matches and being found by others.',
    'What you choose: your name, time zone and language, where we write to you, how often prompts come, and any pause.',
    'Whom you never want to be matched with. What you typed is encrypted, and nobody else sees it.',
    'Your ids on Slack and Microsoft Teams where you use them, where we write to you there, and the name, time zone and language they give us.',
    'Until when a code works that you made to connect an account, and how often a wrong code was typed.',
    'The weekly questions we sent you, those you exchanged, and your answers, with what you wanted to try and how it went.',
    'With whom you shared an answer and when, and the month whose digest it stands in.',
    'The conversations you propose, host or sign up for, and whether a seat is kept for you.',
    'Whom we matched you with and why, rounds in which there was nobody for you, and whether you wait for a match.',
    'Whether you met, as you say, whether it was useful, and the time you agreed to meet.',
    'Who you would like to meet in the next round, and what you have been through that others can ask you about.',
    'Whether a convener put you together with somebody, or apart from somebody, in the next round.',
    'When you could come to a conversation, where a host asks for a time.',
    'The topics you suggest and those you vote for. Nobody sees who voted for what.',
    'Whether a host or a convener asked you to host, or to take over, and what you answered.',
    'Whether you came, as the host said. We count nobody’s absences and tell nobody of them.',
    'What you take away from a conversation. It is encrypted.',
    'Whether we send your seats to your calendar, which we sent, and the key of your calendar feed.',
    'If you are a guest who hosts: your name, work email, role and organisation, and the conversations you host.',
    'Who looks out for you in your first weeks, and whom you look out for.',
    'Which messages we sent you and when, and those that stand on your web page.',
    'What conveners and operators did that was about you, and what you did as a convener.',
    'Until when each browser stays signed in. We use cookies to keep you signed in and for nothing else.',
  ],
};

const strangers = {
  heading: 'If you have our app and have not joined',
  points: [
    'When you add our app in Teams, we keep your Teams id, that of your organisation, and where to write to you. We use them to greet you.',
    'We keep them until you join, remove the app or type “erase” in its chat.',
    'If you ask the conveners to let you in, they read what you wrote and decide. We keep it with what they decided.',
    'If you ask to connect an account to a membership, we keep its id and where to write to you until that is answered or has ended. Type “erase” there to remove that too.',
    'If you are on the list and do not want to be, type “erase” and we take you off it.',
    'If your organisation is not in the network, we keep nothing about you.',
  ],
};

const readers = {
  heading: 'Who can read it',
  points: [
    'Your answers: only you, unless you share one. They are encrypted, and no page, message or report shows them to anybody else.',
    'You share each answer by itself: with your match, with your cohort under your name, or with the network without it. You can take it back.',
    'A monthly digest tells only what was shared, and only where enough people of enough councils wrote.',
    'What you take away from a conversation: only you, unless you share it. Then its host and those who came read it, without your name. In a small group they may guess whose it is. You can take it back.',
    'The people we match you with get your name, role, council and work email, and why we matched you: what you have in common, and what one of you asked for.',
    'If you both came to a conversation on one theme lately, we tell you both.',
    'Conveners see whom you are matched with and why, whether you met, and what you asked for. Of how useful a round was they see only whether most people said so, about half, or few.',
    'Everyone who is invited to a conversation sees the name, role and council of its host. The host sees the role and council of each person who has a seat, and their name once it is over.',
    'A host who asks for a time sees how many could come, and the role and council of each.',
    'Whoever has the address of your calendar feed can read it. You can end it, or make a new one.',
    'Other members find you only if you choose it. They then see your name, role, council, cohort and work email.',
    'Your convener keeps the list of people who may join, and can see who has left.',
    'The people who run the server look after its database and its logs. The logs hold ids, and no names or words of yours. No command of theirs opens your answers.',
    'A link in our emails works for anyone who has it, and without signing in. So do not forward them. No link shows your answers.',
    'What we send by Slack, Teams or email stands there too, and your organisation may be able to read it. We never send your answers there.',
    'Your organisation may have to answer requests for information. Do not record official decisions in an answer.',
  ],
};

function keeping({ reflections, conversations, matches, messages, audit, requests, people }: Periods) {
  return {
    heading: 'How long we keep it',
    points: [
      `Your questions and answers, and what you take away from conversations: ${reflections} days from when you wrote them. Keep a copy of your journal before then: we do not remind you.`,
      `Conversations, your places in them, topics and programme events: ${conversations} days. A conversation stays for longer, without places, while somebody keeps what they took away from it.`,
      'A conversation that was never announced, and who could come to it: 90 days from the last change.',
      `Your matches, with what you said of them: ${matches} days. What you ask for in a round: until that round.`,
      `Which messages we sent you: ${messages} days.`,
      `What conveners and operators did: ${audit} days.`,
      `Requests to join: ${requests} days from when they were decided, or made where nobody decided.`,
      `If you are a guest: ${people} days after the last conversation you hosted.`,
      `Everything else: for as long as you are a member, and ${people} days after you leave. If you never join: ${people} days after the list last named you.`,
      'Each night we delete what is older. Backups are replaced later: ask the people who run your network when.',
      'Once you are erased, we keep a code made from your email address. It keeps you off later lists, and lets us match nobody with you twice. Nobody can read the address from it.',
    ],
  };
}

const taking = {
  heading: 'How to get it or erase it',
  points: [
    'Sign in or open the chat and type “export” to see everything we hold about you and to keep a copy.',
    'Type “erase” to have all of it erased. This cannot be undone. What we have sent to others already stays with them.',
    'If you are a guest, use the links in our emails, or write to us.',
    'Type “leave” to stop all messages. You can come back, or erase it all, while we still keep it.',
    contact,
  ],
};

export const terms: PublicPage = {
  heading: 'Terms of use',
  intro: 'How people use the network, so that it works for everyone.',
  parts: [
    {
      heading: 'Joining and leaving',
      points: [
        'The network is for people on the lists that its programmes keep. Joining is your choice.',
        'You can pause for a while or leave at any time.',
      ],
    },
    {
      heading: 'What we ask of you',
      points: [
        'Use your own account, and let nobody else use it.',
        'Keep to yourself what others tell you in conversations and matches, unless they agree that you pass it on.',
        'Use the contact details of other members for the network alone.',
        'If you cannot come to a conversation, give up your seat so that someone else can have it.',
      ],
    },
    {
      heading: 'What you can expect of us',
      points: [
        'We send you what the network is for, and nothing else.',
        'We try to keep the service running, but it may be away at times. Do not use it for anything urgent.',
        'It is no place for formal complaints, or for reports that your organisation must act on.',
      ],
    },
    { heading: 'Questions', points: [contact] },
  ],
};
