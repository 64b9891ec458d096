import * as afterwards from '../../src/afterwards/messages.ts';
import * as summaries from '../../src/afterwards/summary-messages.ts';
import * as takeaways from '../../src/afterwards/takeaway-messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { viewOf } from './card-catalogue-conversations.ts';
import type { Contents } from './card-contents.ts';

function endedOf(contents: Contents, waiting = 0): afterwards.Ended {
  const shown = viewOf(contents);
  return { ...shown, attendance: { ...shown.attendance, waiting }, canHostAgain: true };
}

function underRule(contents: Contents): afterwards.Ended {
  const shown = endedOf(contents);
  return { ...shown, conversation: { ...shown.conversation, chathamHouse: true } };
}

function withoutHost(contents: Contents): afterwards.Ended {
  const shown = endedOf(contents);
  return { ...shown, conversation: { ...shown.conversation, host: undefined, title: '', about: '' } };
}

const whoCame: Chapter = {
  parts: ['titleOf'],
  examples: (contents) => {
    const { name, otherName, role, council } = contents;
    const people = [name, otherName].map((each, index) => {
      const id = `0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0${index}`;
      return { id, name: each, role, council, came: null };
    });
    const ended = endedOf(contents);
    const guest = { ...endedOf(contents, 2), canHostAgain: false };
    return {
      askWhoCame: messages(
        ...[ended, endedOf(contents, 1), endedOf(contents, 3), guest, withoutHost(contents)].map(afterwards.askWhoCame),
      ),
      whoCameForm: forms(
        afterwards.whoCameForm(
          ended,
          people,
          people.map(({ id }) => id),
          'by name',
        ),
        afterwards.whoCameForm(ended, people, [], 'by role'),
        afterwards.whoCameForm(ended, people, [], 'by role until they sign in'),
      ),
      whoCameSaved: messages(
        afterwards.whoCameSaved(ended, 0),
        afterwards.whoCameSaved(ended, 1),
        afterwards.whoCameSaved(endedOf(contents, 3), 4),
      ),
    };
  },
};

const whatTheyTake: Chapter = {
  parts: [],
  examples: (contents) => {
    const { answer: text } = contents;
    const ended = endedOf(contents);
    const written = { text, shared: true, writtenAt: new Date('2027-03-16T12:00:00Z') };
    const form = takeaways.takeawayForm(underRule(contents), written, true);
    return {
      askTakeaway: messages(takeaways.askTakeaway(ended), takeaways.askTakeaway(withoutHost(contents))),
      takeawayForm: forms(
        form,
        takeaways.takeawayForm(ended, undefined, true),
        takeaways.takeawayForm(withoutHost(contents), undefined, false),
        redraw(form, { text: '' }, [{ field: 'text', text: takeaways.problems.empty }]),
        redraw(form, { text }, [{ field: 'text', text: takeaways.problems.tooLong }]),
      ),
      takeawaySaved: messages(
        takeaways.takeawaySaved(ended, false),
        takeaways.takeawaySaved(withoutHost(contents), true),
      ),
      takeawayDropped: messages(takeaways.takeawayDropped(ended)),
      takeawaysPage: pages(
        takeaways.takeawaysPage(ended, [], false),
        takeaways.takeawaysPage(ended, Array(15).fill(text), false),
        takeaways.takeawaysPage(withoutHost(contents), [text], true),
      ),
    };
  },
};

const whatItCameTo: Chapter = {
  parts: ['summaryBlocks'],
  examples: (contents) => {
    const { answer } = contents;
    const ended = endedOf(contents);
    const form = summaries.summaryForm(ended, answer);
    return {
      summaryForm: forms(
        form,
        summaries.summaryForm(underRule(contents), ''),
        redraw(form, { text: '' }, [{ field: 'text', text: summaries.problems.empty }]),
        redraw(form, { text: answer }, [{ field: 'text', text: summaries.problems.tooLong }]),
        redraw(form, { text: answer }, [{ field: 'text', text: summaries.problems.names(contents.name) }]),
      ),
      summarySaved: messages(
        summaries.summarySaved(ended, 0, true),
        summaries.summarySaved(ended, 1, false),
        summaries.summarySaved(ended, 5, true),
      ),
      summary: messages(summaries.summary(ended, answer), summaries.summary(underRule(contents), answer)),
    };
  },
};

export const afterwardsChapters: Readonly<Record<string, Chapter>> = {
  'afterwards/messages.ts': whoCame,
  'afterwards/takeaway-messages.ts': whatTheyTake,
  'afterwards/summary-messages.ts': whatItCameTo,
};
