import { z } from 'zod';

/** What a bot posted: the parts that a client shows. */
const PostedActivity = z.looseObject({
  type: z.string(),
  text: z.string().catch(''),
  summary: z.string().catch(''),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() })).catch([]),
});
export type PostedActivity = z.infer<typeof PostedActivity>;

export interface Posted {
  readonly id: string;
  /** Its place among all that is posted anywhere. */
  readonly order: number;
  readonly activity: PostedActivity;
}

export type RosterRow = Readonly<Record<string, string>> & { readonly id: string };

/** A call of the Bot Connector's REST service. */
export interface Call {
  readonly method: string;
  /** As it was written, without what comes before the conversation. */
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
  readonly conversationId: string;
  /** The registration whose token came with it; '' for none. */
  readonly appId: string;
  /** The tenant that the activity names; '' in a call without one. */
  readonly tenantId: string;
}

/** What an activity says of itself, as our adapter fills it in. */
const Addressed = z.object({
  from: z.object({ id: z.string() }).catch({ id: '' }),
  conversation: z.object({ tenantId: z.string().catch('') }).catch({ tenantId: '' }),
});

/** Whom an activity is from, and in which tenant; both '' where there is none. */
export function addressedIn(body: string): { readonly botId: string; readonly tenantId: string } {
  if (body === '') return { botId: '', tenantId: '' };
  const { from, conversation } = Addressed.parse(JSON.parse(body));
  return { botId: from.id, tenantId: conversation.tenantId };
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** The conversations of a Bot Connector, and who is in them. */
export interface Chats {
  messages(conversationId: string): readonly Posted[];
  addMember(conversationId: string, member: RosterRow): void;
  /** From now on this bot alone is in that chat or channel, as each registration has chats of its own. */
  addBot(conversationId: string, appId: string): void;
  /** A number that comes after all that was posted so far. */
  next(): number;
  carryOut(call: Call): Answered;
}

export function createChats(): Chats {
  const posted = new Map<string, readonly Posted[]>();
  const members = new Map<string, RosterRow>();
  const bots = new Map<string, string>();
  let order = 0;
  const messages = (conversationId: string) => posted.get(conversationId) ?? [];

  function post(conversationId: string, body: string): Answered {
    order += 1;
    const message = { id: `m${order}`, order, activity: PostedActivity.parse(JSON.parse(body)) };
    posted.set(conversationId, [...messages(conversationId), message]);
    return { status: 201, body: { id: message.id } };
  }

  function change(conversationId: string, id: string, to: (message: Posted) => readonly Posted[]): Answered {
    // A card in a channel begins a thread, and is known by that thread's id too.
    const place = [conversationId, conversationId.replace(/;messageid=.*$/, '')].find((each) =>
      messages(each).some((message) => message.id === id),
    );
    if (place === undefined) return refusal(404, 'ActivityNotFoundInConversation');
    const changed = messages(place).flatMap((message) => (message.id === id ? to(message) : [message]));
    posted.set(place, changed);
    return { status: 200, body: { id } };
  }

  function act({ method, body }: Call, conversationId: string, id: string): Answered | undefined {
    switch (method) {
      case 'POST':
        return post(conversationId, body);
      case 'PUT': {
        const activity = PostedActivity.parse(JSON.parse(body));
        return change(conversationId, id, (message) => [{ ...message, activity }]);
      }
      case 'DELETE':
        return change(conversationId, id, () => []);
      default:
        return undefined;
    }
  }

  return {
    messages,
    addMember: (conversationId, member) => members.set(`${conversationId} ${member.id}`, member),
    next() {
      order += 1;
      return order;
    },
    addBot: (conversationId, appId) => bots.set(conversationId, appId),
    carryOut(call) {
      const { method, path, appId, conversationId } = call;
      const [, room = '', id = ''] = path.split('/').map(decodeURIComponent);
      if ((bots.get(conversationId) ?? appId) !== appId) return refusal(403, 'BotNotInConversationRoster');
      const acted = room === 'activities' ? act(call, conversationId, id) : undefined;
      if (acted !== undefined) return acted;
      const member = members.get(`${conversationId} ${id}`);
      if (method === 'GET' && room === 'members' && member !== undefined) return { status: 200, body: member };
      return refusal(404, 'ConversationNotFound');
    },
  };
}

/** As Teams writes an error. */
export function refusal(status: number, code: string): Answered {
  return { status, body: { error: { code, message: `This text of the platform must go nowhere: ${code}` } } };
}
