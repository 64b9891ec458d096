import type { Option } from '../messages/form.ts';
import type { Reader } from '../store/database.ts';

/** Slack's list takes 100: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostOffered = 99;

/** The cohorts a form offers, by id: those that have not graduated first, the latest first. */
export async function cohortOptions(db: Reader): Promise<readonly Option[]> {
  return await db
    .selectFrom('cohorts')
    .select(['id as value', 'name as label'])
    .orderBy('graduated_at', (order) => order.desc().nullsFirst())
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('name')
    .limit(mostOffered)
    .execute();
}
