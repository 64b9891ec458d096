import type { Form, Option } from '../messages/form.ts';
import { noLimit } from '../proposals/rules.ts';
import { answersOf } from './edit-answers.ts';
import { editForm } from './edit-messages.ts';
import type { Conversation } from './model.ts';
import type { Entry } from './seat-book.ts';

/** @param start `revision`: which state of it was drawn before, '' for what it is now */
export function editFormOf(
  conversation: Conversation,
  entries: readonly Entry[],
  zone: string,
  start: { readonly revision: string; readonly asked: string },
): Form {
  const revision = start.revision === '' ? String(conversation.revision) : start.revision;
  const more = { conversation: conversation.id, revision, asked: start.asked, zone, people: entries.length };
  return editForm(answersOf(conversation, zone), limitsFor(conversation), more);
}

/** Up to five of one council; what holds now can be kept, whatever it is. */
function limitsFor({ perCouncil }: Conversation): readonly Option[] {
  const offered = [1, 2, 3, 4, 5];
  const limits = perCouncil === null || offered.includes(perCouncil) ? offered : [...offered, perCouncil];
  const options = limits.map((limit) => ({
    value: String(limit),
    label: limit === 1 ? '1 person' : `${limit} people`,
  }));
  return [...options, { value: noLimit, label: 'No limit' }];
}
