import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Core } from '../../core.ts';
import { importRoster, previewRoster } from '../../network/import.ts';
import type { Member } from '../../network/model.ts';
import { type BadRow, readRoster } from '../../network/roster-file.ts';
import type { Plan } from './model.ts';
import { countPlan, reportPlan, type Section } from './report.ts';
import { changesNothing } from './rules.ts';

/** What a convener is shown of a file, before it is carried out or after. */
export interface ShownImport {
  readonly isDone: boolean;
  /** Such as '3 added, 1 changed, 60 unchanged'. */
  readonly counts: string;
  readonly sections: readonly Section[];
  /** What carries out this file, as it was shown, for this convener alone; '' where there is nothing to do. */
  readonly sealed: string;
}

/** How long a convener may think about what they were shown, in milliseconds. */
const thinkingMs = 3_600_000;

const Sealed = z.strictObject({ csv: z.string(), includeErased: z.boolean(), plan: z.string(), at: z.number() });

/** What a file would change. Changes nothing; rows that are bad are left out, and named. */
export async function preview(core: Core, member: Member, csv: string, includeErased: boolean): Promise<ShownImport> {
  const { rows, bad } = readRoster(csv);
  const plan = await previewRoster(core, rows, { includeErased });
  return told(core, member, { csv, includeErased, plan, bad });
}

/**
 * Carries out a file as it was shown. Where the roster has changed since, so that it would do something else, or the
 * convener has thought for over an hour, nothing is done and it is shown anew.
 *
 * @returns `undefined` for what is not what this convener was shown
 * @throws Refusal for somebody who is a convener no longer
 */
export async function carryOut(core: Core, member: Member, sealed: string): Promise<ShownImport | undefined> {
  const shown = open(core, member, sealed);
  if (shown === undefined) return undefined;
  const { csv, includeErased, at } = shown;
  const { rows, bad } = readRoster(csv);
  const isRecent = core.clock.now().getTime() - at <= thinkingMs;
  let isDone = false;
  const agreed = (plan: Plan) => {
    isDone = isRecent && digest(plan) === shown.plan;
    return isDone;
  };
  const importer = { by: 'convener', actorId: member.id } as const;
  const plan = await importRoster(core, rows, { includeErased, importer, agreed }, () => undefined);
  if (!isDone) return told(core, member, { csv, includeErased, plan, bad });
  return { isDone, counts: countPlan(plan), sections: reportPlan(plan, bad), sealed: '' };
}

interface Looked {
  readonly csv: string;
  readonly includeErased: boolean;
  readonly plan: Plan;
  readonly bad: readonly BadRow[];
}

function told(core: Core, member: Member, { csv, includeErased, plan, bad }: Looked): ShownImport {
  const content = { csv, includeErased, plan: digest(plan), at: core.clock.now().getTime() };
  const sealed = changesNothing(plan)
    ? ''
    : core.cipher.seal(JSON.stringify(content), place(member)).toString('base64');
  return { isDone: false, counts: countPlan(plan), sections: reportPlan(plan, bad), sealed };
}

function place({ id }: Member): string {
  return `roster file:${id}`;
}

function open(core: Core, member: Member, sealed: string): z.infer<typeof Sealed> | undefined {
  let text: string;
  try {
    text = core.cipher.open(Buffer.from(sealed, 'base64'), place(member));
  } catch {
    // Changed on its way, another's, or cut short.
    return undefined;
  }
  return Sealed.parse(JSON.parse(text));
}

/** The same for the same plan. */
function digest({ listed, ...plan }: Plan): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, [...listed]]))
    .digest('hex');
}
