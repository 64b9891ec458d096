import type { Option } from '../messages/form.ts';
import { zoneWords } from '../time/words.ts';

/**
 * The time zones a form offers, the network's own first and then from west to east. IANA knows some 400, and Slack's
 * list takes 100 at most (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element): these are
 * where most people who are away from home, or work from abroad, will be. Whoever is elsewhere keeps the zone that
 * their platform gives, which is offered beside these.
 */
export const zones: readonly string[] = [
  'Europe/London',
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Vancouver',
  'America/Denver',
  'America/Phoenix',
  'America/Chicago',
  'America/Mexico_City',
  'America/Bogota',
  'America/Jamaica',
  'America/Lima',
  'America/New_York',
  'America/Toronto',
  'America/Barbados',
  'America/Halifax',
  'America/Port_of_Spain',
  'Atlantic/Bermuda',
  'America/St_Johns',
  'America/Argentina/Buenos_Aires',
  'America/Sao_Paulo',
  'Atlantic/Stanley',
  'Atlantic/Azores',
  'Africa/Accra',
  'Atlantic/Reykjavik',
  'Europe/Lisbon',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Lagos',
  'Africa/Algiers',
  'Europe/Amsterdam',
  'Europe/Belgrade',
  'Europe/Berlin',
  'Europe/Brussels',
  'Europe/Budapest',
  'Europe/Copenhagen',
  'Europe/Gibraltar',
  'Europe/Madrid',
  'Europe/Malta',
  'Europe/Oslo',
  'Europe/Paris',
  'Europe/Prague',
  'Europe/Rome',
  'Europe/Stockholm',
  'Europe/Vienna',
  'Europe/Warsaw',
  'Europe/Zurich',
  'Africa/Cairo',
  'Africa/Harare',
  'Africa/Johannesburg',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Nicosia',
  'Europe/Athens',
  'Europe/Bucharest',
  'Europe/Helsinki',
  'Europe/Kyiv',
  'Europe/Sofia',
  'Africa/Nairobi',
  'Asia/Baghdad',
  'Asia/Riyadh',
  'Europe/Istanbul',
  'Asia/Tehran',
  'Asia/Dubai',
  'Indian/Mauritius',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Tashkent',
  'Asia/Colombo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Yangon',
  'Asia/Bangkok',
  'Asia/Ho_Chi_Minh',
  'Asia/Jakarta',
  'Asia/Hong_Kong',
  'Asia/Kuala_Lumpur',
  'Asia/Manila',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Australia/Perth',
  'Asia/Seoul',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Darwin',
  'Australia/Brisbane',
  'Australia/Hobart',
  'Australia/Melbourne',
  'Australia/Sydney',
  'Pacific/Auckland',
  'Pacific/Fiji',
];

/** Where the place in a zone's name is not what people there would look for. */
const ownWords: Readonly<Record<string, string>> = {
  'Europe/London': 'UK time (London)',
  'Europe/Dublin': 'Irish time (Dublin)',
  'Atlantic/Stanley': 'Falkland Islands time (Stanley)',
  'America/Port_of_Spain': 'Trinidad time (Port of Spain)',
  'America/Phoenix': 'Arizona time (Phoenix)',
  'America/St_Johns': 'Newfoundland time (St John’s)',
  'Africa/Harare': 'Zimbabwe time (Harare)',
  'Asia/Colombo': 'Sri Lanka time (Colombo)',
  'Asia/Kathmandu': 'Nepal time (Kathmandu)',
  'Asia/Kolkata': 'Indian time (Kolkata)',
  'Pacific/Auckland': 'New Zealand time (Auckland)',
};

/** @example zoneLabel('Europe/London') // 'UK time (London)' */
export function zoneLabel(zone: string): string {
  return ownWords[zone] ?? zoneWords(zone);
}

/** What a form offers somebody whose zone is `present`: the list, and that one where the list lacks it. */
export function zoneOptions(present: string): readonly Option[] {
  const offered = zones.includes(present) ? zones : [present, ...zones];
  return offered.map((zone) => ({ value: zone, label: zoneLabel(zone) }));
}
