import type { Platform } from '../../src/account.ts';
import * as accounts from '../../src/network/account-request-messages.ts';
import * as announcements from '../../src/network/announcements-messages.ts';
import * as erasing from '../../src/network/erase-messages.ts';
import * as exporting from '../../src/network/export-messages.ts';
import * as finding from '../../src/network/find-messages.ts';
import * as network from '../../src/network/messages.ts';
import * as settings from '../../src/network/settings-messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { type Contents, memberOf } from './card-contents.ts';
import { choicesOf, everythingHeld } from './card-everything.ts';

/** Teams first: the pictures show the first of each. */
const platforms: readonly Platform[] = ['teams', 'slack', 'web', 'email'];
const now = new Date('2027-03-01T09:00:00Z');
const soon = new Date('2027-03-15T09:00:00Z');
const request = '0d0d0d0d-0d0d-4d0d-8d0d-0d0d0d0d0d0d';

const accountRequests: Chapter = {
  parts: [],
  examples: ({ workspace }) => ({
    asked: messages(accounts.asked()),
    confirmAccount: messages(
      ...platforms.flatMap((platform) => [
        accounts.confirmAccount(request, { platform, workspace }),
        accounts.confirmAccount(request, { platform, workspace: '' }),
      ]),
    ),
    connected: messages(accounts.connected({ status: 'active' }), accounts.connected({ status: 'left' })),
  }),
};

const announcing: Chapter = {
  parts: [],
  examples: () => ({
    announcementsForm: forms(announcements.announcementsForm()),
    howToChoose: pages(announcements.howToChoose()),
    announcementsChosen: messages(...platforms.map(announcements.announcementsChosen)),
    announcementsChosenAlready: messages(announcements.announcementsChosenAlready()),
    announcementsStopped: messages(...platforms.map(announcements.announcementsStopped)),
    announcementsHere: messages(announcements.announcementsHere()),
    announcementsFailed: messages(...platforms.map(announcements.announcementsFailed)),
  }),
};

const everyday: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const paused = { ...member, pausedUntil: soon };
    const ahead = { prompt: soon, round: soon, pausedUntil: undefined };
    return {
      help: messages(network.help(''), network.help(contents.typed)),
      welcome: messages(network.welcome(member)),
      alreadyJoined: messages(network.alreadyJoined()),
      greeting: messages(network.greeting()),
      joined: messages(network.joined()),
      signInSent: messages(network.signInSent()),
      signInLink: messages(network.signInLink('https://colloquy.example/sign-in/abc')),
      profile: messages(network.profile(member), network.profile(paused)),
      pauseForm: forms(network.pauseForm()),
      paused: messages(network.paused(soon, member.zone)),
      resumed: messages(network.resumed()),
      confirmLeave: messages(network.confirmLeave()),
      left: messages(network.left()),
      strangerHome: pages(network.strangerHome()),
      memberHome: pages(
        network.memberHome(member, ahead, [network.profile(member)]),
        network.memberHome(member, { prompt: undefined, round: undefined, pausedUntil: soon }, []),
        network.memberHome(member, { prompt: undefined, round: undefined, pausedUntil: undefined }, []),
      ),
    };
  },
};

const ownSettings: Chapter = {
  parts: ['findableWords'],
  examples: (contents) => {
    const member = memberOf(contents);
    const choices = choicesOf(contents);
    const shown = { member, choices, isPaused: false, announcements: undefined };
    const paused = { ...shown, member: { ...member, pausedUntil: soon }, isPaused: true };
    return {
      settings: pages(
        settings.settings(shown),
        settings.settings({ ...shown, announcements: 'chosen' }),
        settings.settings({ ...paused, announcements: 'not-chosen' }),
      ),
      settingsOfOutsider: pages(settings.settingsOfOutsider()),
      preferencesForm: forms(settings.preferencesForm(member, choices)),
      saved: messages(settings.saved(member, undefined, now), settings.saved(member, soon, now)),
    };
  },
};

const finders: Chapter = {
  parts: [],
  examples: (contents) => {
    const one = { ...memberOf(contents), isOnTeams: true };
    const many = Array.from({ length: finding.limits.found }, () => one);
    return {
      findForm: forms(finding.findForm()),
      found: pages(
        finding.found([one, { ...one, isOnTeams: false }], false),
        finding.found(many, true),
        finding.found([], false),
      ),
    };
  },
};

const erasures: Chapter = {
  parts: [],
  examples: () => ({
    confirmErase: messages(erasing.confirmErase()),
    erased: messages(erasing.erased()),
    erasedStranger: messages(
      erasing.erasedStranger({ greeting: true, request: true }),
      erasing.erasedStranger({ greeting: false, request: false }),
    ),
  }),
};

const exports: Chapter = {
  parts: ['everythingFile'],
  examples: (contents: Contents) => ({
    everythingPage: pages(exporting.everythingPage(everythingHeld(contents), 'https://colloquy.example/export/abc')),
  }),
};

export const networkChapters: Readonly<Record<string, Chapter>> = {
  'network/account-request-messages.ts': accountRequests,
  'network/announcements-messages.ts': announcing,
  'network/erase-messages.ts': erasures,
  'network/export-messages.ts': exports,
  'network/find-messages.ts': finders,
  'network/messages.ts': everyday,
  'network/settings-messages.ts': ownSettings,
};
