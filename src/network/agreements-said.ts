import { saidBy } from '../joining/consents.ts';
import type { Reader } from '../store/database.ts';
import type { Said } from './settings-shown.ts';

/** What holds of all that a member said yes or no to. */
export async function lastSaid(db: Reader, memberId: string): Promise<Said> {
  const all = await saidBy(db, memberId);
  const last = (purpose: keyof Said) => {
    const found = all.findLast((said) => said.purpose === purpose);
    return found === undefined ? undefined : { given: found.given, at: found.saidAt };
  };
  return { prompts: last('prompts'), matching: last('matching'), findable: last('findable') };
}
