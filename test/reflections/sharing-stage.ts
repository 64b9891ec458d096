import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';
import { introduce } from '../support/reflections.ts';

/** What the one who shares writes. */
export const text = 'I doubt the merger';

/** Somebody who shares, with their match, somebody of their cohort, and a convener who is neither. */
export interface SharingStage extends Pick<TestCore, 'clock' | 'close'> {
  readonly core: Core;
  readonly writer: Member;
  readonly match: Member;
  readonly colleague: Member;
  readonly stranger: Member;
  share(prompt: string, audience: string): ReturnType<typeof ask>;
}

export async function openSharing(): Promise<SharingStage> {
  const { core, clock, close } = await openTestCore();
  const writer = await addActive(core, { name: 'Asha Rahman', cohort: 'Autumn 2026' });
  const match = await addActive(core, { name: 'Gareth Llewellyn', council: 'York', cohort: 'Spring 2026' });
  const colleague = await addActive(core, { name: 'Priya Nair', council: 'Hull', cohort: 'Autumn 2026' });
  const stranger = await addActive(core, {
    name: 'Jo Bloggs',
    council: 'Bath',
    cohort: 'Spring 2026',
    permission: 'convener',
  });
  await introduce(core, writer, match);
  const share = (prompt: string, audience: string) =>
    ask(core, writer, { kind: 'reflections.share', prompt, with: audience });
  return { core, clock, close, writer, match, colleague, stranger, share };
}
