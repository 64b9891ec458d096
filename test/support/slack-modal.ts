import { z } from 'zod';
import { refuse } from './slack-chat.ts';
import type { SlackEmulator } from './slack-emulator.ts';
import type { StoredView } from './slack-emulator-places.ts';
import { objectionsToModal } from './slack-limits.ts';
import { interaction, type SlackRequest } from './slack-requests.ts';
import { answerState, readBlocks, type ShownBlock, textOf } from './slack-screen.ts';

/** The windows a person has open, and what Slack does with the one on top. */
export interface SlackModals {
  top(): StoredView | undefined;
  closeAll(): void;
  /** The top window as Slack describes it in what it sends. */
  payload(view: StoredView): Readonly<Record<string, unknown>>;
  /** @param times more than once for an impatient finger: all on the way at once, and the window shows the last answer */
  submit(answers: Readonly<Record<string, string>>, times?: number): Promise<void>;
  text(): string;
}

type Answers = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, unknown>>;

const FormAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.record(z.string(), z.unknown()) }),
]);

/** @param send sends a request to the adapter and gives the body of its answer */
export function createSlackModals(
  emulator: SlackEmulator,
  actor: { readonly user: { readonly id: string } },
  send: (request: SlackRequest) => Promise<string>,
): SlackModals {
  const user = actor.user.id;
  let problems: Readonly<Record<string, string>> = {};
  /** What stands in the questions of a form that was sent and came back. */
  let kept: Readonly<Record<string, string>> = {};
  const top = () => emulator.modalsOf(user).at(-1);

  async function take(view: StoredView, answers: Answers, values: Values, answer: string): Promise<void> {
    problems = {};
    kept = {};
    if (answer === '') return emulator.closeModal(view);
    const read = FormAnswer.parse(JSON.parse(answer));
    if (read.response_action === 'errors') {
      const unknown = Object.keys(read.errors).filter((block) => values[block] === undefined);
      refuse(unknown.map((block) => `a problem beside “${block}”, which is no question`));
      problems = read.errors;
      kept = answers;
      return;
    }
    refuse(objectionsToModal(read.view));
    await emulator.call('views.update', { view_id: view.view_id, view: read.view });
  }

  return {
    top,
    closeAll() {
      for (const view of emulator.modalsOf(user)) emulator.closeModal(view);
      problems = {};
      kept = {};
    },
    payload: (view) => viewPayload(view, emulator.team),
    async submit(answers, times = 1) {
      const view = top();
      if (view === undefined || view.submit == null) throw new Error(`${user} has no form open`);
      const all = { ...kept, ...answers };
      const values = fill(readBlocks(view.blocks), all);
      const shown = { ...viewPayload(view, emulator.team), state: { values } };
      const request = interaction({ type: 'view_submission', ...actor, view: shown });
      const sent = await Promise.all(Array.from({ length: times }, () => send(request)));
      await take(view, all, values, sent.at(-1) ?? '');
    },
    text() {
      const view = top();
      if (view === undefined) return '';
      const foot = [view.submit?.text ?? '', view.close?.text ?? ''];
      const body = readBlocks(view.blocks).flatMap((block) => {
        const { block_id } = block;
        return [textOf([block]), kept[block_id] ?? '', problems[block_id] ?? ''];
      });
      const lines = [view.title?.text ?? '', ...body, ...foot];
      return lines.filter((line) => line !== '').join('\n');
    },
  };
}

function viewPayload(view: StoredView, team: string): Readonly<Record<string, unknown>> {
  const { view_id: id, type, hash, blocks, title, close, submit, callback_id, private_metadata, root_view_id } = view;
  const stack = { root_view_id, previous_view_id: view.previous_view_id ?? null, app_installed_team_id: team };
  const identified = readBlocks(blocks).map(({ block_id }, index) => ({ ...blocks[index], block_id }));
  return { id, type, hash, blocks: identified, title, close, submit, callback_id, private_metadata, ...stack };
}

function fill(
  blocks: readonly ShownBlock[],
  answers: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const questions = blocks.filter((block) => block.element !== undefined);
  const unknown = Object.keys(answers).filter((name) => questions.every((block) => block.block_id !== name));
  refuse(unknown.map((name) => `no question “${name}”`));
  const entries = questions.map((block) => {
    const state = answerState(block, answers[block.block_id]);
    if (state === undefined) throw new Error(`Slack would not take this answer to “${block.block_id}”`);
    return [block.block_id, { [block.element?.action_id ?? '']: state }] as const;
  });
  return Object.fromEntries(entries);
}
