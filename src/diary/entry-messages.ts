import type { Planned, ProgrammeEvent } from './model.ts';

/*
 * What stands in a calendar itself. Many programs show no status, so the title says what a glance has to tell.
 */

/** What a conversation is called. Once its host is erased their words are gone, and its theme stands for them. */
export function titleOf({ title, themeName }: Pick<Planned, 'title' | 'themeName'>): string {
  return title === '' ? `Conversation on ${themeName}` : title;
}

export function entryTitle(planned: Planned): string {
  const title = titleOf(planned);
  if (planned.cancelledAt !== null) return `Cancelled: ${title}`;
  switch (planned.place) {
    case 'waiting':
      return `Waiting list: ${title}`;
    case 'offered':
      return `Seat kept for you: ${title}`;
    case 'host':
      return `You host: ${title}`;
    case 'seated':
    case 'none':
      return title;
  }
}

export function conversationWords(planned: Planned): string {
  const { about, host, place } = planned;
  const parts = [about, place === 'host' || host === '' ? '' : `Host: ${host}.`, standingWords(planned)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function standingWords({ place, location, cancelledAt }: Planned): string {
  if (cancelledAt !== null) return 'This conversation is cancelled.';
  switch (place) {
    case 'waiting':
      return 'You are on the waiting list. We tell you if a seat comes free.';
    case 'offered':
      return 'A seat is kept for you for a while. Take it, or let it go.';
    case 'host':
    case 'seated':
      return location === ''
        ? 'We send the link to join in our reminders. It is only for people with a seat.'
        : 'If you cannot come, give up your seat so that someone else can have it.';
    case 'none':
      return '';
  }
}

export function eventWords({ about, cohort, link, cancelledAt }: ProgrammeEvent): string {
  const joining = link === '' ? '' : 'You find the link to join on our page.';
  return [about, cohort === '' ? '' : `For ${cohort}.`, cancelledAt === null ? joining : 'This event is cancelled.']
    .filter((part) => part !== '')
    .join('\n\n');
}
