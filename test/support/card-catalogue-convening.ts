import * as record from '../../src/convening/audit-messages.ts';
import * as cohorts from '../../src/convening/cohort-messages.ts';
import * as councils from '../../src/convening/council-messages.ts';
import { problems } from '../../src/convening/council-problems.ts';
import * as convening from '../../src/convening/messages.ts';
import { AuditAction, type ShownCohort, type ShownCouncil, type Sitting } from '../../src/convening/model.ts';
import * as people from '../../src/convening/people-messages.ts';
import * as sets from '../../src/convening/set-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { type Contents, memberOf } from './card-contents.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const day = () => '2 March 2027';
const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);

function councilOf({ council }: Contents, known: boolean): ShownCouncil {
  if (!known) {
    const nothing = { type: '', nation: '', region: '', domains: [], relations: [], consentAt: null };
    return { id, name: council, ...nothing, consent: 'not asked', joined: 1 };
  }
  return {
    id,
    name: council,
    type: 'Metropolitan district',
    nation: 'England',
    region: 'North West',
    domains: ['northmoor.example', 'northmoor.gov.example'],
    consent: 'withdrawn',
    consentAt: new Date('2027-03-02T12:00:00Z'),
    joined: 7,
    relations: [
      { otherId: id, other: council, relation: 'shared service', rule: 'apart' },
      { otherId: id, other: council, relation: 'merger', rule: 'together' },
    ],
  };
}

function cohortOf({ cohort }: Contents, given: Partial<ShownCohort> = {}): ShownCohort {
  return { id, name: cohort, programme: '', year: '', graduatedAt: null, people: 26, sets: 2, ...given };
}

function sittingOf(contents: Contents): Sitting {
  const { name, council, level } = memberOf(contents);
  return { id, name, council, councilId: id, level, set: 'Learning set 1' };
}

const console: Chapter = {
  parts: [],
  examples: (contents) => {
    const counts = { requests: 0, joined: 41, invited: 7, left: 2, councils: 30, agreed: 12, withdrawn: 1 };
    const calm = { ...counts, cohorts: 3, graduated: 1, mustAgree: false, series: 0, proposals: 0 };
    return {
      console: pages(
        convening.console(calm),
        convening.console({ ...calm, requests: 1, mustAgree: true, series: 1, proposals: 1 }),
        convening.console({ ...calm, requests: 4, series: 2, proposals: 2 }),
      ),
      rosterPage: pages(convening.rosterPage(calm, 'https://colloquy.example/console/roster')),
      mustAgree: messages(convening.mustAgree(true), convening.mustAgree(false)),
      councilOutside: messages(
        convening.councilOutside(contents.council, true),
        convening.councilOutside(contents.council, false),
      ),
    };
  },
};

const ofCouncils: Chapter = {
  parts: [],
  examples: (contents) => {
    const [known, plain] = [councilOf(contents, true), councilOf(contents, false)];
    const form = councils.councilForm(known);
    return {
      councils: pages(
        councils.councils([], 0, day),
        councils.councils([plain], 1, day),
        councils.councils(many(councils.councilsShown, known), 40, day),
      ),
      councilsFound: pages(
        councils.councilsFound([], 0, day),
        councils.councilsFound([known], 1, day),
        councils.councilsFound(many(councils.councilsShown, plain), 40, day),
      ),
      findCouncilForm: forms(councils.findCouncilForm()),
      councilForm: forms(
        form,
        councils.councilForm(plain),
        councils.councilForm({ ...plain, nation: contents.workspace.slice(0, 200) }),
        redraw(form, { domains: 'gmail.com' }, [
          { field: 'name', text: problems.nameTaken(contents.council) },
          { field: 'domains', text: problems.publicMail('gmail.com') },
        ]),
      ),
      relationForm: forms(
        councils.relationForm(known),
        redraw(councils.relationForm(known), { other: contents.typed }, [
          { field: 'other', text: problems.whichCouncil([contents.council, contents.council]) },
        ]),
      ),
      councilSaved: messages(councils.councilSaved(contents.council)),
      relationSaved: messages(
        councils.relationSaved(contents.council, contents.council, 'apart'),
        councils.relationSaved(contents.council, contents.council, 'together'),
      ),
      relationEnded: messages(councils.relationEnded(contents.council, contents.council)),
    };
  },
};

