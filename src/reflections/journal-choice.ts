import { z } from 'zod';
import type { Core } from '../core.ts';
import { type Chosen, downloadUrl } from '../download-link.ts';
import { type Problem, Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { everythingAsked } from './asked.ts';
import { chosenEntries, chosenTakeaways } from './journal-contents.ts';
import * as say from './journal-file-messages.ts';
import { grouped, shelve } from './journal-shelf.ts';
import { refusals } from './messages.ts';

/**
 * Asks what of their journal a member wants in a document.
 *
 * @throws Refusal when whoever is asking may not read it
 */
export async function openDocument(core: Core, member: Member, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(refusals.signInToRead);
  const written = (await everythingAsked(core, member.id)).filter(({ writtenAt }) => writtenAt !== null);
  const themes = grouped(shelve(core.frameworks, written), 'theme');
  return {
    kind: 'form',
    form: say.documentForm(themes.map(({ key, name, entries }) => ({ key, name, count: entries.length }))),
  };
}

const Day = z.union([z.iso.date(), z.literal('')]);

/**
 * Says where the files with what was chosen are.
 *
 * @throws Refusal when the days are none, nothing was written in them, or whoever is asking may not read it
 */
export async function chosenDocument(
  core: Core,
  member: Member,
  intent: Extract<Intent, { kind: 'reflections.document' }>,
  mayRead: boolean,
): Promise<Reply> {
  if (!mayRead) throw new Refusal(refusals.signInToRead);
  const { from, until } = intent;
  const chosen = { from, until, theme: intent.theme === say.allThemes ? '' : intent.theme };
  const wrong = dayProblems(from, until);
  const count = wrong.length > 0 ? 0 : await countChosen(core, member, chosen);
  const problems = wrong.length === 0 && count === 0 ? [{ field: 'theme', text: say.problems.nothing }] : wrong;
  if (problems.length > 0) throw new Refusal(say.problems.nothing, problems);
  const files = {
    markdown: downloadUrl(core, member, 'journal-markdown', chosen),
    document: downloadUrl(core, member, 'journal-document', chosen),
  };
  return { kind: 'page', page: say.documentPage(count, files) };
}

async function countChosen(core: Core, member: Member, chosen: Chosen): Promise<number> {
  return (await chosenEntries(core, member, chosen)).length + (await chosenTakeaways(core, member, chosen)).length;
}

function dayProblems(from: string, until: string): readonly Problem[] {
  const wrong = Object.entries({ from, until }).flatMap(([field, day]) =>
    Day.safeParse(day).success ? [] : [{ field, text: say.problems.day }],
  );
  const isTurned = wrong.length === 0 && until !== '' && until < from;
  return isTurned ? [{ field: 'until', text: say.problems.order }] : wrong;
}
