import type { Core } from '../core.ts';

/** What of a member's own words is kept sealed. */
type Part = 'reflection' | 'reflection-action' | 'reflection-follow-up';

/** Whose words these are, and about which prompt. */
interface Place {
  readonly id: string;
  readonly memberId: string;
}

/** Where a sealed text belongs: it does not open for another prompt, another member or as another part. */
function placeOf(part: Part, { id, memberId }: Place): string {
  return `${part}:${memberId}:${id}`;
}

export function sealPart({ cipher }: Pick<Core, 'cipher'>, part: Part, prompt: Place, text: string): Buffer {
  return cipher.seal(text, placeOf(part, prompt));
}

/** '' for nothing. */
export function openPart(
  { cipher }: Pick<Core, 'cipher'>,
  part: Part,
  prompt: Place,
  sealed: Buffer | null | undefined,
): string {
  return sealed === null || sealed === undefined ? '' : cipher.open(sealed, placeOf(part, prompt));
}
