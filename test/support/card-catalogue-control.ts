import type { Platform } from '../../src/account.ts';
import * as accounts from '../../src/membership/accounts-messages.ts';
import { listLength } from '../../src/membership/avoid-rules.ts';
import * as avoiding from '../../src/membership/avoiding-messages.ts';
import * as connecting from '../../src/membership/connecting-messages.ts';
import * as rounds from '../../src/membership/rounds-messages.ts';
import type { OwnAccount } from '../../src/membership/whereabouts.ts';
import { redraw } from '../../src/messages/form.ts';
import * as home from '../../src/network/home-messages.ts';
import { programmes } from '../../src/network/model.ts';
import * as pausing from '../../src/network/pause-messages.ts';
import * as profiles from '../../src/network/profile-messages.ts';
import * as settings from '../../src/network/settings-messages.ts';
import type { ShownSettings } from '../../src/network/settings-shown.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { type Contents, memberOf } from './card-contents.ts';
import { choicesOf } from './card-everything.ts';

const now = new Date('2027-03-01T09:00:00Z');
const soon = new Date('2027-03-15T09:00:00Z');
const allPaused = programmes.map((programme) => ({ programme, until: soon }));

const pauses: Chapter = {
  parts: [],
  examples: () => ({
    pauseForm: forms(pausing.pauseForm('2027-03-30')),
    paused: messages(
      pausing.paused(programmes, soon, 'Europe/London'),
      pausing.paused(['matching'], soon, 'Europe/London'),
    ),
    resumed: messages(pausing.resumed()),
    pauseEnded: messages(
      ...programmes.map((programme) => pausing.pauseEnded([programme])),
      pausing.pauseEnded(programmes),
    ),
  }),
};

function profileOf(contents: Contents): profiles.ShownProfile {
  const member = memberOf(contents);
  const hours = { worksFrom: '09:00', worksUntil: '17:30' };
  return {
    member,
    learningSet: contents.cohort,
    interests: [contents.theme, contents.topic],
    experiences: ['A section 114 notice'],
    ...hours,
    pauses: [],
  };
}

const ownProfile: Chapter = {
  parts: [],
  examples: (contents) => ({
    profile: messages(
      profiles.profile(profileOf(contents)),
      profiles.profile({ ...profileOf(contents), learningSet: '', interests: [], experiences: [], pauses: allPaused }),
    ),
  }),
};

const homes: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const ahead = { prompt: soon, round: soon, isRoundDue: false, pauses: [], skipsRound: false };
    return {
      memberHome: pages(
        home.memberHome(member, ahead, [profiles.profile(profileOf(contents))]),
        home.memberHome({ ...member, permission: 'member' }, { ...ahead, skipsRound: true }, []),
        home.memberHome(member, { ...ahead, isRoundDue: true }, []),
        home.memberHome(member, { ...ahead, pauses: allPaused }, []),
        home.memberHome(member, { ...ahead, prompt: undefined, round: undefined }, []),
      ),
    };
  },
};

function settingsOf(contents: Contents): ShownSettings {
  return {
    member: memberOf(contents),
    choices: choicesOf(contents),
    worksFrom: '09:00',
    worksUntil: '17:30',
    said: { prompts: { given: true, at: now }, matching: { given: false, at: now }, findable: undefined },
    interests: [contents.theme, contents.topic],
    experiences: ['A section 114 notice'],
    pauses: [],
    nextRound: { round: { number: 7, at: soon }, skips: false },
    writtenTo: contents.workspace,
    announcements: undefined,
  };
}

const ownSettings: Chapter = {
  parts: ['findableWords'],
  examples: (contents) => {
    const shown = settingsOf(contents);
    const quiet = {
      ...shown,
      pauses: allPaused,
      nextRound: { round: undefined, skips: true },
      interests: [],
      experiences: [],
      writtenTo: '',
    };
    const { member, choices } = shown;
    return {
      settings: pages(
        settings.settings(shown),
        settings.settings({ ...shown, announcements: 'chosen' }),
        settings.settings({ ...quiet, announcements: 'not-chosen' }),
      ),
      settingsOfOutsider: pages(settings.settingsOfOutsider()),
      preferencesForm: forms(settings.preferencesForm(member, choices)),
      saved: messages(settings.saved(member, undefined, now), settings.saved(member, soon, now)),
    };
  },
};

