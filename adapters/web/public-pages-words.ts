/** A page for people who may not have joined. Each part says one thing, in short points. */
export interface PublicPage {
  readonly heading: string;
  readonly intro: string;
  readonly parts: readonly { readonly heading: string; readonly points: readonly string[] }[];
}

const contact =
  'Write to the convener of your network by email. They run it day to day and keep the list of people who may join.';

/** What `everything.ts`, the tables and the adapters hold, in words: keep them together. */
export const privacy: PublicPage = {
  heading: 'Privacy',
  intro:
    'Colloquy runs a peer support network for leaders of public services. This page says what it holds about you, why, and who can read it.',
  parts: [
    {
      heading: 'What we hold',
      points: [
        'What the list of your programme says about you: your name, work email, role, level, council, cohort and time zone.',
        'What you choose: your name, time zone and language, whether other members can find you, and any pause.',
        'Your ids on Slack and Microsoft Teams where you use them, where we write to you there, and the name, time zone and language they give us.',
        'The weekly questions we sent you, and your answers.',
        'The conversations you host or sign up for, the topics you suggest, and whom we matched you with.',
        'Which messages we sent you and when, and those that stand on your web page.',
        'Until when each browser stays signed in. We use cookies to keep you signed in and for nothing else.',
      ],
    },
    {
      heading: 'If you have our app and have not joined',
      points: [
        'When you add our app in Teams, we keep your Teams id, that of your organisation, and where to write to you. We use them to greet you.',
        'We keep them until you join, remove the app or type “erase” in its chat.',
        'If you ask to connect an account to a membership, we keep its id and where to write to you until that is answered or has ended. Type “erase” there to remove that too.',
        'If your organisation is not in the network, we keep nothing about you.',
      ],
    },
    {
      heading: 'Why we hold it',
      points: [
        'To send you one question a week, to match you with a peer from another council, and to invite you to conversations.',
        'We do not sell it or use it for advertising.',
      ],
    },
    {
      heading: 'Who can read it',
      points: [
        'Your answers: only you. They are encrypted, and no page, message or report shows them to anybody else.',
        'The person we match you with gets your name, role, council and work email.',
        'Everyone who is invited to a conversation sees the name, role and council of its host. The host sees the role and council of each person who has a seat.',
        'Other members find you only if you choose it. They then see your name, role, council, cohort and work email.',
        'Your convener keeps the list of people who may join, and can see who has left.',
        'The people who run the server look after its database and its logs. The logs hold ids, and no names or words of yours.',
        'What we send by Slack, Teams or email stands there too, and your organisation may be able to read it. We never send your answers there.',
      ],
    },
    {
      heading: 'How to get it or erase it',
      points: [
        'Sign in or open the chat and type “export” to see everything we hold about you and to keep a copy.',
        'Type “erase” to have all of it erased. This cannot be undone. What we have sent to others already stays with them.',
        'Type “leave” to stop all messages. We keep what we hold until you erase it, so that you can come back.',
        contact,
      ],
    },
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
