import { redraw } from '../../src/messages/form.ts';
import * as following from '../../src/reflections/follow-up-messages.ts';
import * as files from '../../src/reflections/journal-file-messages.ts';
import * as mapping from '../../src/reflections/journal-map-messages.ts';
import * as journals from '../../src/reflections/journal-messages.ts';
import * as writing from '../../src/reflections/messages.ts';
import * as sharing from '../../src/reflections/sharing-messages.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import type { Contents } from './card-contents.ts';
import { promptOf } from './card-everything.ts';

const nobody: sharing.Audience = { kind: 'nobody' };
const network: sharing.Audience = { kind: 'network' };

function audiencesOf({ otherName, cohort }: Contents): readonly sharing.Audience[] {
  const gone: readonly sharing.Audience[] = [
    { kind: 'match', names: [] },
    { kind: 'cohort', name: '' },
  ];
  return [nobody, { kind: 'match', names: [otherName] }, { kind: 'cohort', name: cohort }, network, ...gone];
}

const answers: Chapter = {
  parts: ['noPromptYet'],
  examples: (contents) => {
    const sent = promptOf(contents);
    const written = { answer: contents.answer, action: contents.title, followedUp: true, audience: nobody };
    const empty = { answer: '', action: '', followedUp: false, audience: nobody };
    const shown = { asked: sent.prompt };
    const form = writing.answerForm(sent, empty, true, shown);
    const mistakes = [
      { field: 'text', text: writing.problems.tooLong },
      { field: 'action', text: writing.problems.actionTooLong },
    ];
    const quiet = { askedOn: '', isNamed: true };
    return {
      answerForm: forms(
        writing.answerForm(sent, empty, false, { ...shown, written: '' }),
        ...audiencesOf(contents).map((audience) => writing.answerForm(sent, { ...written, audience }, false, shown)),
        form,
        redraw(form, { text: '' }, [{ field: 'text', text: writing.problems.empty }]),
        redraw(form, { text: contents.answer }, mistakes),
        redraw(form, { text: contents.answer }, [{ field: 'text', text: writing.problems.swapped }]),
        redraw(form, { text: contents.answer }, [{ field: 'text', text: writing.problems.writtenElsewhere }]),
      ),
      saved: messages(
        ...audiencesOf(contents).map((audience) => writing.saved(sent, audience, quiet)),
        writing.saved(sent, nobody, { askedOn: 'Tuesday 30 March', isNamed: true }),
        writing.saved(sent, network, { askedOn: '', isNamed: false }),
      ),
      deleting: messages(writing.deleting(sent)),
      deleted: messages(writing.deleted(sent)),
    };
  },
};

const followUps: Chapter = {
  parts: [],
  examples: (contents) => {
    const sent = promptOf(contents);
    const form = following.followUpForm(sent, { action: contents.title, followUp: '' }, false);
    return {
      howDidItGo: messages(following.howDidItGo(sent, false), following.howDidItGo(sent, true)),
      followUpForm: forms(
        form,
        following.followUpForm(sent, { action: contents.title, followUp: contents.answer }, false),
        following.followUpForm(sent, { action: '', followUp: '' }, true),
        redraw(form, { text: '' }, [{ field: 'text', text: following.problems.empty }]),
        redraw(form, { text: contents.answer }, [{ field: 'text', text: following.problems.writtenElsewhere }]),
      ),
      followedUp: messages(following.followedUp(sent)),
    };
  },
};

const shared: Chapter = {
  parts: ['readersOf', 'privacyOf', 'alsoReads', 'quotes'],
  examples: (contents) => {
    const sent = promptOf(contents);
    const choices = audiencesOf(contents).map((audience, index) => ({ value: `${audience.kind}:${index}`, audience }));
    const { name, role, topic, wording, answer } = contents;
    const entry = { name, position: role, through: 'match', month: 'March 2027', topic, wording, answer } as const;
    const form = sharing.shareForm(sent, answer, choices.slice(0, 4), 'nobody:0');
    return {
      shareForm: forms(
        form,
        sharing.shareForm(sent, answer, choices.slice(0, 1), 'nobody:0'),
        redraw(form, { with: '' }, [{ field: 'with', text: sharing.problems.matchGone }]),
      ),
      shared: messages(...audiencesOf(contents).map((audience) => sharing.shared(sent, audience))),
      sharedWithYou: messages(sharing.sharedWithYou(name)),
      sharedPage: pages(
        sharing.sharedPage([], undefined),
        sharing.sharedPage([entry, { ...entry, through: 'cohort' }], 8),
      ),
    };
  },
};

