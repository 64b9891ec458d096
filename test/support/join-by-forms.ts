import { expect, vi } from 'vitest';
import { agreeing } from './joining.ts';
import type { MemberClient } from './member-client.ts';
import { patience } from './patience.ts';

/** What each of the forms is known by, in order. */
const asked = ['(1 of 4)', '(2 of 4)', '(3 of 4)', '(4 of 4)'] as const;

type Answers = Readonly<Partial<Record<(typeof asked)[number], Readonly<Record<string, string>>>>>;

/**
 * Joins by the real forms, as a person does who leaves everything as it stands there and agrees to all, unless said.
 * Where a platform cannot open a window in answer to typed words, the button that it offers is pressed.
 */
export async function joinByForms(client: MemberClient, answers: Answers = {}): Promise<void> {
  await client.type('join');
  await vi.waitFor(async () => {
    if ((await client.dialog()) === '') await client.press('Open');
    expect(await client.dialog()).toContain(asked[0]);
  }, patience);
  await answerForms(client, answers);
}

/** The same from the moment when the first of the forms is there. */
export async function answerForms(
  client: Pick<MemberClient, 'dialog' | 'submit'>,
  answers: Answers = {},
): Promise<void> {
  for (const step of asked) {
    await vi.waitFor(async () => expect(await client.dialog()).toContain(step), patience);
    await client.submit({ ...(step === '(4 of 4)' ? agreeing : {}), ...answers[step] });
  }
}