const ofPeople: Chapter = {
  parts: [],
  examples: (contents) => {
    const member = memberOf(contents);
    const away = { ...member, status: 'left', cohort: '' } as const;
    const form = people.roleForm(member);
    return {
      findMemberForm: forms(
        people.findMemberForm(),
        redraw(people.findMemberForm(), {}, [{ field: 'query', text: people.personProblems.empty }]),
      ),
      peopleFound: pages(
        people.peopleFound([], 0),
        people.peopleFound([member, away], 2),
        people.peopleFound(many(people.peopleShown, member), 40),
      ),
      roleForm: forms(
        form,
        redraw(form, { permission: 'member' }, [{ field: 'permission', text: people.personProblems.lastConvener }]),
      ),
      roleSaved: messages(
        ...(['member', 'host', 'convener'] as const).map((permission) => people.roleSaved(contents.name, permission)),
      ),
    };
  },
};

const ofCohorts: Chapter = {
  parts: [],
  examples: (contents) => {
    const cohort = cohortOf(contents);
    const past = cohortOf(contents, { programme: contents.theme, year: '2025', graduatedAt: new Date(0), people: 1 });
    const form = cohorts.cohortForm(past);
    return {
      cohorts: pages(
        cohorts.cohorts([], day),
        cohorts.cohorts([cohort, past], day),
        cohorts.cohorts(many(30, past), day),
      ),
      cohortForm: forms(
        cohorts.cohortForm(undefined),
        form,
        redraw(form, { year: '26' }, [{ field: 'year', text: cohorts.cohortProblems.year }]),
      ),
      cohortSaved: messages(cohorts.cohortSaved(contents.cohort)),
      graduated: messages(cohorts.graduated(contents.cohort)),
    };
  },
};

const ofSets: Chapter = {
  parts: [],
  examples: (contents) => {
    const sitting = sittingOf(contents);
    const set = { name: 'Learning set 1', people: many(13, sitting) };
    const cohort = cohortOf(contents);
    const shown = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    return {
      learningSets: pages(
        sets.learningSets(cohortOf(contents, { people: 0, sets: 0 }), [], []),
        sets.learningSets(cohort, [set], [sitting]),
        sets.learningSets(cohort, many(25, set), []),
      ),
      division: pages(
        sets.division({ cohort: cohortOf(contents, { sets: 0 }), sets: [set, set], seed: '1', shown }),
        sets.division({ cohort, sets: [{ ...set, people: many(17, sitting) }], seed: '2', shown }),
      ),
      divided: messages(sets.divided(cohort, 1), sets.divided(cohort, 2)),
    };
  },
};

const ofRecord: Chapter = {
  parts: [],
  examples: (contents) => {
    const told = {
      when: 'midday on 2 March 2027',
      who: contents.name,
      subject: contents.council,
      other: contents.council,
    };
    const acts = AuditAction.options.map((action) => ({ ...told, action, detail: { fields: 'name', to: 'given' } }));
    return {
      record: pages(
        record.record([], ''),
        record.record(acts, '17'),
        record.record(many(5, acts).flat().slice(0, record.actsShown), '17'),
      ),
    };
  },
};

export const conveningChapters: Readonly<Record<string, Chapter>> = {
  'convening/messages.ts': console,
  'convening/council-messages.ts': ofCouncils,
  'convening/people-messages.ts': ofPeople,
  'convening/cohort-messages.ts': ofCohorts,
  'convening/set-messages.ts': ofSets,
  'convening/audit-messages.ts': ofRecord,
};
