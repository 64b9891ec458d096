import { type Asker, type IntentOf, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import * as follow from './follow-up.ts';
import * as journal from './journal.ts';
import * as document from './journal-choice.ts';
import * as prompting from './prompting.ts';
import * as rhythm from './rhythm.ts';
import * as reflection from './service.ts';
import * as sharing from './sharing.ts';
import { showShared } from './sharing-page.ts';

type ReflectionIntent = IntentOf<'reflections'>;

/** Intent → use case. */
export async function dispatchReflection(core: Core, asker: Asker, intent: ReflectionIntent): Promise<Reply> {
  const { member } = asker;
  switch (intent.kind) {
    case 'reflections.swap':
      return await prompting.swap(core, member, intent.prompt, intent.swaps);
    case 'reflections.later':
      return await prompting.later(core, member, intent);
    case 'reflections.skip':
      return await prompting.skip(core, member, intent.prompt);
    case 'reflections.why':
      return await prompting.explain(core, member, intent.prompt);
    case 'reflections.open-rhythm':
      return rhythm.openRhythm(member);
    case 'reflections.rhythm':
      return await rhythm.saveRhythm(core, member, intent.rhythm);
    default:
      return await onWriting(core, asker, intent);
  }
}

type WritingIntent = Exclude<
  ReflectionIntent,
  { kind: `reflections.${'swap' | 'later' | 'skip' | 'why' | 'open-rhythm' | 'rhythm'}` }
>;

async function onWriting(core: Core, { sender, member }: Asker, intent: WritingIntent): Promise<Reply> {
  const mayRead = readsPrivately(sender);
  switch (intent.kind) {
    case 'reflections.open':
      return await reflection.openPrompt(core, member, intent, mayRead);
    case 'reflections.answer':
      return await reflection.answer(core, member, intent, mayRead);
    case 'reflections.delete':
      return await reflection.askDelete(core, member, intent.prompt);
    case 'reflections.confirm-delete':
      return await reflection.deleteAnswer(core, member, intent.prompt);
    case 'reflections.open-follow-up':
      return await follow.openFollowUp(core, member, intent, mayRead);
    case 'reflections.follow-up':
      return await follow.saveFollowUp(core, member, intent, mayRead);
    case 'reflections.open-share':
      return await sharing.openShare(core, member, intent.prompt, mayRead);
    case 'reflections.share':
      return await sharing.share(core, member, intent.prompt, intent.with, mayRead);
    case 'reflections.shared':
      return await showShared(core, member, 0, mayRead);
    case 'reflections.shared-from':
      return await showShared(core, member, intent.from, mayRead);
    default:
      return await onJournal(core, member, intent, mayRead);
  }
}

type JournalIntent = Extract<
  ReflectionIntent,
  { kind: `reflections.${'journal' | 'map' | 'open-document' | 'document' | 'open-search' | 'search'}${string}` }
>;

async function onJournal(core: Core, member: Member, intent: JournalIntent, mayRead: boolean): Promise<Reply> {
  switch (intent.kind) {
    case 'reflections.journal':
      return await journal.journal(core, member, { by: 'week', part: '', from: 0 }, mayRead);
    case 'reflections.journal-by':
      return await journal.journal(core, member, { by: intent.by, part: '', from: 0 }, mayRead);
    case 'reflections.journal-part':
      return await journal.journal(core, member, intent, mayRead);
    case 'reflections.map':
      return await journal.map(core, member, mayRead);
    case 'reflections.open-document':
      return await document.openDocument(core, member, mayRead);
    case 'reflections.document':
      return await document.chosenDocument(core, member, intent, mayRead);
    case 'reflections.open-search':
      return journal.openSearch();
    case 'reflections.search':
      return await journal.search(core, member, intent.query, mayRead);
  }
}
