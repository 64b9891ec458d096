import type { Platform } from '../../src/account.ts';
import * as accounts from '../../src/network/account-request-messages.ts';
import * as announcements from '../../src/network/announcements-messages.ts';
import * as erasing from '../../src/network/erase-messages.ts';
import * as exporting from '../../src/network/export-messages.ts';
import * as finding from '../../src/network/find-messages.ts';
import * as network from '../../src/network/messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { agreed } from './card-catalogue-joining.ts';
import { type Contents, memberOf } from './card-contents.ts';
import { everythingHeld } from './card-everything.ts';

/** Teams first: the pictures show the first of each. */
const platforms: readonly Platform[] = ['teams', 'slack', 'web', 'email'];
const request = '0d0d0d0d-0d0d-4d0d-8d0d-0d0d0d0d0d0d';

const accountRequests: Chapter = {
  parts: [],
  examples: (contents) => ({
    asked: messages(accounts.asked()),
    confirmAccount: messages(
      ...platforms.flatMap((platform) => [
        accounts.confirmAccount(request, { platform, workspace: contents.workspace }),
        accounts.confirmAccount(request, { platform, workspace: '' }),
      ]),
    ),
    confirmAddress: messages(accounts.confirmAddress(request, memberOf(contents).email)),
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
    return {
      help: messages(network.help(''), network.help(contents.typed)),
      welcome: messages(
        network.welcome(member, agreed.settings),
        network.welcome(
          { ...member, agreesToPrompts: false, agreesToMatching: false, findable: false },
          agreed.settings,
        ),
        network.welcome({ ...member, agreesToPrompts: false, promptRhythm: 'monthly' }, agreed.settings),
      ),
      alreadyJoined: messages(network.alreadyJoined()),
      greeting: messages(network.greeting()),
      joined: messages(network.joined(agreed.yes), network.joined(agreed.no)),
      signInSent: messages(network.signInSent()),
      signInLink: messages(network.signInLink('https://colloquy.example/sign-in/abc')),
      confirmLeave: messages(network.confirmLeave()),
      left: messages(network.left()),
      strangerHome: pages(network.strangerHome()),
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
  examples: (contents) => ({
    confirmErase: messages(erasing.confirmErase()),
    confirmEraseListed: messages(erasing.confirmEraseListed(memberOf(contents))),
    erased: messages(erasing.erased('active'), erasing.erased('invited')),
    erasedStranger: messages(
      erasing.erasedStranger({ greeting: true, request: true, joining: true, codes: true }),
      erasing.erasedStranger({ greeting: false, request: false, joining: false, codes: false }),
    ),
  }),
};

const fileLinks = {
  readable: 'https://colloquy.example/download/abc',
  json: 'https://colloquy.example/download/def',
};

const exports: Chapter = {
  parts: ['everythingFile', 'everythingReadable'],
  examples: (contents: Contents) => ({
    everythingPage: pages(exporting.everythingPage(everythingHeld(contents), fileLinks)),
  }),
};

export const networkChapters: Readonly<Record<string, Chapter>> = {
  'network/account-request-messages.ts': accountRequests,
  'network/announcements-messages.ts': announcing,
  'network/erase-messages.ts': erasures,
  'network/export-messages.ts': exports,
  'network/find-messages.ts': finders,
  'network/messages.ts': everyday,
};
