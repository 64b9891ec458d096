import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as breaks from './breaks.ts';
import * as cohortPrompts from './cohort-prompts.ts';
import { openRhythm, saveRhythm } from './service.ts';

/** Intent → use case. */
export async function dispatchCalendar(core: Core, asker: Asker, intent: IntentOf<'calendar'>): Promise<Reply> {
  switch (intent.kind) {
    case 'calendar.open-rhythm':
      return await openRhythm(core);
    case 'calendar.rhythm':
      return await saveRhythm(core, asker, intent);
    case 'calendar.breaks':
      return await breaks.showBreaks(core, asker);
    case 'calendar.open-break':
      return await breaks.openBreak(core);
    case 'calendar.break':
      return await breaks.setBreak(core, asker, intent);
    case 'calendar.end-break':
      return await breaks.endBreak(core, asker, intent.break);
    case 'calendar.cohort-prompts':
      return await cohortPrompts.showCohortPrompts(core, asker);
    case 'calendar.open-cohort-prompt':
      return await cohortPrompts.openCohortPrompt(core);
    case 'calendar.cohort-prompt':
      return await cohortPrompts.setCohortPrompt(core, asker, intent);
    case 'calendar.drop-cohort-prompt':
      return await cohortPrompts.dropCohortPrompt(core, asker, intent.prompt);
  }
}
