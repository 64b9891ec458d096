import { tzOffset } from '@date-fns/tz';
import ICAL from 'ical.js';
import { tzlib_get_ical_block as zoneBlock, tzlib_get_timezones as zoneNames } from 'timezones-ical-library';
import { localParts } from '../time/local.ts';

const minuteMs = 60_000;
const known = new Set(zoneNames());
const read = new Map<string, ICAL.Timezone | undefined>();

/** A moment as a clock in a zone shows it, and the name under which a calendar knows that zone. */
export interface OnClock {
  /** The `TZID`, which is not always the name that was asked for: a zone may have had another one. */
  readonly zone: string;
  readonly time: ICAL.Time;
}

/** The rules of a zone, for a calendar that has times in it. */
export function zoneComponent(name: string): ICAL.Component {
  return blockOf(name);
}

/**
 * The moment on the clocks of a zone, or `undefined` where whoever reads our calendar could take it for another moment:
 *
 * - in the hour that comes twice when clocks go back, of which RFC 5545 can name but the first, and programs differ;
 * - where the rules that go with it do not agree with those by which we reckon. They hold the latest rule of a zone for
 *   all times, as Outlook wants them: wrong for Ramadan in Morocco, and before a country changed its mind.
 */
export function onClock(moment: Date, zone: string): OnClock | undefined {
  const rules = rulesOf(zone);
  if (rules === undefined || comesTwice(moment, zone)) return undefined;
  const offset = tzOffset(zone, moment);
  const shown = new Date(moment.getTime() + offset * minuteMs);
  const parts = {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
  if (rules.utcOffset(ICAL.Time.fromData(parts, rules)) !== offset * 60) return undefined;
  return { zone: rules.tzid, time: ICAL.Time.fromData(parts) };
}

function comesTwice(moment: Date, zone: string): boolean {
  const shown = localParts(moment, zone);
  // Clocks go back by an hour, or by half an hour on Lord Howe.
  return [-60, -30, 30, 60].some((minutes) => {
    return localParts(new Date(moment.getTime() + minutes * minuteMs), zone) === shown;
  });
}

function rulesOf(zone: string): ICAL.Timezone | undefined {
  if (!read.has(zone)) read.set(zone, known.has(zone) ? new ICAL.Timezone(blockOf(zone)) : undefined);
  return read.get(zone);
}

/** Anew each time: a component has one parent. */
function blockOf(zone: string): ICAL.Component {
  return ICAL.Component.fromString(zoneBlock(zone)[0] ?? '');
}
