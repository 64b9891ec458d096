import type { App, types, ViewResponseAction, ViewSubmitAction, webApi } from '@slack/bolt';
import type { Sender } from '../../src/account.ts';
import { isReadOnly, makesNew } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { fault, isRefused, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { createSharedWork } from '../../src/shared-work.ts';
import { asModal, change, inChat, isOutrun, sendTo, show, showOr } from './answer.ts';
import type { Deadlines, FormAnswers } from './deadline.ts';
import { formOnce, type SentForm, sendingOf } from './once.ts';
import { renderMessageModal } from './render.ts';
import { Submission } from './schema.ts';
import { from, senderOf } from './sender.ts';
import { savedFirst, sentTwice, words } from './words.ts';

interface Answered {
  readonly action: ViewResponseAction;
  /** What is left to show where that came too late; `undefined` where the form stays as it is. */
  readonly late: Late | undefined;
}

interface Late {
  readonly view: types.ModalView;
  readonly isForm: boolean;
  /** For who has closed the window: `undefined` where nothing can be said in a chat. */
  readonly inChat: Message | undefined;
}

/** Modals that were sent. */
export function listenToForms(app: App, core: Core, log: Log, deadlines: Pick<Deadlines, 'onceLate'>): void {
  const shared = createSharedWork<Answered>(({ late }) => late?.isForm === true);
  app.view<ViewSubmitAction>(/.*/, async ({ ack, client, body, context }) => {
    const read = Submission.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'form' }, 'Slack sent a form of a shape we do not know');
      return await ack(asMessage(outdated()));
    }
    const form = from(context, read.data);
    // A double click comes on two lines at once: both are answered by what comes of the first.
    const answered = await shared(sendingOf(form), () => answer(core, log, form, senderOf(client, form)));
    deadlines.onceLate(body, () => showLate(log, client, form, answered.late));
    await ack(answered.action);
  });
}

/** The window shows a problem that is over: unless something newer stands there, it shows what came of the form. */
async function showLate(log: Log, client: webApi.WebClient, form: SentForm, late: Late | undefined): Promise<void> {
  if (late === undefined) return;
  const { view, inChat } = late;
  await showOr(
    log,
    async () => {
      try {
        await change(client, { id: form.view, version: form.version }, view);
      } catch (error) {
        if (!isOutrun(error)) throw error;
      }
    },
    async () => {
      if (inChat !== undefined) await sendTo(client, form.user, inChat);
    },
  );
}

/** The form stays open: what the person wrote stands in it, and nowhere else. */
export const formAnswers: FormAnswers = {
  late: (body) => keepOpen(Submission.safeParse(body).data, words.tooSlow),
  failed: (body) => keepOpen(Submission.safeParse(body).data, fault().summary),
};

async function answer(core: Core, log: Log, form: SentForm, sender: Sender): Promise<Answered> {
  try {
    const intent = readForm(form);
    if (intent === undefined) return alone(keepOpen(form, outdated().summary));
    // What changes nothing may be asked twice.
    const reply = isReadOnly(intent) ? await handle(core, sender, intent) : await save(core, log, form, sender, intent);
    if (reply === 'busy') return alone(keepOpen(form, words.tooSlow));
    if (reply === 'done') return alone(asMessage(makesNew(intent) ? savedFirst() : sentTwice()));
    if (reply.kind === 'invalid') return alone(problemsOn(form, reply.problems));
    // What they wrote stands nowhere else: the form stays, and says why it was not taken.
    if (isRefused(reply)) return alone(keepOpen(form, reply.message.summary));
    const view = asModal(show(reply));
    // A page is asked for again by the answers that led to it, which may be private.
    const late = {
      view,
      isForm: reply.kind === 'form',
      inChat: reply.kind === 'page' ? undefined : inChat(reply, intent),
    };
    return { action: { response_action: 'update', view }, late };
  } catch (error) {
    log.error({ err: error, received: 'form' }, 'A Slack form failed');
    return alone(keepOpen(form, fault().summary));
  }
}

/** What only its window can say. */
function alone(action: ViewResponseAction): Answered {
  return { action, late: undefined };
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
    return { reply, settled: reply.kind !== 'invalid' && !isRefused(reply) };
  });
}

/** `undefined` when this is not a form of this version. Slack says nothing for a question left empty: that is ''. */
function readForm({ completes, answers }: Submission): Intent | undefined {
  if (completes === undefined) return undefined;
  const given = Object.entries(answers).map(([field, elements]) => [field, Object.values(elements)[0] ?? ''] as const);
  return readIntent({ ...completes, ...Object.fromEntries(given) });
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
