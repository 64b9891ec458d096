import type { Core } from '../../core.ts';
import type { DiaryEntry } from '../../diary/model.ts';
import { meetingTitle, meetingWords } from './agreed-messages.ts';
import { isExpected, type Meeting, othersIn } from './meetings.ts';
import { meetingMinutes } from './rules.ts';

/** A meeting at a time, whether or not it is agreed still. */
type Timed = Meeting & { readonly at: Date };

/** A meeting as it stands in the calendar of one of them: with whom, and nobody's address. */
export function meetingEntry(
  core: Pick<Core, 'publicUrl'>,
  meeting: Timed,
  reader: { id: string; zone: string },
): DiaryEntry {
  const isOn = isExpected(meeting, reader.id);
  const others = othersIn(meeting, reader.id);
  const title = meetingTitle(others.map(({ name }) => name));
  const about = meetingWords(
    others.map(({ name, role, council }) => `${name}, ${role}, ${council}`),
    !isOn,
  );
  const shown = { id: meeting.id, at: meeting.at, sequence: meeting.sequence, changedAt: meeting.changedAt };
  return isOn
    ? { ...bareEntry(core, shown, reader.zone), title, about, status: 'confirmed' }
    : { ...bareEntry(core, shown, reader.zone), title: `Cancelled: ${title}`, about };
}

/** What is known of one that is called off when nothing else is left of it. */
export interface CalledOff {
  readonly id: string;
  readonly at: Date;
  readonly sequence: number;
  readonly changedAt: Date;
}

/** What takes it out of a calendar, and names nobody. */
export function bareEntry(
  { publicUrl }: Pick<Core, 'publicUrl'>,
  { id, at, sequence, changedAt }: CalledOff,
  zone: string,
): DiaryEntry {
  return {
    id,
    sequence,
    title: meetingTitle([]),
    about: meetingWords([], true),
    place: '',
    startsAt: at,
    minutes: meetingMinutes,
    zone,
    url: `${publicUrl}/words/diary`,
    status: 'cancelled',
    changedAt,
  };
}
