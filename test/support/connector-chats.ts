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
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** The conversations of a Bot Connector, and who is in them. */
export interface Chats {
  messages(conversationId: string): readonly Posted[];
  addMember(conversationId: string, member: RosterRow): void;
  /** A number that comes after all that was posted so far. */
  next(): number;
  carryOut(call: Call): Answered;
}

export function createChats(): Chats {
  const posted = new Map<string, readonly Posted[]>();
  const members = new Map<string, RosterRow>();
  let order = 0;
  const messages = (conversationId: string) => posted.get(conversationId) ?? [];

  function post(conversationId: string, body: string): Answered {
    order += 1;
    const message = { id: `m${order}`, order, activity: PostedActivity.parse(JSON.parse(body)) };
    posted.set(conversationId, [...messages(conversationId), message]);
    return { status: 201, body: { id: message.id } };
  }

  function replace(conversationId: string, id: string, body: string): Answered {
    if (!messages(conversationId).some((message) => message.id === id))
      return refusal(404, 'ActivityNotFoundInConversation');
    const activity = PostedActivity.parse(JSON.parse(body));
    const changed = messages(conversationId).map((message) => (message.id === id ? { ...message, activity } : message));
    posted.set(conversationId, changed);
    return { status: 200, body: { id } };
  }

  return {
    messages,
    addMember: (conversationId, member) => members.set(`${conversationId} ${member.id}`, member),
    next() {
      order += 1;
      return order;
    },
    carryOut({ method, path, body }) {
      const [conversationId = '', room = '', id = ''] = path.split('/').map(decodeURIComponent);
      if (method === 'POST' && room === 'activities') return post(conversationId, body);
      if (method === 'PUT' && room === 'activities') return replace(conversationId, id, body);
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
