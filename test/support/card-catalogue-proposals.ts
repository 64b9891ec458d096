import * as proposing from '../../src/conversations/proposal-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import * as approval from '../../src/proposals/approval-messages.ts';
import * as form from '../../src/proposals/form-messages.ts';
import * as drafts from '../../src/proposals/messages.ts';
import type { Proposal } from '../../src/proposals/model.ts';
import { problems } from '../../src/proposals/problem-messages.ts';
import * as times from '../../src/proposals/time-messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { viewOf } from './card-catalogue-conversations.ts';
import type { Contents } from './card-contents.ts';

const startsAt = new Date('2027-03-16T10:00:00Z');
const zone = 'Europe/London';

function proposalOf({ title, about }: Contents, given: Partial<Proposal> = {}): Proposal {
  return {
    id: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f',
    hostId: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b',
    state: 'draft',
    theme: 'chief-executives/finance',
    title,
    about,
    audience: { kind: 'all' },
    chathamHouse: false,
    topicId: null,
    followsId: null,
    zone,
    minutes: 60,
    capacity: 8,
    perCouncil: 2,
    link: '',
    place: '',
    startsAt: null,
    refusal: '',
    revision: 1,
    ...given,
  };
}

const hosting: Chapter = {
  parts: [],
  examples: (contents) => ({
    hosting: messages(proposing.hosting()),
    timeChosen: messages(
      proposing.timeChosen(viewOf(contents)),
      proposing.timeChosen(viewOf(contents, undefined, 8)),
      proposing.timeChosen(viewOf(contents, { kind: 'seated' })),
    ),
  }),
};

const underWay: Chapter = {
  parts: ['audienceWords', 'cohortWords'],
  examples: (contents) => {
    const shown = (given: Partial<Proposal>, answered = 0): drafts.ShownDraft => ({
      proposal: proposalOf(contents, given),
      themeName: contents.theme,
      audience: drafts.audienceWords({ kind: 'cohort', cohortId: 'c' }, contents.cohort),
      answered,
      zone,
    });
    const all = [
      shown({}),
      shown({ chathamHouse: true, refusal: contents.reason }),
      shown({ state: 'polling' }, 1),
      shown({ state: 'polling' }, 4),
      shown({ state: 'awaiting', startsAt, perCouncil: null, place: contents.council }),
    ];
    return {
      minePage: pages(drafts.minePage([]), drafts.minePage(all)),
      saved: messages(drafts.saved(proposalOf(contents))),
      sentToConveners: messages(drafts.sentToConveners(proposalOf(contents))),
      droppedDraft: messages(...[0, 1, 5].map((told) => drafts.droppedDraft(proposalOf(contents), told))),
    };
  },
};

const filledIn: Chapter = {
  parts: ['askingClock'],
  examples: (contents) => {
    const { theme, title, about, cohort } = contents;
    const choices = {
      themes: [
        { value: 'chief-executives/finance', label: theme },
        { value: 'chief-executives/core-role', label: 'The core chief executive role' },
      ],
      audiences: [
        { value: 'all', label: drafts.audienceWords({ kind: 'all' }, '') },
        { value: 'level:director', label: drafts.audienceWords({ kind: 'level', level: 'director' }, '') },
        { value: 'cohort:c', label: drafts.cohortWords(cohort) },
      ],
    };
    const empty = { topic: '', follows: '', theme: '', title: '', about: '' };
    const proposal = proposalOf(contents);
    const plan = form.planForm(proposal, { zone, needsApproval: false, date: '', time: '', asked: '', revision: '1' });
    const mistakes = [
      { field: 'date', text: problems.past },
      { field: 'capacity', text: problems.capacity },
      { field: 'link', text: problems.nowhere },
    ];
    const night = { zone, needsApproval: true, date: '2027-10-31', time: '01:30', asked: '', revision: '1' };
    return {
      draftForm: forms(
        form.draftForm(choices, empty),
        form.draftForm(choices, { ...empty, follows: proposal.id, title, about }),
        redraw(form.draftForm(choices, { ...empty, topic: proposal.id, title, about }), {}, [
          { field: 'theme', text: problems.theme },
          { field: 'audience', text: problems.audience },
        ]),
      ),
      wordsForm: forms(form.wordsForm(choices, proposal, '1')),
      planForm: forms(
        plan,
        redraw(plan, { date: '2026-03-01', time: '10:00', capacity: '2' }, mistakes),
        form.askingClock(form.planForm(proposal, night), night),
      ),
    };
  },
};

