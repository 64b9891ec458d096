import type { Reader } from '../store/database.ts';

/** Who said it: the member, their platform, the network's list, or nobody, so that the network's own holds. */
export type Source = 'member' | 'slack' | 'teams' | 'platform' | 'list' | 'network';

/** One thing that a member may choose for themselves. */
export interface Choice {
  /** What holds now. */
  readonly value: string;
  /** What holds when they choose nothing. */
  readonly standard: string;
  /** Whose word holds now. */
  readonly source: Source;
  /** Whose word holds when they choose nothing. */
  readonly standardSource: Exclude<Source, 'member'>;
}

export interface Choices {
  readonly name: Choice;
  /** IANA time zone. */
  readonly zone: Choice;
  /** BCP 47. */
  readonly locale: Choice;
}

/** What we write to when neither the member nor a platform names a language; the view `people` says the same. */
const networkLocale = 'en';

/** What we use for a member, and whose word each of it is. */
export async function readChoices(db: Reader, memberId: string): Promise<Choices> {
  const row = await db
    .selectFrom('members')
    .select([
      'name',
      'zone',
      'profile_name',
      'profile_zone',
      'profile_locale',
      'chosen_name',
      'chosen_zone',
      'chosen_locale',
    ])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  const platform = await profilePlatform(db, memberId);
  const choice = (chosen: string, profile: string, listed: string, otherwise: 'list' | 'network'): Choice => {
    const standard = profile === '' ? listed : profile;
    const standardSource = profile === '' ? otherwise : platform;
    if (chosen !== '') return { value: chosen, standard, source: 'member', standardSource };
    return { value: standard, standard, source: standardSource, standardSource };
  };
  return {
    name: choice(row.chosen_name, row.profile_name, row.name, 'list'),
    zone: choice(row.chosen_zone, row.profile_zone, row.zone, 'list'),
    locale: choice(row.chosen_locale, row.profile_locale, networkLocale, 'network'),
  };
}

/** Which platform a profile came from; it is not kept, so with several the answer is only that it was one of them. */
async function profilePlatform(db: Reader, memberId: string): Promise<'slack' | 'teams' | 'platform'> {
  const rows = await db
    .selectFrom('accounts')
    .select('platform')
    .distinct()
    .where('member_id', '=', memberId)
    .where('platform', 'in', ['slack', 'teams'])
    .execute();
  const [first, ...others] = rows;
  if (others.length > 0 || first === undefined) return 'platform';
  return first.platform === 'slack' || first.platform === 'teams' ? first.platform : 'platform';
}
