import type { Block, Button, ButtonStyle } from '../../src/messages/message.ts';
import { opensWindow } from '../../src/messages/opens-window.ts';
import type { Action, ActionSet, Submit } from './card.ts';
import { limits } from './limits.ts';
import { label } from './text.ts';

/** The name of our one action, which every button has in common. */
const verb = 'colloquy';

/** The buttons of a card in a chat. */
export function chatActions(buttons: readonly Button[]): readonly ActionSet[] {
  return actionSets(buttons.flatMap(chatAction));
}

/** The same in a dialog, where Teams knows Action.Submit alone, and gives us every press as a submitted dialog. */
export function dialogActions(buttons: readonly Button[]): readonly ActionSet[] {
  return actionSets(
    buttons.flatMap((button) =>
      button.kind === 'does' ? [submitAction(button.label, { intent: button.intent }, button.style)] : link(button),
    ),
  );
}

/** About as much as one row of a phone shows, in letters: Teams cuts the words on a button that has too little room. */
const rowLetters = 34;
/** What a button takes beside its words. */
const edgeLetters = 4;

export function actionSets(actions: readonly Action[]): readonly ActionSet[] {
  const rows: Action[][] = [];
  for (const action of actions) {
    const row = rows.at(-1);
    if (row === undefined || !hasRoom(row, action)) rows.push([action]);
    else row.push(action);
  }
  return rows.map((row) => ({ type: 'ActionSet', actions: row }));
}

function hasRoom(row: readonly Action[], next: Action): boolean {
  const letters = [...row, next].reduce((sum, { title }) => sum + title.length + edgeLetters, 0);
  return row.length < limits.actionsInRow && letters <= rowLetters;
}

/** One that opens a dialog must say so here: no answer to a press can open one later. */
function chatAction(button: Button): readonly Action[] {
  if (button.kind !== 'does') return link(button);
  const { intent } = button;
  const submit = submitAction(button.label, { intent }, button.style);
  if (opensWindow(intent)) return [{ ...submit, data: { msteams: { type: 'task/fetch' }, intent } }];
  return [{ ...submit, type: 'Action.Execute', verb, fallback: submit }];
}

type Link = Exclude<Button, { kind: 'does' }>;

function link(button: Link): readonly Action[] {
  const url = button.kind === 'opens' ? webUrl(button.url) : chatUrl(button);
  return url === undefined ? [] : [{ type: 'Action.OpenUrl', title: label(button.label, limits.label), url }];
}

/** In characters: https://www.rfc-editor.org/errata/eid1690. What is longer is no address, and fills a card. */
const longestAddress = 254;

/**
 * Teams opens a chat with a person by the name they sign in with, which is mostly their email address.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
function chatUrl({ platform, email }: Extract<Button, { kind: 'chats' }>): string | undefined {
  return platform === 'teams' && email.length <= longestAddress
    ? `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(email.toWellFormed())}`
    : undefined;
}

/** A press on a `mailto:` does nothing in Teams: https://github.com/MicrosoftDocs/msteams-docs/issues/3677 */
function webUrl(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : undefined;
}

/** The longest line of addresses that is worth its room: four of the longest kind, with what stands between them. */
const longestLine = 4 * longestAddress + 20;

/** For each address that no button can open, a line that says it; none for one that the card says already. */
export function addressLines(buttons: readonly Button[], body: readonly Block[]): readonly string[] {
  return buttons.flatMap((button) => {
    if (button.kind !== 'opens' || !/^mailto:/i.test(button.url)) return [];
    const addresses = button.url
      .replace(/^mailto:/i, '')
      .replace(/\?.*$/s, '')
      .split(',');
    const isSaid = (address: string) =>
      body.some((block) => block.kind === 'facts' && block.facts.some(({ value }) => value === address));
    // One by one they would have to be put together by hand.
    const isKnown = addresses.length === 1 && addresses.every(isSaid);
    const line = addresses.join(', ');
    return isKnown || line.length > longestLine ? [] : [`${button.label}: ${line}`];
  });
}

export function submitAction(title: string, data: Submit['data'], style: ButtonStyle): Submit {
  return { type: 'Action.Submit', title: label(title, limits.label), data, ...styles[style] };
}

/** Colour only: the words on a button say what it does. */
const styles: Readonly<Record<ButtonStyle, Pick<Submit, 'style'>>> = {
  main: { style: 'positive' },
  plain: {},
  warning: { style: 'destructive' },
};
