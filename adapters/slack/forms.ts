import type { App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Sender } from '../../src/account.ts';
import { isReadOnly, makesNew } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { fault, isRefusal, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { asModal, show } from './answer.ts';
import type { FormAnswers } from './deadline.ts';
import { formOnce, type SentForm } from './once.ts';
import { renderMessageModal } from './render.ts';
import { Submission } from './schema.ts';
import { from, senderOf } from './sender.ts';
import { savedFirst, sentTwice, words } from './words.ts';

/** Modals that were sent. */
export function listenToForms(app: App, core: Core, log: Log): void {
  app.view<ViewSubmitAction>(/.*/, async ({ ack, client, body, context }) => {
    const read = Submission.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'form' }, 'Slack sent a form of a shape we do not know');
      return await ack(asMessage(outdated()));
    }
    const form = from(context, read.data);
    await ack(await answer(core, log, form, senderOf(client, form)));
  });
}

/** The form stays open: what the person wrote stands in it, and nowhere else. */
export const formAnswers: FormAnswers = {
  late: (body) => keepOpen(Submission.safeParse(body).data, words.tooSlow),
  failed: (body) => keepOpen(Submission.safeParse(body).data, fault().summary),
};

async function answer(core: Core, log: Log, form: SentForm, sender: Sender): Promise<ViewResponseAction> {
  try {
    const intent = readForm(form);
    if (intent === undefined) return keepOpen(form, outdated().summary);
    // What changes nothing may be asked twice.
    const reply = isReadOnly(intent) ? await handle(core, sender, intent) : await save(core, log, form, sender, intent);
    if (reply === 'busy') return keepOpen(form, words.tooSlow);
    if (reply === 'done') return asMessage(makesNew(intent) ? savedFirst() : sentTwice());
    return asView(form, reply);
  } catch (error) {
    log.error({ err: error, received: 'form' }, 'A Slack form failed');
    return keepOpen(form, fault().summary);
  }
}

async function save(
  core: Core,
  log: Log,
  form: SentForm,
  sender: Sender,
  intent: Intent,
): Promise<Reply | 'done' | 'busy'> {
  return await formOnce(core, log, { form, intent }, async () => {
    const reply = await handle(core, sender, intent);
    const isRefused = reply.kind === 'invalid' || (reply.kind === 'message' && isRefusal(reply.message));
    return { reply, settled: !isRefused };
  });
}

/** `undefined` when this is not a form of this version. Slack says nothing for a question left empty: that is ''. */
function readForm({ completes, answers }: Submission): Intent | undefined {
  if (completes === undefined) return undefined;
  const given = Object.entries(answers).map(([field, elements]) => [field, Object.values(elements)[0] ?? ''] as const);
  return readIntent({ ...completes, ...Object.fromEntries(given) });
}

function asView(form: Submission, reply: Reply): ViewResponseAction {
  if (reply.kind === 'invalid') return problemsOn(form, reply.problems);
  return { response_action: 'update', view: asModal(show(reply)) };
}

function asMessage(message: Message): ViewResponseAction {
  return { response_action: 'update', view: renderMessageModal(message) };
}

/** Where we cannot read even its questions, it is closed with the same words. */
function keepOpen(form: Submission | undefined, text: string): ViewResponseAction {
  return form === undefined ? asMessage(fault()) : problemsOn(form, [{ field: '', text }]);
}

/** Slack accepts a problem only beside a question it knows: any other stands beside the first. */
function problemsOn(form: Submission, problems: readonly Problem[]): ViewResponseAction {
  const [first = '', ...others] = Object.keys(form.answers);
  const fields = new Set([first, ...others]);
  const errors = new Map<string, string>();
  for (const { field, text } of problems) {
    const beside = fields.has(field) ? field : first;
    const before = errors.get(beside);
    errors.set(beside, before === undefined ? text : `${before} ${text}`);
  }
  return { response_action: 'errors', errors: Object.fromEntries(errors) };
}
