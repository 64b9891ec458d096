import { type AskedPrompt, type ChosenPrompt, choosePrompt } from '../../src/framework/rules.ts';
import { mostSwaps } from '../../src/reflections/prompt-messages.ts';
import type { Person } from './people.ts';
import type { PromptDay } from './weeks.ts';

/** What became of a prompt that was put to somebody. */
export type Fate = 'answered' | 'skipped' | 'left' | 'swapped';

export interface Shown extends PromptDay {
  readonly chosen: ChosenPrompt;
  readonly fate: Fate;
}

/** Everything that one person is shown on these days, by the rule that the network goes by. */
export function live(person: Person, days: readonly PromptDay[]): readonly Shown[] {
  const { frameworks, interests, id: seed } = person;
  const asked: AskedPrompt[] = [];
  const shown: Shown[] = [];
  for (const day of days) {
    for (let swaps = 0; swaps <= mostSwaps; swaps += 1) {
      const chosen = choosePrompt({ frameworks, asked, interests, seed });
      const fate = fateOf(person, swaps);
      asked.push({ ...chosen, answered: fate === 'answered' });
      shown.push({ ...day, chosen, fate });
      if (fate !== 'swapped') break;
    }
  }
  return shown;
}

function fateOf({ chance, swaps: share, answers, skips }: Person, swaps: number): Fate {
  if (swaps < mostSwaps && chance() < share) return 'swapped';
  if (chance() < answers) return 'answered';
  return chance() < skips ? 'skipped' : 'left';
}