function accountsOf({ workspace }: Contents): readonly OwnAccount[] {
  const on = (platform: Platform, id: string, reachable = true) => ({
    id: `0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e${id}`,
    platform,
    space: platform === 'slack' || platform === 'teams' ? 'T1' : '',
    workspace: platform === 'slack' || platform === 'teams' ? workspace : '',
    seenAt: now,
    reachable,
  });
  return [on('teams', '01'), on('slack', '02', false), on('web', '03'), on('email', '04')];
}

const ownAccounts: Chapter = {
  parts: ['isOfRoster'],
  examples: (contents) => {
    const own = accountsOf(contents);
    const shown = { accounts: own, writtenTo: own[0]?.id ?? '', preferred: null, zone: 'Europe/London' };
    const platforms: readonly (Platform | null)[] = [null, 'teams', 'slack', 'web', 'email'];
    return {
      accountsPage: pages(
        accounts.accountsPage(shown),
        accounts.accountsPage({ ...shown, preferred: 'teams' }),
        accounts.accountsPage({ ...shown, accounts: [], writtenTo: '' }),
      ),
      preferred: messages(...platforms.map(accounts.preferred)),
      disconnected: messages(...own.map(accounts.disconnected)),
    };
  },
};

const connections: Chapter = {
  parts: [],
  examples: (contents) => ({
    codePage: pages(connecting.codePage('ACDF-3469')),
    connectForm: forms(
      connecting.connectForm(),
      redraw(connecting.connectForm(), { code: contents.typed }, [{ field: 'code', text: connecting.problems.wrong }]),
    ),
    connectedHere: messages(connecting.connectedHere()),
    connectedAlready: messages(connecting.connectedAlready()),
    connectedElsewhere: messages(...accountsOf(contents).map(connecting.connectedElsewhere)),
  }),
};

const avoided: Chapter = {
  parts: [],
  examples: ({ otherName }) => {
    const id = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a';
    const full = Array.from({ length: listLength }, () => ({ id, said: otherName, at: now }));
    return {
      avoidedPage: pages(
        avoiding.avoidedPage(full, 'Europe/London'),
        avoiding.avoidedPage([{ id, said: '', at: now }], 'Europe/London'),
        avoiding.avoidedPage([], 'Europe/London'),
      ),
      avoidForm: forms(
        avoiding.avoidForm(),
        redraw(avoiding.avoidForm(), { who: otherName }, [{ field: 'who', text: avoiding.problems.unclear }]),
      ),
      avoided: messages(avoiding.avoided()),
      avoidedNoMore: messages(avoiding.avoidedNoMore()),
    };
  },
};

const nextRounds: Chapter = {
  parts: [],
  examples: () => ({
    skipsRound: messages(
      rounds.skipsRound({ round: soon, isMatched: true, zone: 'Europe/London' }),
      rounds.skipsRound({ round: undefined, isMatched: false, zone: 'Europe/London' }),
    ),
    takesRound: messages(
      rounds.takesRound({ round: { number: 2, at: soon }, rests: true, isMatched: false, zone: 'Europe/London' }),
      rounds.takesRound({ round: undefined, rests: false, isMatched: true, zone: 'Europe/London' }),
    ),
    roundHasBeen: messages(
      rounds.roundHasBeen({ number: 2, at: soon }, 'Europe/London'),
      rounds.roundHasBeen(undefined, 'Europe/London'),
    ),
  }),
};

export const controlChapters: Readonly<Record<string, Chapter>> = {
  'membership/accounts-messages.ts': ownAccounts,
  'membership/avoiding-messages.ts': avoided,
  'membership/connecting-messages.ts': connections,
  'membership/rounds-messages.ts': nextRounds,
  'network/home-messages.ts': homes,
  'network/pause-messages.ts': pauses,
  'network/profile-messages.ts': ownProfile,
  'network/settings-messages.ts': ownSettings,
};
