import ical, { type VEvent } from 'node-ical';

/** What somebody else's parser makes of a calendar: its events, by the order of their ids. */
export function eventsIn(text: string): readonly VEvent[] {
  const found = Object.values(ical.sync.parseICS(text)).filter((part) => part?.type === 'VEVENT');
  return found.toSorted((a, b) => (a.uid < b.uid ? -1 : 1));
}

export function onlyEvent(text: string): VEvent {
  const [event, ...others] = eventsIn(text);
  if (event === undefined || others.length > 0) throw new Error('There is not one event');
  return event;
}

/** Its lines as they were before they were folded. */
export function linesOf(text: string): readonly string[] {
  return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}

/** All values of a property but in the rules of a zone, with its parameters: `;CN=Someone:mailto:someone@network.example`. */
export function valuesOf(text: string, property: string): readonly string[] {
  const named = new RegExp(`^${property}(?=[;:])`);
  return linesOf(text.replaceAll(/BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n/gs, ''))
    .filter((line) => named.test(line))
    .map((line) => line.slice(property.length));
}
