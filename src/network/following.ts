import type { Option } from '../messages/form.ts';
import type { Choice, Choices, Source } from './choices.ts';
import { languageLabel, languageOf, languageOptions } from './languages.ts';
import { zoneLabel, zoneOptions } from './zones.ts';

/** The answer of somebody who chooses nothing of their own: what their platform or the list says holds, also when it changes. */
export const follow = 'follow';

/** What a question offers, and which of it holds now. */
export interface Offer {
  readonly value: string;
  readonly options: readonly Option[];
}

const leaders: Readonly<Record<Exclude<Source, 'member'>, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  platform: 'the platform you use',
  list: 'the network’s list',
  network: 'the network',
};

export function offeredZones({ zone }: Choices): Offer {
  // What they would follow can be chosen as well: then it stays when their platform says something else.
  const standard = { value: zone.standard, label: zoneLabel(zone.standard) };
  const options = withOption(zoneOptions(zone.value), standard);
  return { value: answerOf(zone, zone.value), options: [following(zone, zoneLabel(zone.standard)), ...options] };
}

export function offeredLanguages({ locale }: Choices): Offer {
  const standard = { value: languageOf(locale.standard), label: languageLabel(locale.standard) };
  const options = withOption(languageOptions(locale.value), standard);
  const value = answerOf(locale, languageOf(locale.value));
  return { value, options: [following(locale, languageLabel(locale.standard)), ...options] };
}

function answerOf({ source }: Choice, own: string): string {
  return source === 'member' ? own : follow;
}

function following({ standardSource }: Choice, now: string): Option {
  return { value: follow, label: `Follow ${leaders[standardSource]}: now ${now}` };
}

function withOption(options: readonly Option[], one: Option): readonly Option[] {
  return options.some(({ value }) => value === one.value) ? options : [...options, one];
}
