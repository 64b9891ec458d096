import type { HeldPrompt } from '../reflections/held.ts';
import type { Everything } from './everything.ts';
import { at, type Entry, entry, platformWords, type When } from './export-entry.ts';

/*
 * What an export says of each kind of thing that a member did, was asked and wrote.
 */

export function agreements({ agreements }: Everything, when: When): readonly Entry[] {
  const what = {
    prompts: 'Prompts to reflect on',
    matching: 'Matches',
    findable: 'Being found by other members',
  } as const;
  return agreements.map(({ purpose, given, version, saidAt }) =>
    entry(`What you agreed to: ${what[purpose].toLowerCase()}`, [
      ['You said', given ? 'Yes' : 'No'],
      ['When', when(saidAt)],
      ['Version of the words you read', version === 0 ? 'The welcome message' : String(version)],
    ]),
  );
}

export function joining({ joinRequests }: Everything, when: When): readonly Entry[] {
  const decided = { approved: 'Approved', refused: 'Refused' } as const;
  return joinRequests.map((request) =>
    entry(`You asked to join by ${platformWords[request.platform]}`, [
      ['Name', request.name],
      ['Email', request.email],
      ['Council', request.council],
      ['Role', request.role],
      ['Level', request.level],
      ['What you told the conveners', request.note],
      ['Asked at', when(request.requestedAt)],
      ['Decision', request.decision === null ? 'Not decided' : decided[request.decision]],
      ['Decided at', at(request.decidedAt, when)],
      ['Reason you were given', request.reason],
    ]),
  );
}

export function lookingOut({ buddy, lookingOutFor }: Everything, when: When): readonly Entry[] {
  const one = (heading: string) => (held: Everything['buddy'][number]) =>
    entry(heading, [
      ['Who', held.who],
      ['Introduced at', when(held.introducedAt)],
    ]);
  return [...buddy.map(one('Who looks out for you')), ...lookingOutFor.map(one('Whom you look out for'))];
}

export function avoided({ avoided, counts }: Everything, when: When): readonly Entry[] {
  if (avoided.length === 0 && counts.avoided > 0) {
    return [
      entry('Whom you never want to be matched with', [['How many', onlyTheirs(counts.avoided, 'entry', 'entries')]]),
    ];
  }
  return avoided.map(({ said, saidAt }) =>
    entry('Whom you never want to be matched with', [['You said so at', when(saidAt)]], [['What you wrote', said]]),
  );
}

function onlyTheirs(count: number, one: string, many: string): string {
  return count === 1
    ? `1 ${one}, which only its writer can open`
    : `${count} ${many}, which only their writer can open`;
}

export function prompts({ prompts, counts }: Everything, when: When): readonly Entry[] {
  if (prompts.length === 0 && counts.prompts > 0) {
    return [
      entry('Your prompts and reflections', [
        ['Prompts', String(counts.prompts)],
        ['Reflections', onlyTheirs(counts.reflections, 'reflection', 'reflections')],
      ]),
    ];
  }
  return prompts.toReversed().map((held) => prompt(held, when));
}

function prompt(held: HeldPrompt, when: When): Entry {
  const { sent, sentAt, skippedAt, remindedAt, swappedAt, answer, writtenAt, action, followUp, followUpAt } = held;
  const open = skippedAt === null ? 'You have not answered' : '';
  return entry(
    `Prompt of ${when(sentAt)}`,
    [
      ['Theme', sent.topic],
      ['Question', sent.wording],
      ['Why we asked it', sent.why],
      ['You asked for another question at', swappedAt.map(when).join('; ')],
      ['We reminded you at', at(remindedAt, when)],
      ['You skipped it at', at(skippedAt, when)],
      ['You answered at', writtenAt === null ? open : when(writtenAt)],
      ['You wrote down what to try at', at(held.actionAt, when)],
      ['We ask how it went on', followUp === '' ? at(held.askAt, when) : ''],
      ['You wrote how it went at', at(followUpAt, when)],
      ['Shared with', sharedWords(held)],
      ['Shared at', at(held.sharedAt, when)],
      ['Stands in the digest of', held.digest],
    ],
    [
      ['What you wrote', answer],
      ['What you wanted to try', action],
      ['How it went', followUp],
    ],
  );
}

function sharedWords({ sharedWith, sharedTo }: HeldPrompt): string {
  switch (sharedWith) {
    case 'nobody':
      return '';
    case 'match':
      return sharedTo === '' ? 'A match who has left' : `Your match: ${sharedTo}`;
    case 'cohort':
      return sharedTo === '' ? 'Your cohort' : `Your cohort: ${sharedTo}`;
    case 'network':
      return 'The network, without your name';
  }
}
