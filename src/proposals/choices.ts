import { themeOptions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Option } from '../messages/form.ts';
import { Level } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import type { Choices } from './form-messages.ts';
import { audienceWords, cohortWords } from './messages.ts';
import type { Proposal } from './model.ts';
import { audienceValue, type Offered } from './rules.ts';

/** Slack's list takes 100: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostOffered = 100;

/** @param kept what a draft has by now: offered even where it would not be any more, such as a cohort that graduated */
export async function readChoices(core: Core, db: Reader, kept?: Proposal): Promise<Choices> {
  const fixed = [{ kind: 'all' } as const, ...Level.options.map((level) => ({ kind: 'level', level }) as const)];
  const all = fixed.map((audience) => ({ value: audienceValue(audience), label: audienceWords(audience, '') }));
  const cohorts = await cohortOptions(db, kept, mostOffered - all.length);
  return { themes: themeOptions(core.frameworks), audiences: [...all, ...cohorts] };
}

async function cohortOptions(db: Reader, kept: Proposal | undefined, limit: number): Promise<readonly Option[]> {
  const own = kept?.audience.kind === 'cohort' ? kept.audience.cohortId : null;
  const rows = await db
    .selectFrom('cohorts')
    .select(['id', 'name'])
    .where((or) => or.or([or('graduated_at', 'is', null), or('id', '=', own)]))
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map(({ id, name }) => ({
    value: audienceValue({ kind: 'cohort', cohortId: id }),
    label: cohortWords(name),
  }));
}

export function offeredBy({ themes, audiences }: Choices): Offered {
  return { themes: themes.map(({ value }) => value), audiences: audiences.map(({ value }) => value) };
}

/** Whom it is for, in words. */
export async function readAudienceWords(db: Reader, { audience }: Pick<Proposal, 'audience'>): Promise<string> {
  if (audience.kind !== 'cohort') return audienceWords(audience, '');
  const row = db.selectFrom('cohorts').select('name').where('id', '=', audience.cohortId);
  return audienceWords(audience, (await row.executeTakeFirst())?.name ?? '');
}
