import type { Profile } from '../account.ts';
import { isZone } from '../time/local.ts';
import { isLocale } from './languages.ts';

/**
 * What a platform says of a person, as the columns of `members` that stand until the person chooses for themselves.
 * What it does not say changes nothing.
 */
export function profileDefaults({ name, zone, locale }: Profile) {
  return {
    ...(name.trim() === '' ? {} : { profile_name: name.trim() }),
    ...(isZone(zone) ? { profile_zone: zone } : {}),
    ...(isLocale(locale) ? { profile_locale: locale } : {}),
  };
}
