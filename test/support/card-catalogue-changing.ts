import * as edits from '../../src/conversations/edit-messages.ts';
import * as handing from '../../src/conversations/hand-over-messages.ts';
import type { View } from '../../src/conversations/messages.ts';
import type { Host } from '../../src/conversations/model.ts';
import * as reminders from '../../src/conversations/reminder-messages.ts';
import * as settings from '../../src/conversations/settings-messages.ts';
import * as hours from '../../src/conversations/which-hour-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { viewOf } from './card-catalogue-conversations.ts';
import type { Contents } from './card-contents.ts';

const limits = [
  { value: '2', label: '2 people' },
  { value: 'none', label: 'No limit' },
];

function editForm({ title, about }: Contents, people: number) {
  const when = { date: '2027-10-31', time: '01:30', minutes: '60' };
  const answers = {
    title,
    about,
    ...when,
    capacity: '8',
    perCouncil: '2',
    link: 'https://meet.example/room',
    place: '',
  };
  const start = { conversation: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f', revision: '1', asked: '' };
  return edits.editForm(answers, limits, { ...start, zone: 'Europe/London', people });
}

const editing: Chapter = {
  parts: ['capacityTaken', 'councilTaken', 'changedTo'],
  examples: (contents) => {
    const host = viewOf(contents, { kind: 'host' });
    const form = editForm(contents, 4);
    const problems = [
      { field: 'title', text: edits.changedTo(contents.title) },
      { field: 'capacity', text: edits.capacityTaken(1) },
      { field: 'perCouncil', text: edits.councilTaken(3) },
      { field: 'place', text: edits.changedTo('') },
    ];
    const offered = { kind: 'offered', until: new Date('2027-03-12T16:00:00Z') } as const;
    const inRoom = { ...host, conversation: { ...host.conversation, link: '', place: contents.wording } };
    return {
      editForm: forms(form, editForm(contents, 0), redraw(form, {}, problems)),
      changedMeanwhile: forms(edits.changedMeanwhile(form)),
      edited: messages(edits.edited(host, 4), edits.edited(inRoom, 0), edits.edited(host, 1)),
      unchanged: messages(edits.unchanged(host)),
      moved: messages(
        ...[host, inRoom].map(edits.moved),
        ...[{ kind: 'seated' } as const, offered, { kind: 'waiting', position: 2 } as const].map((standing) =>
          edits.moved(viewOf(contents, standing)),
        ),
      ),
    };
  },
};

const whichHour: Chapter = {
  parts: [],
  examples: (contents) => {
    const form = editForm(contents, 4);
    const [first, second] = [new Date('2027-10-31T00:30:00Z'), new Date('2027-10-31T01:30:00Z')];
    const [before, after] = [new Date('2027-03-28T00:30:00Z'), new Date('2027-03-28T01:30:00Z')];
    return {
      whichHour: forms(
        hours.whichHour(form, {}, { twice: [first, second] }, '01:30', 'Europe/London'),
        hours.whichHour(form, {}, { gap: [before, after] }, '01:30', 'Europe/London'),
      ),
      withClock: forms(hours.withClock(form, { gap: [before, after] }, '01:30', 'Europe/London')),
    };
  },
};

const handingOver: Chapter = {
  parts: [],
  examples: (contents) => {
    const { name, otherName, role, council } = contents;
    const host: Host = { id: '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c', name: otherName, role, council };
    const hosts = [{ value: host.id, label: `${otherName}, ${role}, ${council}` }];
    const [theirs, others] = [viewOf(contents, { kind: 'host' }), viewOf(contents)];
    return {
      handOverForm: forms(handing.handOverForm(theirs, hosts, ''), handing.handOverForm(theirs, hosts, name)),
      asking: messages(handing.asking(theirs, otherName)),
      handOverAsked: messages(
        handing.handOverAsked(others, host, ''),
        handing.handOverAsked(others, host, name),
        handing.handOverAsked(others, host, undefined),
      ),
      takenOver: messages(handing.takenOver(theirs)),
      declined: messages(handing.declined(others)),
      handOverAnswered: messages(handing.handOverAnswered(others, host)),
      handOverDeclined: messages(
        handing.handOverDeclined(theirs, host, true),
        handing.handOverDeclined(theirs, host, false),
        handing.handOverDeclined(others, host, true),
      ),
      newHost: messages(
        handing.newHost(viewOf(contents, { kind: 'seated' }), host),
        handing.newHost(viewOf(contents, { kind: 'waiting', position: 1 }, 8), host),
      ),
    };
  },
};

const beforehand: Chapter = {
  parts: [],
  examples: (contents) => {
    const seated = viewOf(contents, { kind: 'seated' });
    const host = viewOf(contents, { kind: 'host' });
    const inRoom: View = { ...seated, conversation: { ...seated.conversation, link: '', place: contents.wording } };
    const people = [`${contents.role}, ${contents.council}`, contents.role];
    const questions = [contents.wording, contents.why];
    const days = ['2027-03-01', '2027-03-09', '2027-03-13', '2027-03-15', '2027-03-16'];
    const empty = { seated: 0, offered: 0, waiting: 0 };
    const crowd = { seated: 8, offered: 1, waiting: 2 };
    return {
      reminder: messages(
        ...days.map((day) => reminders.reminder(seated, new Date(`${day}T08:00:00Z`))),
        reminders.reminder(inRoom, new Date('2027-03-16T09:45:00Z')),
      ),
      hostBriefing: messages(reminders.hostBriefing(host, people, questions), reminders.hostBriefing(host, [], [])),
      whoIsComing: pages(
        reminders.whoIsComing({ ...host, attendance: crowd }, people, questions, true),
        reminders.whoIsComing({ ...host, attendance: { seated: 0, offered: 2, waiting: 1 } }, [], [], false),
      ),
      tooFew: messages(
        reminders.tooFew({ ...host, attendance: empty }, 3, true),
        reminders.tooFew({ ...host, attendance: { ...empty, seated: 1 } }, 3, false),
        reminders.tooFew({ ...host, attendance: { ...empty, seated: 2 } }, 3, true),
      ),
      goingOn: messages(reminders.goingOn(host)),
    };
  },
};

const running: Chapter = {
  parts: [],
  examples: () => {
    const usual = {
      needApproval: false,
      remindMinutes: { first: 10_080, second: 1_440, last: 15 },
      offerHours: 24,
      fewestPeople: 3,
    };
    const other = {
      needApproval: true,
      remindMinutes: { first: 0, second: 240, last: 61 },
      offerHours: 5,
      fewestPeople: 1,
    };
    const form = settings.settingsForm(usual);
    const mistakes = [
      { field: 'first', text: settings.problems.choice },
      { field: 'second', text: settings.problems.order },
      { field: 'fewest', text: settings.problems.fewest },
    ];
    return {
      settingsForm: forms(form, settings.settingsForm(other), redraw(form, {}, mistakes)),
      settingsSaved: messages(settings.settingsSaved(usual), settings.settingsSaved(other)),
    };
  },
};

export const changingChapters: Readonly<Record<string, Chapter>> = {
  'conversations/edit-messages.ts': editing,
  'conversations/which-hour-messages.ts': whichHour,
  'conversations/hand-over-messages.ts': handingOver,
  'conversations/reminder-messages.ts': beforehand,
  'conversations/settings-messages.ts': running,
};
