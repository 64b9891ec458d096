import { type Platform, platforms } from '../account.ts';

/*
 * A lane is one workspace or tenant on one platform. What waits for it stands in four streams: messages, changes of
 * cards that many read, changes of cards that one person was sent, and homes. `lanes` in the database says when each key
 * may next be used: a lane itself while it is held, its streams, and each place (person, channel or group) in it.
 */

/** The stream of what no channel reaches: nothing is paced there. */
export const noStream = '';

export function laneKey(platform: Platform, space: string): string {
  return `${platform}:${space}`;
}

export function messagesKey(lane: string): string {
  return `${lane}#messages`;
}

/** Edits of one lane's channels: few, and many read them. */
export function changesKey(lane: string): string {
  return `${lane}#changes`;
}

/** Edits of what members of one lane were sent: as many as it has members. They have what {@link changesKey} leaves. */
export function cardsKey(lane: string): string {
  return `${lane}#cards`;
}

/** Homes of one lane: as many as it has members. */
export function homesKey(lane: string): string {
  return `${lane}#homes`;
}

/** All streams of the lane that this one belongs to. */
export function streamsBeside(stream: string): readonly string[] {
  if (stream === noStream) return [noStream];
  const lane = laneOf(stream);
  return [messagesKey(lane), changesKey(lane), cardsKey(lane), homesKey(lane)];
}

/** @param place the member's id or the room's, as the database has it */
export function placeKey(lane: string, place: string): string {
  return `${lane}/${place}`;
}

/** The place that a key names; `undefined` where it is not that of a place in this lane. */
export function placeIn(lane: string, key: string): string | undefined {
  return key.startsWith(`${lane}/`) ? key.slice(lane.length + 1) : undefined;
}

/** The lane that a stream belongs to. */
export function laneOf(stream: string): string {
  return stream.replace(/#(?:messages|changes|cards|homes)$/, '');
}

/** Whether a key is that of a whole lane. */
export function isLane(key: string): boolean {
  return !/[#/]/.test(key);
}

/** `undefined` for {@link noStream}. */
export function platformOf(stream: string): Platform | undefined {
  return platforms.find((platform) => stream.startsWith(`${platform}:`));
}
