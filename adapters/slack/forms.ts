import type { App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { fault, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { show } from './answer.ts';
import { renderMessageModal } from './render.ts';
import { Submission } from './schema.ts';
import { senderOf } from './sender.ts';

/** Modals that were sent. */
export function listenToForms(app: App, core: Core, log: Log): void {
  app.view<ViewSubmitAction>(/.*/, async ({ ack, client, body }) => {
    const read = Submission.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'form' }, 'Slack sent a form of a shape we do not know');
      return await ack(asMessage(outdated()));
    }
    const form = read.data;
    await ack(await answer(core, log, form, senderOf(client, form)));
  });
  app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack }) => await ack());
}

/** Whatever goes wrong, the form stays open: what the person wrote stands in it, and nowhere else. */
async function answer(core: Core, log: Log, form: Submission, sender: Sender): Promise<ViewResponseAction> {
  try {
    const intent = readForm(form);
    if (intent === undefined) return keepOpen(form, outdated().summary);
    return asView(form, await handle(core, sender, intent));
  } catch (error) {
    log.error({ err: error, received: 'form' }, 'A Slack form failed');
    return keepOpen(form, fault().summary);
  }
}

/** `undefined` when this is not a form of this version. Slack says nothing for a question left empty: that is ''. */
function readForm({ completes, answers }: Submission): Intent | undefined {
  if (completes === undefined) return undefined;
  const given = Object.entries(answers).map(([field, elements]) => [field, Object.values(elements)[0] ?? ''] as const);
  return readIntent({ ...completes, ...Object.fromEntries(given) });
}

function asView(form: Submission, reply: Reply): ViewResponseAction {
  if (reply.kind === 'invalid') return problemsOn(form, reply.problems);
  const shown = show(reply);
  return shown.kind === 'message' ? asMessage(shown.message) : { response_action: 'update', view: shown.modal };
}

function asMessage(message: Message): ViewResponseAction {
  return { response_action: 'update', view: renderMessageModal(message) };
}

function keepOpen(form: Submission, text: string): ViewResponseAction {
  return problemsOn(form, [{ field: '', text }]);
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
