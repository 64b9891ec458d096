import type { IntentOf } from '../asker.ts';
import { actAs } from '../convening/act.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import { rescheduleReminders } from './rescheduling.ts';
import { comingConversations } from './seats.ts';
import { type ConversationSettings, holdConversationSettings, readConversationSettings } from './settings.ts';
import { problems, settingsForm, settingsSaved } from './settings-messages.ts';
import { readSettings } from './settings-rules.ts';

export async function openSettings(core: Core): Promise<Reply> {
  return { kind: 'form', form: settingsForm(await readConversationSettings(core.db)) };
}

/**
 * Keeps how conversations run, and moves the reminders of all that are to come.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function saveSettings(
  core: Core,
  convener: Member,
  answers: Extract<IntentOf<'conversations'>, { kind: 'conversations.settings' }>,
): Promise<Reply> {
  const saved: ConversationSettings[] = [];
  await actAs(core, convener, async (tx) => {
    const before = await holdConversationSettings(tx);
    const after = readSettings(answers, before);
    if ('length' in after) {
      const found = after.map(({ field, wrong }) => ({ field, text: problems[wrong] }));
      throw new Refusal(problems.some, found);
    }
    saved.push(after);
    const detail = changesOf(before, after);
    if (Object.keys(detail).length === 0) return [];
    await store(tx, after);
    for (const conversation of await comingConversations(tx, core.clock.now(), Number.MAX_SAFE_INTEGER)) {
      await rescheduleReminders(tx, core.clock.now(), conversation, after.remindMinutes);
    }
    return [{ action: 'conversations.set', subject: '', detail }];
  });
  const [settings] = saved;
  return { kind: 'message', message: settingsSaved(settings ?? (await readConversationSettings(core.db))) };
}

async function store(tx: Transaction, settings: ConversationSettings): Promise<void> {
  const { first, second, last } = settings.remindMinutes;
  await tx
    .updateTable('network')
    .set({
      proposals_need_approval: settings.needApproval,
      remind_first_minutes: first,
      remind_second_minutes: second,
      remind_last_minutes: last,
      offer_hours: settings.offerHours,
      fewest_people: settings.fewestPeople,
    })
    .execute();
}

/** What is different, as 'before to after'. */
function changesOf(before: ConversationSettings, after: ConversationSettings): Record<string, string> {
  const [old, fresh] = [before, after].map(({ remindMinutes, ...others }) => ({ ...remindMinutes, ...others }));
  const names = ['needApproval', 'first', 'second', 'last', 'offerHours', 'fewestPeople'] as const;
  const changed = names.filter((name) => old?.[name] !== fresh?.[name]);
  return Object.fromEntries(changed.map((name) => [name, `${old?.[name]} to ${fresh?.[name]}`]));
}
