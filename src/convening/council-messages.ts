import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { nations } from '../time/bank-holidays.ts';
import type { CouncilConsent, CouncilRelation, RelationRule, ShownCouncil } from './model.ts';
import { domainsLength, textLength } from './rules.ts';

/** How many councils a page shows. Slack takes 100 blocks in a window, and a card is at most five of them. */
export const councilsShown = 15;

const consents: Readonly<Record<CouncilConsent, string>> = {
  'not asked': 'Not asked yet',
  given: 'Agreed to the network',
  withdrawn: 'Withdrew from the network',
};

const relations: Readonly<Record<CouncilRelation, string>> = {
  'shared service': 'A shared service',
  merger: 'A merger',
  intervention: 'An intervention',
};

const rules: Readonly<Record<RelationRule, string>> = {
  apart: 'Keep their people apart',
  together: 'Their people may meet',
};

export function councils(shown: readonly ShownCouncil[], all: number, day: (moment: Date) => string): Page {
  const some = all > shown.length ? ` These are the first ${shown.length}. Find the others by name.` : '';
  return {
    heading: 'Councils',
    body: [paragraph(`${counted(all)} in the network.${some} A council is added when the roster names it.`)],
    cards: [finding(), ...shown.map((council) => card(council, day))],
  };
}

export function councilsFound(shown: readonly ShownCouncil[], all: number, day: (moment: Date) => string): Page {
  const some = all > shown.length ? ` These are the first ${shown.length}. To see fewer, say more of the name.` : '';
  const text = all === 0 ? 'No council has all those words in its name.' : `We found ${counted(all)}.${some}`;
  return {
    heading: 'Councils we found',
    body: [paragraph(text)],
    cards: [...shown.map((council) => card(council, day)), finding()],
  };
}

function counted(count: number): string {
  return count === 1 ? '1 council' : `${count} councils`;
}

function finding(): Message {
  const text = 'Find a council by a part of its name.';
  return {
    summary: text,
    heading: 'Find a council',
    body: [paragraph(text)],
    buttons: [does('Find a council', { kind: 'convening.open-find-council' }), console],
  };
}

const console: Button = does('Back to the conveners’ page', { kind: 'convening.console' });

function card(council: ShownCouncil, day: (moment: Date) => string): Message {
  const { id, name, type, nation, region, domains, consentAt } = council;
  const said = consentAt === null ? '' : ` on ${day(consentAt)}`;
  const known = [
    ['Type', type],
    ['Nation', nation],
    ['Region', region],
    ['Email domains', domains.join(', ')],
  ] as const;
  return {
    summary: `${name} has ${council.joined === 1 ? '1 member' : `${council.joined} members`} who joined.`,
    heading: name,
    body: [
      facts(
        ...known.filter(([, value]) => value !== ''),
        ['Joined', String(council.joined)],
        ['Consent', `${consents[council.consent]}${said}`],
        ...council.relations.map(
          ({ other, relation, rule }) => [relations[relation], `${other}. ${rules[rule]}.`] as const,
        ),
      ),
    ],
    buttons: [
      does('Change', { kind: 'convening.open-council', council: id }),
      does('Relate to another', { kind: 'convening.open-relation', council: id }),
      ...council.relations.map(({ otherId, other }) =>
        does(
          `End the relation to ${other}`,
          { kind: 'convening.end-relation', council: id, other: otherId },
          'warning',
        ),
      ),
    ],
  };
}

export function findCouncilForm(): Form {
  return {
    heading: 'Find a council',
    body: [],
    fields: [
      {
        ...question('query', 'Which council are you looking for?', 'A part of its name.'),
        kind: 'line',
        maxLength: textLength,
      },
    ],
    submitLabel: 'Find',
    completes: { kind: 'convening.find-council' },
    openedBy: { kind: 'convening.open-find-council' },
  };
}

export function councilForm(council: ShownCouncil): Form {
  const { id, name, type, nation, region, domains, consent } = council;
  const offered = ['', ...nations, ...(nation === '' || nations.some((one) => one === nation) ? [] : [nation])];
  const line = (field: string, label: string, hint: string, value: string) =>
    ({ ...question(field, label, hint), value, kind: 'line', maxLength: textLength }) as const;
  return {
    heading: 'Change a council',
    body: [],
    fields: [
      line('name', 'Name', '', name),
      { ...line('type', 'Type', 'Such as county, or metropolitan district.', type), required: false },
      {
        ...question('nation', 'Nation', 'We leave out the bank holidays of this nation.'),
        kind: 'choice',
        options: offered.map((value) => ({
          value: value === '' ? 'none' : value,
          label: value === '' ? 'Not said' : value,
        })),
        value: nation === '' ? 'none' : nation,
      },
      { ...line('region', 'Region', '', region), required: false },
      {
        ...question(
          'domains',
          'Email domains',
          'One on each line, such as leeds.gov.uk. A domain belongs to one council.',
        ),
        kind: 'text',
        maxLength: domainsLength,
        value: domains.join('\n'),
        required: false,
      },
      {
        ...question(
          'consent',
          'Has the council agreed to the network?',
          'When a council withdraws, we send its people nothing new.',
        ),
        kind: 'choice',
        options: choices(consents),
        value: consent,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'convening.council', council: id },
    openedBy: { kind: 'convening.open-council', council: id },
  };
}

export function relationForm({ id, name }: ShownCouncil): Form {
  return {
    heading: 'Relate two councils',
    body: [paragraph(`Say what ${name} and another council have between them, and what that means for matching.`)],
    fields: [
      { ...question('other', 'The other council', 'Its name.'), kind: 'line', maxLength: textLength },
      {
        ...question('relation', 'What do they have between them?'),
        kind: 'choice',
        options: choices(relations),
        value: 'shared service',
      },
      {
        ...question('rule', 'Should their people be matched?', 'Kept apart, they are never introduced to each other.'),
        kind: 'choice',
        options: choices(rules),
        value: 'apart',
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'convening.relation', council: id },
    openedBy: { kind: 'convening.open-relation', council: id },
  };
}

function choices<Value extends string>(labels: Readonly<Record<Value, string>>) {
  return Object.entries<string>(labels).map(([value, label]) => ({ value, label }));
}

const toCouncils = does('See councils', { kind: 'convening.councils' });

export function councilSaved(name: string): Message {
  const text = `We have saved what you said of ${name}.`;
  return { summary: text, heading: 'Council saved', body: [paragraph(text)], buttons: [toCouncils] };
}

export function relationSaved(one: string, other: string, rule: RelationRule): Message {
  const text =
    rule === 'apart'
      ? `From now on the people of ${one} and ${other} are kept apart in matching.`
      : `The people of ${one} and ${other} may be matched.`;
  return { summary: text, heading: 'Relation saved', body: [paragraph(text)], buttons: [toCouncils] };
}

export function relationEnded(one: string, other: string): Message {
  const text = `${one} and ${other} have no relation any more. Their people may be matched.`;
  return { summary: text, heading: 'Relation ended', body: [paragraph(text)], buttons: [toCouncils] };
}