const findingTime: Chapter = {
  parts: [],
  examples: (contents) => {
    const { title, theme, role, council, name } = contents;
    const proposal = proposalOf(contents, { state: 'polling', chathamHouse: true });
    const later = new Date('2027-03-18T15:30:00Z');
    const can = [{ role, council }];
    const counted = [
      { id: 'a', startsAt, can: [...can, ...can] },
      { id: 'b', startsAt: later, can },
      { id: 'c', startsAt: new Date('2027-03-01T09:00:00Z'), can: [] },
    ];
    const answers = { times: counted, answered: 3, none: 1, now: new Date('2027-03-02T12:00:00Z'), zone };
    const offered = counted.map(({ id, startsAt: at }) => ({ id, startsAt: at }));
    const asked = { proposal, themeName: theme, host: `${name}, ${role}, ${council}`, times: offered, zone };
    return {
      timesForm: forms(
        times.timesForm(proposalOf(contents), zone, [], '1'),
        times.timesForm(proposal, 'America/New_York', [['2027-03-16', '10:00']], '1'),
      ),
      timesAsked: messages(times.timesAsked(proposal, 1), times.timesAsked(proposal, 40)),
      timesPage: pages(
        times.timesPage(proposal, answers),
        times.timesPage(proposal, { ...answers, answered: 1, none: 2 }),
        times.timesPage(proposalOf(contents), { ...answers, answered: 0, none: 0 }),
      ),
      answersIn: messages(...[0, 1, 7].map((count) => times.answersIn(proposalOf(contents), count))),
      whichTime: messages(
        times.whichTime(asked),
        times.whichTime({ ...asked, proposal: proposalOf(contents), zone: 'America/New_York' }),
      ),
      answerForm: forms(times.answerForm(asked, []), times.answerForm(asked, ['a'])),
      answered: messages(times.answered(asked, []), times.answered(asked, [startsAt, later])),
      dropped: messages(times.dropped(title), times.dropped(undefined)),
    };
  },
};

const approving: Chapter = {
  parts: [],
  examples: (contents) => {
    const { title, theme, name, role, council, reason } = contents;
    const proposal = proposalOf(contents, { state: 'awaiting', startsAt });
    const host = `${name}, ${role}, ${council}`;
    const shown = { proposal, startsAt, themeName: theme, audience: 'Directors', host, zone };
    const elsewhere = { ...proposal, perCouncil: null, place: council, chathamHouse: true };
    return {
      waitingPage: pages(approval.waitingPage([]), approval.waitingPage([shown, { ...shown, proposal: elsewhere }])),
      proposalCard: messages(approval.proposalCard(shown)),
      wanted: messages(approval.wanted(shown)),
      refusalForm: forms(approval.refusalForm(proposal, '1')),
      approvedNow: messages(approval.approvedNow(proposal)),
      refusedNow: messages(approval.refusedNow(proposal)),
      tooLate: messages(approval.tooLate(proposal)),
      approved: messages(approval.approved(proposing.timeChosen(viewOf(contents, { kind: 'host' })), title)),
      refused: messages(approval.refused({ ...proposal, refusal: reason }), approval.refused(proposal)),
    };
  },
};

export const proposalChapters: Readonly<Record<string, Chapter>> = {
  'conversations/proposal-messages.ts': hosting,
  'proposals/messages.ts': underWay,
  'proposals/form-messages.ts': filledIn,
  'proposals/problem-messages.ts': { parts: [], examples: () => ({}) },
  'proposals/time-messages.ts': findingTime,
  'proposals/approval-messages.ts': approving,
};
