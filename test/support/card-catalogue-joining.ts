import type { Agreements } from '../../src/joining/consents.ts';
import * as steps from '../../src/joining/form-messages.ts';
import * as problem from '../../src/joining/problem-messages.ts';
import * as asking from '../../src/joining/request-messages.ts';
import * as reviewing from '../../src/joining/review-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { type Contents, memberOf } from './card-contents.ts';

const yes: Agreements = { prompts: true, matching: true, findable: true };
const no: Agreements = { prompts: false, matching: false, findable: false };

const settings = {
  name: '',
  zone: 'Europe/London',
  promptWeekday: 1,
  promptHour: 9,
  roundWeekday: 2,
  roundHour: 10,
  roundWeeks: 2,
  councilsMustAgree: false,
  digestPeople: 5,
  digestCouncils: 3,
} as const;

const zones = [
  { value: 'Europe/London', label: 'UK time (London)' },
  { value: 'Europe/Paris', label: 'Paris time' },
];

const fourForms: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const themes = [
      { value: 'chief-executives/finance', label: contents.theme },
      { value: 'chief-executives/core-role', label: 'The core chief executive role' },
    ];
    const hours = { zone: 'Europe/London', zones, from: '09:00', until: '17:00' };
    const about = steps.aboutForm({ member, newlyAppointed: false, isMember: false });
    const wrong = [
      { field: 'council', text: problem.unknownCouncil([contents.council, 'Leeds City Council']) },
      { field: 'role', text: problem.problems.role },
    ];
    const interests = { options: themes, chosen: themes.map(({ value }) => value) };
    return {
      aboutForm: forms(
        about,
        redraw(about, { council: contents.typed, role: '' }, wrong),
        steps.aboutForm({ member, newlyAppointed: true, isMember: true }),
      ),
      interestsForm: forms(
        steps.interestsForm({ ...interests, isMember: false }),
        steps.interestsForm({ ...interests, chosen: [], isMember: true }),
      ),
      hoursForm: forms(steps.hoursForm({ ...hours, isMember: false }), steps.hoursForm({ ...hours, isMember: true })),
      agreementsForm: forms(
        steps.agreementsForm({ said: undefined, settings, rhythm: 'weekly', isMember: false }),
        steps.agreementsForm({ said: yes, settings, rhythm: 'monthly', isMember: true }),
      ),
      savedWork: messages(steps.savedWork(member)),
      savedInterests: messages(steps.savedInterests([contents.theme, 'Good governance']), steps.savedInterests([])),
      savedHours: messages(steps.savedHours(hours)),
      savedAgreements: messages(steps.savedAgreements(yes), steps.savedAgreements(no)),
    };
  },
};

const requesting: Chapter = {
  parts: [],
  examples: ({ name, email, council, role, about, reason }) => ({
    requestForm: forms(
      asking.requestForm({ name: '', email: '', council: '', role: '', level: '', note: '' }, false),
      asking.requestForm({ name, email, council, role, level: 'director', note: about }, true),
    ),
    requestSent: messages(
      asking.requestSent({ hasConveners: true, isToldHere: true, days: 90 }),
      asking.requestSent({ hasConveners: false, isToldHere: false, days: 365 }),
    ),
    mayJoin: messages(asking.mayJoin()),
    refused: messages(asking.refused(reason)),
  }),
};

function askingOf({ name, email, council, role, about }: Contents): reviewing.Asking {
  return {
    id: '0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e',
    name,
    email,
    emailVerified: true,
    council,
    role,
    level: 'director',
    note: about,
    requestedAt: new Date('2027-03-01T09:00:00Z'),
  };
}

const deciding: Chapter = {
  parts: ['decidedAlready', 'onRosterAlready', 'isGuest', 'onRosterUnconfirmed'],
  examples: (contents) => {
    const one = askingOf(contents);
    const bare = { ...one, emailVerified: false, note: '' };
    const cohorts = [{ value: '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c', label: contents.cohort }];
    const form = reviewing.approvalForm({ asking: one, council: contents.council, isKnown: true, cohorts, shown: '' });
    const wrong = [{ field: 'council', text: problem.unknownCouncilToAdd([contents.council]) }];
    return {
      requested: messages(reviewing.requested(one), reviewing.requested(bare)),
      requestsPage: pages(
        reviewing.requestsPage([one, bare], 'Europe/London', true),
        reviewing.requestsPage(
          Array.from({ length: 21 }, () => one),
          'Europe/London',
          false,
        ),
        reviewing.requestsPage([], 'Europe/London', true),
      ),
      approvalForm: forms(
        form,
        redraw(form, {}, wrong),
        reviewing.approvalForm({ asking: bare, council: contents.typed, isKnown: false, cohorts: [], shown: '' }),
      ),
      refusalForm: forms(reviewing.refusalForm(one)),
      approved: messages(reviewing.approved(one)),
      turnedDown: messages(reviewing.turnedDown(one, true), reviewing.turnedDown(one, false)),
    };
  },
};

export const joiningChapters: Readonly<Record<string, Chapter>> = {
  'joining/form-messages.ts': fourForms,
  'joining/problem-messages.ts': {
    parts: ['unknownCouncil', 'unknownCouncilToAdd', 'councilOutside'],
    examples: () => ({}),
  },
  'joining/request-messages.ts': requesting,
  'joining/review-messages.ts': deciding,
};

/** In the ways in which a member can have agreed. */
export const agreed = { yes, no, settings } as const;
