import { experienceOptions } from '../../src/matching/asking/experience-list.ts';
import type { MatchState } from '../../src/matching/model.ts';
import type { Choices } from '../../src/network/choices.ts';
import type { Everything } from '../../src/network/everything.ts';
import { messageKinds } from '../../src/network/message-kinds.ts';
import type { HeldPrompt } from '../../src/reflections/held.ts';
import type { NamedPrompt } from '../../src/reflections/model.ts';
import { type Contents, memberOf } from './card-contents.ts';

const then = new Date('2027-02-01T09:00:00Z');

export function choicesOf({ name }: Contents): Choices {
  return {
    name: { value: name, standard: name, source: 'teams', standardSource: 'teams' },
    zone: { value: 'Europe/London', standard: 'Asia/Kathmandu', source: 'member', standardSource: 'platform' },
    locale: { value: 'en', standard: 'en', source: 'network', standardSource: 'network' },
  };
}

export function promptOf({ wording, why, topic }: Contents): NamedPrompt {
  return {
    id: '0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e',
    memberId: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b',
    week: '2027-03-01',
    framework: 'chief-executives',
    frameworkVersion: 1,
    theme: 'core-role',
    stage: 'judgement',
    prompt: 'core-role.judgement.2',
    wording,
    why,
    topic,
  };
}

/** All that we can hold about somebody, some of everything. */
export function everythingHeld(contents: Contents): Everything {
  const { title, about, theme, reason, name, workspace, email, answer } = contents;
  const conversation = { title, theme, startsAt: then, cancelledAt: null };
  const never = { offeredUntil: null, came: null };
  const sent = promptOf(contents);
  return {
    member: memberOf(contents),
    joinedAt: then,
    choices: choicesOf(contents),
    accounts: [
      { platform: 'teams', space: workspace, user: email, address: { chat: email }, reachable: true, seenAt: then },
    ],
    sessions: [then],
    messages: Object.keys(messageKinds)
      .filter(isKind)
      .slice(0, 3)
      .map((kind) => ({ kind, sentAt: then })),
    prompts: [promptFull(sent, answer, name), promptUnanswered(sent)],
    counts: { prompts: 2, reflections: 1, avoided: 2 },
    listedAt: then,
    leftAt: then,
    agreements: [
      { purpose: 'prompts', given: true, version: 0, saidAt: then },
      { purpose: 'findable', given: false, version: 1, saidAt: then },
    ],
    interests: [theme],
    newlyAppointed: true,
    newlySince: new Date(0),
    buddy: [{ who: name, introducedAt: then }],
    lookingOutFor: [{ who: name, introducedAt: then }],
    joinRequests: [
      {
        platform: 'teams',
        name,
        email,
        council: title,
        role: title,
        level: 'director',
        note: about,
        requestedAt: then,
        decision: 'refused',
        decidedAt: then,
        reason,
      },
    ],
    ownWay: {
      skipsRound: true,
      restsInRound: 3,
      preferred: 'email',
      worksFrom: '09:00',
      worksUntil: '17:00',
      learningSet: title,
    },
    avoided: [{ said: name, saidAt: then }],
    accountRequests: [{ platform: 'slack', requestedAt: then }],
    linkCodes: [
      { expiresAt: then, usedAt: null },
      { expiresAt: then, usedAt: then },
    ],
    audit: [
      { at: then, action: 'roster.imported', role: 'did' },
      { at: then, action: 'member.exported', role: 'was done to them' },
    ],
    rooms: [{ platform: 'teams', createdAt: then }],
    hosted: [
      {
        ...conversation,
        about,
        minutes: 60,
        capacity: 8,
        link: 'https://meet.example/room',
        place: '',
        perCouncil: 2,
        level: 'director',
        cohort: null,
        chathamHouse: true,
        cancelReason: reason,
        summary: answer,
        createdAt: then,
      },
    ],
    handOvers: [
      { title, role: 'asked', who: name, askedAt: then },
      { title, role: 'asks', who: name, askedAt: then },
    ],
    seats: [
      { ...conversation, host: name, state: 'seated', signedUpAt: then, offeredUntil: null, came: true },
      { ...conversation, host: name, state: 'offered', signedUpAt: then, offeredUntil: then, came: null },
      { ...conversation, host: undefined, title: '', state: 'waiting', signedUpAt: then, ...never, cancelledAt: then },
    ],
    proposals: [proposalHeld(contents)],
    timeAnswers: [
      { title, answeredAt: then, times: [then, then] },
      { title, answeredAt: then, times: [] },
    ],
    takeaways: [
      { conversation: sent.id, title, theme, startsAt: then, text: answer, shared: true, writtenAt: then },
      { conversation: sent.id, title, theme, startsAt: then, text: answer, shared: false, writtenAt: then },
    ],
    takeawayCount: 2,
    topics: [{ title, about, theme, suggestedAt: then }],
    votes: [{ title, votedAt: then }],
    hostAsks: [
      { series: title, startsAt: then, askedAt: then, answer: 'yes' },
      { series: title, startsAt: then, askedAt: then, answer: null },
    ],
    madeOver: [title],
    diary: { invitations: false, hasFeed: true },
    diaryPosts: [{ title, startsAt: then, posted: 2, stands: false }],
    matches: [
      { at: then, people: [name, name], isErased: false, own: matchSaid('met') },
      { at: then, people: [], isErased: false, own: matchSaid('dropped') },
      { at: then, people: [], isErased: true, own: matchSaid('open') },
    ],
    leftOut: [then],
    asked: {
      wish: theme,
      wishSaidAt: then,
      experiences: experienceOptions.map(({ label }) => label),
      waitsSince: then,
      fixedAt: [then, then],
    },
  };
}

function matchSaid(state: MatchState): Everything['matches'][number]['own'] {
  const isMet = state === 'met';
  return {
    state,
    outcome: isMet ? 'not-useful' : null,
    answeredAt: isMet ? then : null,
    suggestedAt: isMet ? then : null,
    agreedAt: isMet ? then : null,
    saysYesTo: isMet ? then : null,
    endedAt: state === 'dropped' ? then : null,
  };
}

function proposalHeld({ title, about, theme, cohort, reason }: Contents): Everything['proposals'][number] {
  return {
    title,
    about,
    theme,
    state: 'polling',
    level: null,
    cohort,
    chathamHouse: false,
    minutes: 60,
    capacity: 8,
    perCouncil: null,
    link: '',
    place: title,
    startsAt: null,
    times: [then, then],
    refusal: reason,
    createdAt: then,
    changedAt: then,
  };
}

function promptUnanswered(sent: NamedPrompt): HeldPrompt {
  return {
    sent,
    sentAt: then,
    skippedAt: null,
    remindedAt: null,
    swappedAt: [],
    answer: '',
    writtenAt: null,
    action: '',
    actionAt: null,
    askAt: null,
    followUp: '',
    followUpAt: null,
    sharedWith: 'nobody',
    sharedAt: null,
    sharedMatchId: null,
    sharedCohortId: null,
    sharedTo: '',
    digest: '',
  };
}

function promptFull(sent: NamedPrompt, answer: string, name: string): HeldPrompt {
  return {
    ...promptUnanswered(sent),
    remindedAt: then,
    swappedAt: [then, then],
    answer,
    writtenAt: then,
    action: answer,
    actionAt: then,
    askAt: then,
    followUp: answer,
    followUpAt: then,
    sharedWith: 'match',
    sharedAt: then,
    sharedTo: name,
    digest: '2027-02',
  };
}

function isKind(text: string): text is keyof typeof messageKinds {
  return text in messageKinds;
}
