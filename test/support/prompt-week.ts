import { expect } from 'vitest';
import type { Intent } from '../../src/intents.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { type NewMember, settleAll, type TestCore } from './core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound } from './people.ts';

/** A member in the week of Monday 8 March 2027, and all that they are sent. */
export interface PromptWeek {
  readonly member: Member;
  readonly web: RecordingOutbound;
  /** Lets all come that is due by then, and says under which headings. */
  at(moment: string): Promise<readonly string[]>;
  press(intent: Intent): Promise<Message>;
  /** The prompt of one week, or of the latest. */
  prompt(week?: string): Promise<PromptRow>;
}

export type PromptRow = Awaited<ReturnType<typeof rowsOf>>[number];

async function rowsOf({ core }: TestCore, memberId: string) {
  return await core.db.selectFrom('prompts').selectAll().where('member_id', '=', memberId).orderBy('week').execute();
}

/** Joins a member and sends them their first prompt, on Monday 8 March 2027 at 9am in London. */
export async function openPromptWeek(stage: TestCore, given: NewMember = {}): Promise<PromptWeek> {
  const member = await addActive(stage.core, given);
  const web = recordingOutbound();
  const outbounds = new Map([['web', web]] as const);
  const week: PromptWeek = {
    member,
    web,
    async at(moment) {
      stage.clock.set(new Date(moment));
      web.letters.length = 0;
      await settleAll(stage.core, outbounds);
      return web.letters.map(({ message }) => message.heading);
    },
    async press(intent) {
      return cardOf(await ask(stage.core, member, intent));
    },
    async prompt(name) {
      const rows = await rowsOf(stage, member.id);
      const found = name === undefined ? rows.at(-1) : rows.find(({ week: of }) => of === name);
      if (found === undefined) throw new Error('There is no such prompt');
      return found;
    },
  };
  await settleAll(stage.core, outbounds);
  expect(await week.at('2027-03-08T09:00Z')).toEqual(['Your prompt for this week']);
  return week;
}

/** The card that a button's press leaves in place of its own. */
function cardOf(reply: Reply): Message {
  if (reply.kind !== 'replace') throw new Error(`The reply was no card in place of the pressed one: ${reply.kind}`);
  return reply.message;
}

export function labelsOf({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label);
}

/** What pressing this button asks. */
export function intentOf({ buttons }: Message, label: string): Intent {
  const button = buttons.find((one) => one.label === label);
  if (button?.kind !== 'does') throw new Error(`There is no button “${label}”`);
  return button.intent;
}

/** The card that came last. */
export function lastCard({ letters }: RecordingOutbound): Message {
  const last = letters.at(-1);
  if (last === undefined) throw new Error('Nothing came');
  return last.message;
}
