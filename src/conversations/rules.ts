import { type Asker, readsPrivately } from '../asker.ts';
import type { Problem } from '../errors.ts';
import { check, isIn, tidy } from '../messages/answers.ts';
import type { Member } from '../network/model.ts';
import type { Audience } from '../proposals/model.ts';
import { problems as say } from './messages.ts';
import { type Conversation, lengths } from './model.ts';

/** Whether a conversation is for this member. */
export function isFor(audience: Audience, { level, cohortId }: Pick<Member, 'level' | 'cohortId'>): boolean {
  if (audience.kind === 'all') return true;
  return audience.kind === 'level' ? audience.level === level : audience.cohortId === cohortId;
}

/** A host may change and cancel what they host, and a convener anything: but not by a link in an e-mail. */
export function mayCancel({ sender, member }: Asker, { host }: Pick<Conversation, 'host'>): boolean {
  return host?.id === member.id || (member.permission === 'convener' && readsPrivately(sender));
}

/** A title and what it is about, of a conversation or of a topic that may become one. */
export function subjectProblems({ title, about }: Pick<Conversation, 'title' | 'about'>): readonly Problem[] {
  return [
    ...check('title', isIn(title.length, { min: 1, max: lengths.title }), say.title),
    ...check('about', isIn(about.length, { min: 1, max: lengths.about }), say.about),
  ];
}

/** Reads why a conversation is cancelled; '' is an answer. */
export function readReason(answer: string): { readonly reason: string } | readonly Problem[] {
  const reason = tidy(answer);
  return reason.length > lengths.reason ? [{ field: 'reason', text: say.reason }] : { reason };
}