function entriesOf(contents: Contents): readonly journals.JournalEntry[] {
  const sent = promptOf(contents);
  const { answer, title } = contents;
  const bare = { sent, when: '1 March 2027', answer, action: '', followUp: '', askedOn: '', audience: nobody };
  return [
    bare,
    { ...bare, action: title, askedOn: '29 March 2027', audience: network },
    ...audiencesOf(contents).map((audience) => ({ ...bare, action: title, followUp: answer, audience })),
  ];
}

const links = { markdown: 'https://colloquy.example/download/1', document: 'https://colloquy.example/download/2' };

function partsOf({ theme }: Contents) {
  return Array.from({ length: 12 }, (_, index) => ({ key: `a/${index}`, name: theme, count: index }));
}

const journal: Chapter = {
  parts: [],
  examples: (contents) => {
    const entries = entriesOf(contents);
    const open = [{ sent: promptOf(contents), when: '8 March 2027' }];
    const parts = partsOf(contents);
    const page = {
      by: 'week',
      part: '',
      entries,
      parts: [],
      files: links,
      keptDays: 730,
      next: undefined,
      open,
      takeaways: [],
    } as const;
    const { title, answer: text } = contents;
    const takeaway = { conversation: promptOf(contents).id, title, when: '16 March 2027', text, shared: false };
    const search = journals.searchForm();
    return {
      journalPage: pages(
        journals.journalPage({ ...page, entries: [], files: undefined, open: [] }),
        journals.journalPage(page),
        journals.journalPage({ ...page, takeaways: [takeaway, { ...takeaway, shared: true }] }),
        journals.journalPage({ ...page, by: 'theme', parts, next: 8, open: [] }),
        journals.journalPage({ ...page, by: 'stage', part: 'judgement', files: undefined, next: 8, open: [] }),
      ),
      searchForm: forms(search, redraw(search, { query: '' }, [{ field: 'query', text: journals.problems.query }])),
      foundPage: pages(
        journals.foundPage([], 0),
        journals.foundPage(entries.slice(0, 1), 1),
        journals.foundPage(entries, entries.length),
        journals.foundPage(entries, 30),
      ),
    };
  },
};

const chosen: Chapter = {
  parts: [],
  examples: (contents) => {
    const choice = files.documentForm(partsOf(contents));
    return {
      documentForm: forms(
        choice,
        redraw(choice, { from: 'soon', until: '', theme: 'all' }, [{ field: 'from', text: files.problems.day }]),
      ),
      documentPage: pages(files.documentPage(1, links), files.documentPage(12, links)),
    };
  },
};

const map: Chapter = {
  parts: [],
  examples: ({ theme, topic }) => {
    const cells = [0, 1, 2, 5].map((asked) => ({ stage: topic, asked, answered: Math.max(0, asked - 1) }));
    return {
      mapPage: pages(
        mapping.mapPage([]),
        mapping.mapPage([
          { key: 'chief-executives/finance', theme, cells },
          { key: 'collective-leadership/trust', theme, cells: [{ stage: '', asked: 2, answered: 0 }] },
        ]),
      ),
    };
  },
};

export const reflectionChapters: Readonly<Record<string, Chapter>> = {
  'reflections/messages.ts': answers,
  'reflections/follow-up-messages.ts': followUps,
  'reflections/sharing-messages.ts': shared,
  'reflections/journal-messages.ts': journal,
  'reflections/journal-file-messages.ts': chosen,
  'reflections/journal-map-messages.ts': map,
};
