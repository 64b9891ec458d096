import { does, facts, type Message, type Page, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { qualityFigures } from '../figures/quality-words.ts';
import type { Rule, RuleCost } from './costs.ts';
import { weightNames } from './messages.ts';

const others: Readonly<Record<Exclude<Rule, keyof typeof weightNames>, string>> = {
  place: 'Near or far',
  'cool-down': 'Rounds before two meet again',
  'councils-apart': 'Councils that are kept apart',
  fixed: 'People whom conveners put together',
};

const ruleNames: Readonly<Record<Rule, string>> = { ...weightNames, ...others };

/** Which figure of a round shows what a rule is for. */
const shows: ReadonlyMap<Rule, string> = new Map([
  ['themes', 'With a theme in common'],
  ['hours', 'Working hours in common'],
  ['level', 'At the same level'],
  ['wishes', 'Got what they asked for'],
  ['repeats', 'Matched before'],
  ['cool-down', 'Matched before'],
]);

/** What is known by now of what each rule costs. */
export interface ShownCosts {
  readonly costs: readonly RuleCost[];
  /** How many rules there are to work out; as many as there are costs once it is done. */
  readonly rules: number;
  /** Both rounds are the best there are; not where groups are looked for less long than for a round that is published. */
  readonly isExact: boolean;
  /** How many are left out because too few take part from other councils. */
  readonly leftOutByCouncil: number;
}

/** What each rule costs all the others. */
export function costsPage({ costs, rules, isExact, leftOutByCouncil }: ShownCosts): Page {
  const text =
    rules === 0
      ? 'No rule that you can switch off decides anything in the next round.'
      : 'We make the next round once more without each rule. This is what would be different.';
  const close = 'Here we look for groups less long than when we publish a round. The figures are close, but not exact.';
  return {
    heading: 'What each rule costs',
    body: [paragraph(text), ...(isExact || costs.length === 0 ? [] : [paragraph(close)])],
    cards: [
      ...(costs.length < rules ? [underWay(costs.length, rules)] : []),
      ...oneCouncil(leftOutByCouncil),
      ...costs.filter((cost) => !isFree(cost)).map(costCard),
      ...free(costs.filter(isFree)),
      onwards(),
    ],
  };
}

function underWay(done: number, rules: number): Message {
  const text = `We have worked out ${done} of ${rules} rules. This takes a while in a large network.`;
  return {
    summary: text,
    heading: 'We are still working it out',
    body: [paragraph(text), paragraph('You can do something else. Look again in a moment to see the rest.')],
    buttons: [does('Look again', { kind: 'matching.costs' }, 'main')],
  };
}

/** It holds in every round, so no round is made without it. */
function oneCouncil(leftOut: number): readonly Message[] {
  if (leftOut === 0) return [];
  const text = `People of one council never meet. This rule leaves ${leftOut === 1 ? '1 person' : `${leftOut} people`} out. You cannot switch it off.`;
  return [{ summary: text, heading: 'People of one council', body: [paragraph(text)], buttons: [] }];
}

function costCard(cost: RuleCost): Message {
  const text = costWords(cost);
  const label = shows.get(cost.rule);
  const figure = qualityFigures(cost.withIt, cost.withoutIt).find((one) => one.label === label);
  const gain =
    figure === undefined ? [] : [facts([figure.label, figure.value], ['Without this rule', figure.beside] as const)];
  return { summary: text, heading: ruleNames[cost.rule], body: [...gain, paragraph(text)], buttons: [] };
}

/** Without it the round would be the same. */
function isFree({ moved, morePeople }: RuleCost): boolean {
  return moved === 0 && morePeople === 0;
}

function free(costs: readonly RuleCost[]): readonly Message[] {
  if (costs.length === 0) return [];
  const text = 'Without any one of these rules, the round would be the same.';
  const items = costs.map(({ rule }) => ruleNames[rule]);
  return [
    { summary: text, heading: 'These cost nothing', body: [paragraph(text), { kind: 'list', items }], buttons: [] },
  ];
}

/** @example costWords({ moved: 26, groups: 30, … }) // 'Without this rule, 26 of 30 matches would be different. The …' */
function costWords({ moved, groups, morePeople, betterFit }: RuleCost): string {
  const matches = `${moved} of ${groups} ${groups === 1 ? 'match' : 'matches'} would be different`;
  const count = Math.abs(morePeople);
  const people = `${count} ${morePeople < 0 ? 'fewer' : 'more'} ${count === 1 ? 'person' : 'people'} would have a match`;
  const changes = [...(moved === 0 ? [] : [matches]), ...(morePeople === 0 ? [] : [people])];
  return `Without this rule, ${together(changes)}. The other rules would fit ${fitWords(betterFit)}.`;
}

/** In whole percents, so that one pair more or less tells nothing of anybody. */
function fitWords(betterFit: number): string {
  const percent = Math.round(100 * Math.abs(betterFit));
  if (percent === 0) return 'about the same';
  const how = betterFit > 0 ? 'better' : 'less well';
  return percent > 100 ? `far ${how}` : `${percent}% ${how}`;
}

function onwards(): Message {
  const text = 'A rule that costs much and brings little can count for less.';
  return {
    summary: text,
    heading: 'Change what counts',
    body: [paragraph(text)],
    buttons: [
      does('What counts in a match', { kind: 'matching.open-weights', tried: '' }),
      does('How rounds are made', { kind: 'matching.open-rules' }),
      does('Back to the next round', { kind: 'matching.next' }),
    ],
  };
}
