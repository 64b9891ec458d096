import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { Member } from '../network/model.ts';

export interface WhoIsWho {
  readonly conveners: readonly Member[];
  /** Who looks out for the reader; `undefined` for nobody. */
  readonly buddy: Member | undefined;
  /** The hosts who agreed to be found, and those of the reader's cohort who did. */
  readonly hosts: readonly Member[];
  readonly cohort: readonly Member[];
  /** '' for none. */
  readonly cohortName: string;
}

/** How many of one sort are shown: a cohort is larger than what one reads at once. */
const most = 10;

export function whoIsWho({ conveners, buddy, hosts, cohort, cohortName }: WhoIsWho): Page {
  const find = does('Find members', { kind: 'network.open-find' });
  const text = 'Conveners are shown to everybody. Others choose whether they are shown. You can search for them.';
  return {
    heading: 'Who is who',
    body: [paragraph('Conveners run the network. Write to them about anything that concerns it.')],
    cards: [
      ...group('Your conveners', conveners),
      ...group('Who looks out for you', buddy === undefined ? [] : [buddy]),
      ...group('Hosts of conversations', hosts),
      ...group(cohortName, cohort),
      { summary: text, heading: 'Others', body: [paragraph(text)], buttons: [find] },
    ],
  };
}

function group(heading: string, people: readonly Member[]): readonly Message[] {
  if (people.length === 0) return [];
  const shown = people.slice(0, most);
  const rest = people.length - shown.length;
  const more = rest === 0 ? [] : [paragraph(`And ${rest} more.`)];
  return [
    {
      summary: `${heading}: ${shown.map(({ name }) => name).join(', ')}.`,
      heading,
      body: [
        facts(...shown.map(({ name, role, council, email }) => [name, `${role}, ${council}, ${email}`] as const)),
        ...more,
      ],
      buttons: [],
    },
  ];
}
