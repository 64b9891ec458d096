import { randomUUID } from 'node:crypto';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { exportJson, exportReadable } from '../../src/network/export.ts';
import type { Member } from '../../src/network/model.ts';
import { ask, mustFind, textOf } from './people.ts';
import { createCanary, type Place } from './private-hunt.ts';

/*
 * What else a member writes for themselves, each with a word of its own, and where alone that word may stand.
 */

export interface Plant {
  readonly what: string;
  readonly canary: string;
  /** The names of the places where it may stand in the open. */
  readonly mayStandIn: readonly string[];
}

interface Kind {
  readonly what: string;
  readonly mayStandIn: readonly string[];
  /** @returns the word to look for; '' for the one it was given */
  write(core: Core, writer: Member, canary: string): Promise<string>;
}

/** To plant one more, add how it is written. */
const kinds: readonly Kind[] = [
  {
    what: 'an action to try',
    mayStandIn: [],
    write: async (core, writer, canary) =>
      await says(core, writer, {
        kind: 'reflections.answer',
        prompt: await latestPrompt(core, writer),
        text: 'An answer',
        action: canary,
      }),
  },
  {
    what: 'how it went',
    mayStandIn: [],
    write: async (core, writer, canary) => {
      const prompt = await latestPrompt(core, writer);
      return await says(core, writer, { kind: 'reflections.follow-up', prompt, text: canary });
    },
  },
  {
    what: 'what was searched for',
    mayStandIn: [],
    write: async (core, writer, canary) => await says(core, writer, { kind: 'reflections.search', query: canary }),
  },
  {
    what: 'whom they never want to meet',
    mayStandIn: [],
    write: async (core, writer, canary) =>
      await says(core, writer, { kind: 'membership.avoid', who: `${canary}@avoided.example` }),
  },
  {
    what: 'what they take away from a conversation',
    mayStandIn: [],
    async write(core, writer, canary) {
      const conversation = await wasThere(core, writer);
      const asked = { kind: 'afterwards.takeaway', conversation, text: canary } as const;
      await says(core, writer, { ...asked, shared: 'yes' });
      return await says(core, writer, { ...asked, shared: 'no' });
    },
  },
  {
    what: 'a code to connect an account',
    mayStandIn: [],
    async write(core, writer) {
      const shown = textOf(await ask(core, writer, { kind: 'membership.show-code' }));
      const [code] = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(shown) ?? [];
      if (code === undefined) throw new Error(`There is no code: ${shown}`);
      return code;
    },
  },
  {
    what: 'what somebody told the conveners who asks to join',
    mayStandIn: ['the table public.join_requests'],
    async write(core, _writer, canary) {
      const council = 'York';
      const answers = { name: 'Stray Cat', email: 'stray@cat.example', council, role: 'Director', level: 'director' };
      const reply = await handle(core, stray, { kind: 'joining.request', ...answers, note: canary });
      if (reply.kind === 'invalid') throw new Error(`The request was not taken: ${textOf(reply)}`);
      return '';
    },
  },
];

const stray: Sender = {
  account: { platform: 'slack', space: 'TSTRAY', user: 'USTRAY' },
  address: { channel: 'DSTRAY' },
  profile: () => Promise.resolve({ name: 'Stray Cat', email: 'stray@cat.example', zone: '', locale: '' }),
};

async function says(core: Core, writer: Member, intent: Intent): Promise<string> {
  const reply = await ask(core, await mustFind(core, writer.id), intent);
  if (reply.kind === 'invalid') throw new Error(`${intent.kind} was not taken: ${textOf(reply)}`);
  return '';
}

/** A conversation of yesterday in which they had a seat; another member hosted it. */
async function wasThere({ db, clock }: Core, { id }: Member): Promise<string> {
  const startsAt = new Date(clock.now().getTime() - 86_400_000);
  const words = { theme: 'collective-leadership/politics', title: 'Yesterday', about: 'a', zone: 'Europe/London' };
  const host = await db.selectFrom('members').select('id').where('id', '!=', id).executeTakeFirstOrThrow();
  const row = { id: randomUUID(), host_id: host.id, starts_at: startsAt, created_at: startsAt };
  await db
    .insertInto('conversations')
    .values({ ...row, ...words, minutes: 60, capacity: 5, link: '' })
    .execute();
  const seat = { conversation_id: row.id, member_id: id, state: 'seated', signed_up_at: startsAt, came: true } as const;
  await db.insertInto('seats').values(seat).execute();
  return row.id;
}

async function latestPrompt({ db }: Core, { id }: Member): Promise<string> {
  const row = db.selectFrom('prompts').select('id').where('member_id', '=', id).orderBy('week', 'desc').limit(1);
  return (await row.executeTakeFirstOrThrow()).id;
}

/** Writes one of each, as the member does. */
export async function plantAll(core: Core, writer: Member): Promise<readonly Plant[]> {
  const planted: Plant[] = [];
  for (const { what, mayStandIn, write } of kinds) {
    const given = createCanary();
    const found = await write(core, writer, given);
    planted.push({ what, mayStandIn, canary: found === '' ? given : found });
  }
  return planted;
}

/** The words of which each is there to be found: else nothing is proved by not finding them. */
export async function sealedCount({ db }: Core): Promise<number> {
  const rows = await db
    .selectFrom('reflections')
    .select('prompt_id')
    .where('action', 'is not', null)
    .where('follow_up', 'is not', null)
    .execute();
  const avoided = await db.selectFrom('do_not_match').select('id').execute();
  const takeaways = await db.selectFrom('takeaways').select('member_id').execute();
  return rows.length + avoided.length + takeaways.length;
}

/** What another member can read: their files, and pages about others. */
export async function readByOther(core: Core, other: Member): Promise<readonly Place[]> {
  const reader = await mustFind(core, other.id);
  const files = [await exportJson(core, reader), await exportReadable(core, reader)];
  const pages: readonly Intent[] = [
    { kind: 'network.home' },
    { kind: 'matching.current' },
    { kind: 'reflections.shared' },
    { kind: 'membership.avoiding' },
    { kind: 'membership.accounts' },
    { kind: 'convening.audit', before: '' },
    { kind: 'digests.latest' },
    ...(await core.db.selectFrom('takeaways').select('conversation_id').execute()).map(
      (row) => ({ kind: 'afterwards.takeaways', conversation: row.conversation_id }) as const,
    ),
  ];
  const replies: Place[] = [];
  for (const intent of pages) {
    replies.push({ name: `what ${intent.kind} shows another`, text: textOf(await ask(core, reader, intent)) });
  }
  return [...files.map((file) => ({ name: 'the file of another', text: String(file?.body) })), ...replies];
}
