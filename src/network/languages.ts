import type { Option } from '../messages/form.ts';

/** The languages the network is for, each as its own speakers and others find it. */
const offered: readonly Option[] = [
  { value: 'en', label: 'English' },
  { value: 'cy', label: 'Cymraeg (Welsh)' },
];

const names = new Intl.DisplayNames(['en-GB'], { type: 'language' });

/** The option that stands for a locale: its language where that is offered (en-GB is English here), else itself. */
export function languageOf(locale: string): string {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return offered.some(({ value }) => value === language) ? language : locale;
}

export function languageLabel(locale: string): string {
  const known = offered.find(({ value }) => value === languageOf(locale));
  if (known !== undefined) return known.label;
  // DisplayNames throws on what is not shaped like a locale, and a platform may give anything.
  return /^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?$/i.test(locale) ? (names.of(locale) ?? locale) : locale;
}

/** The longest there may be: https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1 */
const localeLength = 35;

export function isLocale(text: string): boolean {
  try {
    return text.length <= localeLength && Intl.getCanonicalLocales(text).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a form offers somebody whose language is `present`: ours, and that one where it is another. */
export function languageOptions(present: string): readonly Option[] {
  const own = languageOf(present);
  if (offered.some(({ value }) => value === own)) return offered;
  return [...offered, { value: own, label: languageLabel(own) }];
}
