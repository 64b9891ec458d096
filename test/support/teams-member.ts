import { z } from 'zod';
import type { MemberClient } from './member-client.ts';
import {
  type ActivityJson,
  activityOf,
  dialogOpened,
  dialogSubmitted,
  executed,
  submitted,
  type TeamsPerson,
  typed,
} from './teams-activity.ts';
import type { TeamsRig } from './teams-rig.ts';
import { actionsOf, inputsOf, type ShownAction, textOf } from './teams-screen.ts';

const attached = z.object({ content: z.unknown() });
const Answer = z.union([
  z.object({ task: z.object({ type: z.literal('continue'), value: z.object({ title: z.string(), card: attached }) }) }),
  z.object({ task: z.object({ type: z.literal('message'), value: z.string() }) }),
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: z.unknown(),
  }),
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string(),
  }),
]);
type Answer = z.infer<typeof Answer>;

interface OpenDialog {
  readonly title: string;
  readonly card: unknown;
}

/** What one person's client holds beside what the Bot Connector does. */
interface Screen {
  dialog: OpenDialog | undefined;
  /** The last words of dialogs, with their place among the messages. */
  readonly lastWords: { readonly order: number; readonly text: string }[];
}

/** A person at the Teams client: what they type and press becomes activities, and what comes back is kept as Teams does. */
export function openTeamsMember(rig: TeamsRig, person: TeamsPerson): MemberClient {
  const screen: Screen = { dialog: undefined, lastWords: [] };

  async function send(parts: ActivityJson): Promise<Answer | undefined> {
    const { status, body } = await rig.post(activityOf(person, rig.stub.serviceUrl, parts));
    if (status !== 200) throw new Error(`The bot answered ${status}`);
    return body === '' ? undefined : Answer.parse(JSON.parse(body));
  }

  async function sendToDialog(parts: ActivityJson): Promise<void> {
    const answer = await send(parts);
    if (answer === undefined || !('task' in answer)) throw new Error('The bot did not answer a dialog with a dialog');
    const { task } = answer;
    screen.dialog = task.type === 'continue' ? { title: task.value.title, card: task.value.card.content } : undefined;
    if (task.type === 'message') screen.lastWords.push({ order: rig.stub.next(), text: task.value });
  }

  async function pressInChat({ type, data }: ShownAction, messageId: string): Promise<void> {
    screen.dialog = undefined;
    if (z.object({ msteams: z.object({ type: z.literal('task/fetch') }) }).safeParse(data).success) {
      return await sendToDialog(dialogOpened(data, messageId));
    }
    await send(type === 'Action.Execute' ? executed(data, messageId) : submitted(data, messageId));
  }

  return {
    async type(word) {
      screen.dialog = undefined;
      await send(typed(word));
    },
    async press(label) {
      const inDialog = screen.dialog === undefined ? undefined : find(screen.dialog.card, label);
      if (screen.dialog !== undefined && inDialog !== undefined) {
        return await sendToDialog(dialogSubmitted({ ...inDialog.data, ...inputsOf(screen.dialog.card) }));
      }
      const { action, messageId } = findInChat(rig, person, label);
      await pressInChat(action, messageId);
    },
    async submit(answers) {
      if (screen.dialog === undefined) throw new Error('No dialog is open');
      await sendToDialog(dialogSubmitted(fill(screen.dialog.card, answers)));
    },
    async submitTwice(answers) {
      if (screen.dialog === undefined) throw new Error('No dialog is open');
      const filled = dialogSubmitted(fill(screen.dialog.card, answers));
      await Promise.all([sendToDialog(filled), sendToDialog(filled)]);
    },
    dialog: async () => (screen.dialog === undefined ? '' : `${screen.dialog.title}\n${textOf(screen.dialog.card)}`),
    messages: async () => {
      const shown = rig.stub.messages(person.conversationId).map(({ order, activity }) => ({
        order,
        text: [activity.text, ...activity.attachments.map(({ content }) => textOf(content))]
          .filter((text) => text !== '')
          .join('\n'),
      }));
      return [...shown, ...screen.lastWords].toSorted((a, b) => a.order - b.order).map(({ text }) => text);
    },
  };
}

function find(card: unknown, label: string): ShownAction | undefined {
  return actionsOf(card).find((action) => action.title === label && action.type !== 'Action.OpenUrl');
}

function findInChat(rig: TeamsRig, person: TeamsPerson, label: string) {
  for (const { id, activity } of rig.stub.messages(person.conversationId).toReversed()) {
    for (const { content } of activity.attachments) {
      const action = find(content, label);
      if (action !== undefined) return { action, messageId: id };
    }
  }
  throw new Error(`There is no button “${label}”`);
}

/** The data that Teams sends with the form: what its button carries, and every input by its id. */
function fill(card: unknown, answers: Readonly<Record<string, string>>): ActivityJson {
  const inputs = inputsOf(card);
  const filled = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [`answer_${name}`, answer]));
  const unknown = Object.keys(filled).filter((id) => !Object.hasOwn(inputs, id));
  if (unknown.length > 0) throw new Error(`The form does not ask for ${unknown.join(', ')}`);
  const submit = actionsOf(card).find((action) => Object.hasOwn(action.data, 'form'));
  if (submit === undefined) throw new Error('The dialog holds no form');
  return { ...submit.data, ...inputs, ...filled };
}
