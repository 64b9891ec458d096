import * as path from '../../src/joining/path-messages.ts';
import * as who from '../../src/joining/who-is-who-messages.ts';
import { type Chapter, messages, pages } from './card-catalogue-chapter.ts';
import { memberOf } from './card-contents.ts';

const firstWeeks: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    return {
      whoIsWhoStep: messages(path.whoIsWhoStep()),
      firstPrompt: messages(path.firstPrompt(true), path.firstPrompt(false)),
      meetBuddy: messages(path.meetBuddy(member)),
      lookOutFor: messages(path.lookOutFor(member)),
      firstConversation: messages(path.firstConversation(0), path.firstConversation(2)),
      lookingBack: messages(path.lookingBack()),
    };
  },
};

const whoIsWho: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const others = Array.from({ length: 12 }, () => ({ ...member, name: contents.otherName }));
    const everyone = { conveners: [member], buddy: member, hosts: others, cohort: others, cohortName: contents.cohort };
    const nobody = { conveners: [], buddy: undefined, hosts: [], cohort: [], cohortName: '' };
    return { whoIsWho: pages(who.whoIsWho(everyone), who.whoIsWho(nobody)) };
  },
};

export const welcomeChapters: Readonly<Record<string, Chapter>> = {
  'joining/path-messages.ts': firstWeeks,
  'joining/who-is-who-messages.ts': whoIsWho,
};
