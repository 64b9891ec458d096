import * as breaks from '../../src/calendar/break-messages.ts';
import * as cohorts from '../../src/calendar/cohort-prompt-messages.ts';
import * as calendar from '../../src/calendar/messages.ts';
import { redraw } from '../../src/messages/form.ts';
import type { NetworkSettings } from '../../src/network/model.ts';
import * as rhythm from '../../src/reflections/rhythm-messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';

const id = '0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e';
const cohortId = '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c';
const now = new Date('2027-03-02T12:00:00Z');
const soon = new Date('2027-03-08T09:00:00Z');

const settings: NetworkSettings = {
  name: 'Colloquy',
  zone: 'Europe/London',
  promptWeekday: 1,
  promptHour: 9,
  roundWeekday: 2,
  roundHour: 10,
  roundWeeks: 2,
  councilsMustAgree: false,
  digestPeople: 5,
  digestCouncils: 3,
};

const network: Chapter = {
  parts: ['rhythmWords', 'everyWeeks', 'weekdayWords'],
  examples: () => {
    const form = calendar.rhythmForm(settings);
    const { problems } = calendar;
    return {
      rhythmForm: forms(
        form,
        calendar.rhythmForm({ ...settings, promptWeekday: 7, promptHour: 22 }),
        redraw(form, { roundWeeks: '13', zone: 'Mars' }, [
          { field: 'roundWeeks', text: problems.weeks },
          { field: 'zone', text: problems.zone },
          { field: 'promptWeekday', text: problems.weekday },
          { field: 'promptHour', text: problems.hour },
        ]),
      ),
      rhythmSaved: messages(
        calendar.rhythmSaved(settings, soon),
        calendar.rhythmSaved({ ...settings, roundWeeks: 12 }, undefined),
      ),
    };
  },
};

const off: Chapter = {
  parts: [],
  examples: ({ title, cohort }: Contents) => {
    const span = { id, name: title, first: '2027-03-25', last: '2027-05-06' };
    const everyone = { ...span, sort: 'pre-election', nation: '', cohortId: null, cohort: '' } as const;
    const ofCohort = { ...span, sort: 'break', nation: 'Wales', cohortId, cohort, last: span.first } as const;
    const inWales = { ...everyone, nation: 'Wales' };
    const form = breaks.breakForm([{ value: cohortId, label: cohort }]);
    return {
      breaksPage: pages(breaks.breaksPage([]), breaks.breaksPage([everyone, ofCohort, inWales])),
      breakForm: forms(
        form,
        redraw(
          form,
          { name: '', first: '2027-02-30', last: '' },
          Object.entries(breaks.problems).flatMap(([field, text]) => (field === 'some' ? [] : [{ field, text }])),
        ),
      ),
      breakSet: messages(breaks.breakSet(everyone, 0), breaks.breakSet(ofCohort, 1)),
      breakEnded: messages(breaks.breakEnded()),
    };
  },
};

const betweenModules: Chapter = {
  parts: ['whyOfCohort'],
  examples: ({ wording, cohort }: Contents) => {
    const set = { id, cohortId, cohort, day: '2027-03-10', week: '2027-03-08', wording };
    const form = cohorts.cohortPromptForm([{ value: cohortId, label: cohort }]);
    return {
      cohortPromptsPage: pages(
        cohorts.cohortPromptsPage([]),
        cohorts.cohortPromptsPage([
          { ...set, sent: 0 },
          { ...set, sent: 1 },
          { ...set, sent: 12 },
        ]),
      ),
      cohortPromptForm: forms(
        form,
        redraw(form, { on: '2027-02-30' }, [
          { field: 'on', text: cohorts.problems.day },
          { field: 'cohort', text: cohorts.problems.cohort },
        ]),
      ),
      cohortPromptSet: messages(
        cohorts.cohortPromptSet(set, { members: 12, hadAlready: 0, isOff: false }),
        cohorts.cohortPromptSet(set, { members: 2, hadAlready: 1, isOff: true }),
        cohorts.cohortPromptSet(set, { members: 12, hadAlready: 2, isOff: false }),
      ),
      cohortPromptDropped: messages(cohorts.cohortPromptDropped()),
    };
  },
};

const often: Chapter = {
  parts: [],
  examples: () => {
    const saved = (next: Date | undefined, pausedUntil: Date | undefined) =>
      rhythm.rhythmSaved('fortnightly', { next, pausedUntil, now }, 'Europe/London');
    const form = rhythm.rhythmForm('weekly');
    return {
      rhythmForm: forms(form, redraw(form, {}, [{ field: 'rhythm', text: rhythm.problems.rhythm }])),
      rhythmSaved: messages(
        saved(soon, undefined),
        saved(now, undefined),
        saved(soon, soon),
        saved(undefined, undefined),
      ),
    };
  },
};

export const calendarChapters: Readonly<Record<string, Chapter>> = {
  'calendar/messages.ts': network,
  'calendar/break-messages.ts': off,
  'calendar/cohort-prompt-messages.ts': betweenModules,
  'reflections/rhythm-messages.ts': often,
};
